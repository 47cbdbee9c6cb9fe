"""Reads tables of other commands or users for a figure: CSV files with known columns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from math import isfinite
from pathlib import Path

from sim.errors import RequestError
from sim.report.figures.figure import FigureRow
from sim.report.run_view import Run


def read_input_table(
    run: Run,
    requested: Path | None,
    default_name: str,
    *,
    text_columns: Sequence[str],
    number_columns: Sequence[str],
    optional_columns: Sequence[str] = (),
) -> tuple[list[FigureRow], Path]:
    """Return the rows of the requested table, or of the default table in the run's folder.

    Missing `optional_columns`, which hold text, are empty; unknown columns are ignored.

    Raises:
        RequestError: there is no such table, or it is malformed.
    """
    file = requested or run.results.folder / default_name
    try:
        lines = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        hint = (
            f"columns: {', '.join([*text_columns, *number_columns])}; docs/figures.md explains them"
        )
        raise RequestError(f"{file}: there is no such table\n    {hint}") from None
    if not lines:
        raise RequestError(f"{file}: has no rows")
    rows = [
        _read_row(line, number, file, text_columns, number_columns)
        | {name: line.get(name) or "" for name in optional_columns}
        for number, line in enumerate(lines, start=2)
    ]
    return rows, file


def _read_row(
    line: dict[str, str],
    line_number: int,
    file: Path,
    text_columns: Sequence[str],
    number_columns: Sequence[str],
) -> FigureRow:
    if missing := [name for name in (*text_columns, *number_columns) if line.get(name) is None]:
        raise RequestError(f"{file}:{line_number}: has no column {', '.join(missing)}")
    return {name: line[name] for name in text_columns} | {
        name: _parse_number(line[name], f"{file}:{line_number}: {name}") for name in number_columns
    }


def _parse_number(cell: str, location: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        raise RequestError(f"{location} is not a number (given: {cell!r})") from None
    if not isfinite(number):
        raise RequestError(f"{location} is not a finite number (given: {cell!r})")
    return number
