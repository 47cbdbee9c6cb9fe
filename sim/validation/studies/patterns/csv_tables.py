"""Reads the tables beside the reference populations; messages say what would be right."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import nearest_name


@dataclass(frozen=True)
class Line:
    """One line of a table: what stands in it, by column, and where it is."""

    file: Path
    number: int
    cells: dict[str, str]

    def wrong(self, column: str, what: str, allowed: str = "", nearest: str = "") -> ScenarioError:
        """Return what is wrong with a cell."""
        return ScenarioError([Problem(self.file, self.number, column, what, allowed, nearest)])

    def figure(self, column: str) -> float | None:
        """Return a number, or nothing where the cell is empty.

        Raises:
            ScenarioError: it is no number.
        """
        said = self.cells[column]
        try:
            return float(said) if said else None
        except ValueError:
            raise self.wrong(column, f"{said!r} is not a number", "a number, or nothing") from None

    def marked(self, column: str) -> bool:
        """Return whether the cell says yes.

        Raises:
            ScenarioError: it says neither yes nor nothing.
        """
        said = self.cells[column]
        if said not in ("yes", ""):
            raise self.wrong(column, f"{said!r} is not understood", "yes, or nothing")
        return said == "yes"


def read_lines(file: Path, columns: Sequence[str]) -> list[Line]:
    """Read a table that has these columns, and no others.

    Raises:
        ScenarioError: the file is missing or no text, or a column is missing or unknown.
    """
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        raise _unreadable(file, "there is no such file") from None
    except UnicodeDecodeError:
        raise _unreadable(file, "is not text in UTF-8") from None
    except OSError as error:
        raise _unreadable(file, f"cannot be read: {error.strerror}") from None
    rows = csv.DictReader(text.splitlines(keepends=True))
    _check_columns(file, rows.fieldnames or (), columns)
    return [Line(file, rows.line_num, _whole(file, rows.line_num, row)) for row in rows]


def _check_columns(file: Path, found: Sequence[str], columns: Sequence[str]) -> None:
    allowed = ", ".join(columns)
    for name in found:
        if name not in columns:
            what, near = f"{name!r} is not a column that is known here", nearest_name(name, columns)
            raise ScenarioError([Problem(file, 1, "", what, allowed, near)])
    for name in columns:
        if name not in found:
            raise ScenarioError([Problem(file, 1, "", f"there is no column {name!r}", allowed)])


def _whole(file: Path, number: int, row: dict[str, str]) -> dict[str, str]:
    """Return a row that has as many cells as there are columns."""
    if None in row or None in row.values():
        what = "has another number of cells than there are columns"
        raise ScenarioError([Problem(file, number, "", what)])
    return row


def _unreadable(file: Path, what: str) -> ScenarioError:
    return ScenarioError([Problem(file, None, "", what)])
