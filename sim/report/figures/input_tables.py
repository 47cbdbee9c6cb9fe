"""Tables that other commands or people made, read for a picture: a CSV with known columns."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from math import isfinite
from pathlib import Path

from sim.errors import RequestError
from sim.report.figures.figure import Row
from sim.report.run_view import Run


def given_table(
    run: Run,
    asked: Path | None,
    usual: str,
    *,
    texts: Sequence[str],
    numbers: Sequence[str],
    maybe: Sequence[str] = (),
) -> tuple[list[Row], Path]:
    """Return the rows of the table asked for, or of the usual one in the run's folder.

    Columns of texts that `maybe` are there are empty where they are not; others are let be.

    Raises:
        RequestError: there is no such table, or it is not as it should be.
    """
    file = asked or run.results.folder / usual
    try:
        lines = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        hint = f"columns: {', '.join([*texts, *numbers])}; docs/figures.md explains them"
        raise RequestError(f"{file}: there is no such table\n    {hint}") from None
    if not lines:
        raise RequestError(f"{file}: has no rows")
    found = [_read(line, at, file, texts, numbers) for at, line in enumerate(lines, start=2)]
    more = [{name: line.get(name) or "" for name in maybe} for line in lines]
    return [row | beside for row, beside in zip(found, more, strict=True)], file


def _read(
    line: dict[str, str], at: int, file: Path, texts: Sequence[str], numbers: Sequence[str]
) -> Row:
    if missing := [name for name in (*texts, *numbers) if line.get(name) is None]:
        raise RequestError(f"{file}:{at}: has no column {', '.join(missing)}")
    return {name: line[name] for name in texts} | {
        name: _number(line[name], f"{file}:{at}: {name}") for name in numbers
    }


def _number(cell: str, where: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        raise RequestError(f"{where} is not a number (given: {cell!r})") from None
    if not isfinite(number):
        raise RequestError(f"{where} is not a finite number (given: {cell!r})")
    return number
