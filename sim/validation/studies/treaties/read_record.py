"""Reads and validates the tables of the record of treaties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import find_nearest_name
from sim.validation.csv_tables import TableLine, read_table_lines
from sim.validation.studies.treaties.record import CELLS, CLASSES, PactRecord
from sim.validation.studies.treaties.results import (
    BrokenInDecade,
    CounterRatio,
    CounterWindow,
    ExpectedFigure,
    PlantedAct,
    RecordedRanking,
)
from sim.validation.studies.treaties.rows import (
    AtRisk,
    Circumstance,
    EndedTreaties,
    LaterPact,
    OwnTreaty,
    OwnYears,
    SignedPact,
)

RECORD_FOLDER = Path("record") / "pacts"
"""The tables, in the folder of scenarios."""
RIVALS_WITH_MAJOR = "rivals_major"
"""The cell of rivals of which one is a major power, in the table of the eight actors."""
_Row = TypeVar("_Row")
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "pact_class": CLASSES,
    "cell": (*dict.fromkeys(cell for cells in CELLS.values() for cell in cells), RIVALS_WITH_MAJOR),
    "mark": ("F", "K"),
    "ended": ("", "broken", "lapsed", "replaced", "party_gone"),
}
"""What a column of words allows; any other takes any word."""


def read_pact_record(scenarios: Path) -> PactRecord:
    """Return the record that lies in the folder of scenarios.

    Raises:
        ScenarioError: a table is missing or empty, or a cell is malformed.
    """
    folder = scenarios / RECORD_FOLDER
    return PactRecord(
        signed=read_rows(folder / "signed.csv", SignedPact),
        at_risk=read_rows(folder / "at_risk.csv", AtRisk),
        ended=read_rows(folder / "ended.csv", EndedTreaties),
        breaches=read_rows(folder / "breaches.csv", BrokenInDecade),
        circumstances=read_rows(folder / "circumstances.csv", Circumstance),
        since_2017=read_rows(folder / "since_2017.csv", LaterPact),
        eight=read_rows(folder / "eight.csv", OwnYears),
        eight_ended=read_rows(folder / "eight_ended.csv", OwnTreaty),
        ranking=read_rows(folder / "ranking.csv", RecordedRanking),
        counter=read_rows(folder / "counter.csv", CounterWindow),
        counter_ratio=read_rows(folder / "counter_ratio.csv", CounterRatio),
        expected=read_rows(folder / "expected.csv", ExpectedFigure),
        planted=read_rows(folder / "planted.csv", PlantedAct),
    )


def read_rows(file: Path, row: type[_Row]) -> tuple[_Row, ...]:
    """Return the rows of a table whose columns are the fields of a class.

    Raises:
        ScenarioError: the table is missing or empty, or a cell is malformed.
    """
    kinds = {field.name: str(field.type) for field in fields(row)}  # type: ignore[arg-type]
    lines = read_table_lines(file, tuple(kinds))
    if not lines:
        raise ScenarioError([Problem(file, None, "", "has no lines")])
    return tuple(
        row(**{name: _PARSERS[kind](line, name) for name, kind in kinds.items()}) for line in lines
    )


def _word(line: TableLine, column: str) -> str:
    text, allowed = line.cells[column], _ALLOWED.get(column)
    if allowed and text not in allowed:
        listed = ", ".join(word or "empty" for word in allowed)
        raise line.error_in(
            column, f"{text!r} is not known", listed, find_nearest_name(text, allowed)
        )
    return text


def _number(line: TableLine, column: str) -> float:
    number = line.number_in(column)
    if number is None:
        raise line.error_in(column, "is empty", "a number")
    return number


def _whole(line: TableLine, column: str) -> int:
    number = _number(line, column)
    if number != int(number):
        raise line.error_in(column, f"{line.cells[column]!r} is not a whole number", "1, 2, 3")
    return int(number)


def _yes_no(line: TableLine, column: str) -> bool:
    text = line.cells[column]
    if text not in ("0", "1"):
        raise line.error_in(column, f"{text!r} is not understood", "0, 1")
    return text == "1"


def _whole_or_none(line: TableLine, column: str) -> int | None:
    return _whole(line, column) if line.cells[column] else None


_PARSERS: Mapping[str, Callable[[TableLine, str], Any]] = {
    "str": _word,
    "int": _whole,
    "float": _number,
    "bool": _yes_no,
    "int | None": _whole_or_none,
    "float | None": lambda line, column: line.number_in(column),
}
