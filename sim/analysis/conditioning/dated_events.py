"""A file of dated events: what happened on which day, and what had not happened by a day.

docs/condition.md defines the format, as a table (CSV) or as a list of `[[event]]` (TOML).
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import Any

from sim.analysis.conditioning.grammar import Condition, Who, parse_condition
from sim.analysis.conditioning.spans import Period
from sim.errors import Problem, RequestError, ScenarioError
from sim.model.calendar import first_day
from sim.scenario.files.messages import find_nearest_name

DEFAULT_TOLERANCE = 2.0
"""Months by which an event may be early or late; the standard deviation of the kernel."""
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False, "": True}


@dataclass(frozen=True)
class DatedEvent:
    """One line of a file.

    Attributes:
        day: the day on which it happened, or by which it had not.
        event: an event, an alias, or a comparison of a column of months.
        actor: who did it; any if empty.
        towards: to whom; any if empty.
        subject: the treaty, rivalry, exchange or class; any if empty.
        happened: whether it did.
        tolerance: months by which a world may differ; 0 demands the same month.
        weight: how much it counts, 1 as one event.
        source: where this is known from.
        note: anything else.
        line: its line in the file.
        condition: what is looked for in the tables, in any month.
    """

    day: date
    event: str
    actor: str = ""
    towards: str = ""
    subject: str = ""
    happened: bool = True
    tolerance: float = DEFAULT_TOLERANCE
    weight: float = 1.0
    source: str = ""
    note: str = ""
    line: int = 0
    condition: Condition = Condition("", "")

    def __str__(self) -> str:
        """Return it in words."""
        who = " of ".join(part for part in (self.event, self.subject or self.actor) if part)
        return f"{self.day}: {who}" if self.happened else f"{self.day}: no {who} so far"


COLUMNS = ("date", *(field.name for field in fields(DatedEvent)[1:-2]))
"""The columns of a file."""
_Row = tuple[int, Mapping[str, object]]
"""A line number, and the cells on that line by column."""


def read_dated_events(file: Path, period: Period) -> tuple[DatedEvent, ...]:
    """Return the events of a file, in its order; their names are checked later.

    Raises:
        ScenarioError: the file is invalid; the message lists every problem with its line.
    """
    text = _read_text(file)
    rows = list((_toml_rows if file.suffix == ".toml" else _csv_rows)(file, text))
    problems = [] if rows else [Problem(file, None, "", "has no events")]
    events = []
    for line, cells in rows:
        try:
            events.append(_parse_event(line, cells, period))
        except _CellError as error:
            problems.append(Problem(file, line, error.column, *error.args))
    if problems:
        raise ScenarioError(problems)
    return tuple(events)


class _CellError(ValueError):
    """A cell that cannot be used: its column, then the message and what is allowed."""

    def __init__(self, column: str, message: str, allowed: str = "", suggestion: str = "") -> None:
        self.column = column
        super().__init__(message, allowed, suggestion)


_SUFFIXES = (".csv", ".toml")


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        names = sorted(path.name for path in file.parent.glob("*") if path.suffix in _SUFFIXES)
        nearest = find_nearest_name(file.name, names)
        problem = Problem(file, None, "", "there is no such file", "", nearest)
    except UnicodeDecodeError:
        problem = Problem(file, None, "", "is not text in UTF-8")
    except OSError as error:
        problem = Problem(file, None, "", f"cannot be read: {error.strerror}")
    raise ScenarioError([problem])


def _csv_rows(file: Path, text: str) -> Iterator[_Row]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        heading = [name.strip() for name in next(reader, [])]
        _check_columns(file, 1, heading)
        line = reader.line_num + 1
        for cells in reader:
            if cells and not cells[0].startswith("#"):
                _check_length(file, line, heading, cells)
                yield line, {name: cell.strip() for name, cell in zip(heading, cells, strict=True)}
            line = reader.line_num + 1
    except csv.Error as error:
        raise ScenarioError([Problem(file, reader.line_num, "", f"is not CSV: {error}")]) from None


def _check_length(file: Path, line: int, heading: list[str], cells: list[str]) -> None:
    if len(cells) != len(heading):
        what = f"has {len(cells)} cells under {len(heading)} columns"
        raise ScenarioError([Problem(file, line, "", what, "a text with a comma stands in quotes")])


def _toml_rows(file: Path, text: str) -> Iterator[_Row]:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError([Problem(file, None, "", f"is not TOML: {error}")]) from None
    entries = tree.pop("event", [])
    if tree or not isinstance(entries, list):
        key = next(iter(tree), "event")
        raise ScenarioError([Problem(file, None, key, "is not expected here", "[[event]]")])
    lines = (n for n, row in enumerate(text.splitlines(), 1) if row.strip().startswith("[[event]]"))
    for line, entry in zip(lines, entries, strict=False):
        _check_columns(file, line, list(entry))
        yield line, entry


def _check_columns(file: Path, line: int, names: list[str]) -> None:
    """Require known columns, each once, and those that every event has."""
    allowed = ", ".join(COLUMNS)
    problems = [
        Problem(file, line, name, "is no column", allowed, find_nearest_name(name, COLUMNS))
        for name in names
        if name not in COLUMNS
    ]
    problems += [
        Problem(file, line, name, "is a column twice")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    problems += [
        Problem(file, line, name, "this column is missing")
        for name in COLUMNS[:2]
        if name not in names
    ]
    if problems:
        raise ScenarioError(problems)


def _parse_event(line: int, cells: Mapping[str, object], period: Period) -> DatedEvent:
    values = {name: _PARSERS.get(name, _parse_text)(name, cell) for name, cell in cells.items()}
    event = DatedEvent(day=values.pop("date"), line=line, **values)
    _check_day(event.day, period)
    return replace(event, condition=_parse_what(event, period))


def _parse_what(event: DatedEvent, period: Period) -> Condition:
    """Return what is looked for, with the codes of the other cells."""
    if not event.event:
        raise _CellError("event", "is empty", "an event, an alias, or a comparison of a column")
    try:
        condition = parse_condition(event.event, period)
    except RequestError as error:
        raise _CellError("event", *str(error).split("\n    allowed: ", 1)) from None
    if condition.negated or condition.span:
        what, allowed = "has a month or a 'not' in it", "the columns date and happened say so"
        raise _CellError("event", f"{event.event!r} {what}", allowed)
    who = tuple(
        Who(code, (place,))
        for place, code in vars(event).items()
        if place in ("actor", "towards", "subject") and code
    )
    return replace(condition, who=(*condition.who, *who))


def _check_day(day: date, period: Period) -> None:
    end = first_day(period.months + 1, period.start)
    if not period.start <= day < end:
        allowed = f"from {period.start} to before {end}"
        raise _CellError("date", f"{day} is not simulated", allowed)


def _parse_text(column: str, cell: object) -> str:
    if not isinstance(cell, str):
        raise _CellError(column, f"should be text (given: {cell})")
    return cell


def _parse_date(column: str, cell: object) -> date:
    if type(cell) is date:
        return cell
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        message = f"should be a date (given: {str(cell)!r})"
    raise _CellError(column, message, "year-month-day, such as 2024-10-18")


def _parse_happened(column: str, cell: object) -> bool:
    answer = _ANSWERS.get(str(cell).lower())
    if answer is None:
        raise _CellError(column, f"should be yes or no (given: {cell!r})")
    return answer


def _parse_tolerance(column: str, cell: object) -> float:
    return _parse_number(column, cell, DEFAULT_TOLERANCE, "a number of months, 0 or more", 0.0)


def _parse_weight(column: str, cell: object) -> float:
    number = _parse_number(column, cell, 1.0, "a number above 0", 0.0)
    if number == 0:
        raise _CellError(column, "is 0, so that the event counts for nothing", "a number above 0")
    return number


def _parse_number(column: str, cell: object, empty: float, allowed: str, least: float) -> float:
    if cell == "":
        return empty
    try:
        number = float(str(cell))
    except ValueError:
        number = float("nan")
    if not isfinite(number) or number < least:
        raise _CellError(column, f"{cell!r} is not possible", allowed)
    return number


_PARSERS: dict[str, Callable[[str, object], Any]] = {
    "date": _parse_date,
    "happened": _parse_happened,
    "tolerance": _parse_tolerance,
    "weight": _parse_weight,
}
