"""Reads and validates the table of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import find_nearest_name
from sim.validation.csv_tables import read_table_rows
from sim.validation.studies.universe.record import (
    PUBLISHED_OUTCOMES,
    RECORD_COLUMNS,
    Record,
    RecordedAnswer,
)

RECORD_FILE = "record/answers.csv"
"""The table, in the folder of scenarios."""
_OBLIGATIONS = ("due", "not_due", "consultation", "none")
_YES_NO = ("0", "1")
_ALLOWED: dict[str, tuple[str, ...]] = {
    "obligation": _OBLIGATIONS,
    "parties": ("", "two", "more"),
    "own_quarrels": ("0", "1", "2", "3"),
    "published": PUBLISHED_OUTCOMES,
}
_TEXT_COLUMNS = ("name", "ally", "partner", "opponent")


def read_record(file: Path) -> Record:
    """Return the record.

    Raises:
        ScenarioError: the table is missing or a line is malformed; the message lists all faults.
    """
    lines = read_table_rows(file, RECORD_COLUMNS)
    problems = [Problem(file, line, *fault) for line, row in lines for fault in _faults(row)]
    problems += _duplicates(file, lines)
    if not lines:
        problems.append(Problem(file, None, "", "has no answers"))
    if problems:
        raise ScenarioError(problems)
    return Record(tuple(_parse(row) for _, row in lines))


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the column, the fault, what is allowed and the nearest allowed value."""
    for column, text in row.items():
        if column in _TEXT_COLUMNS:
            if not text.strip():
                yield column, "is empty", "a name", ""
        elif column in ("war", "year"):
            digits = 4 if column == "year" else len(text)
            if not (text.isdecimal() and len(text) == digits):
                what = "four digits" if column == "year" else "a whole number"
                yield column, f"{text!r} is not a {column}", what, ""
        elif text not in (allowed := _ALLOWED.get(column, _YES_NO)):
            listed = ", ".join(value or "empty" for value in allowed)
            yield column, f"{text!r} is not known", listed, find_nearest_name(text, allowed)
    yield from _contradictions(row)


def _contradictions(row: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    promised, obligation = row["obligation"] in ("due", "not_due"), row["obligation"]
    if obligation in _OBLIGATIONS and promised != bool(row["parties"]):
        what = f"is {row['parties'] or 'empty'!r} where the obligation is {obligation}"
        yield "parties", what, "two or more where aid is promised, otherwise empty", ""
    if row["published"] and obligation in _OBLIGATIONS and obligation != "due":
        yield "published", "is given where no aid was due", "empty", ""


def _duplicates(file: Path, lines: Sequence[tuple[int, dict[str, str]]]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in lines:
        key = tuple(row[column] for column in ("war", "ally", "partner", "opponent"))
        first = seen.setdefault(key, line)
        if first != line:
            what = f"{row['ally']} has an answer to {row['partner']} already, in line {first}"
            yield Problem(file, line, "ally", what)


def _parse(row: dict[str, str]) -> RecordedAnswer:
    numbers, words = ("war", "year", "own_quarrels"), (*_TEXT_COLUMNS, *_ALLOWED)
    values: dict[str, object] = {}
    for column, text in row.items():
        if column in numbers:
            values[column] = int(text)
        else:
            values[column] = text if column in words else text == "1"
    return RecordedAnswer(**values)  # type: ignore[arg-type]
