"""Reads the small tables among the scenarios; messages name what is allowed."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import find_nearest_name


@dataclass(frozen=True)
class TableLine:
    """One line of a table: its cells by column, and its position."""

    file: Path
    line_number: int
    cells: dict[str, str]

    def error_in(
        self, column: str, what: str, allowed: str = "", nearest: str = ""
    ) -> ScenarioError:
        """Return the error about a cell."""
        return ScenarioError([Problem(self.file, self.line_number, column, what, allowed, nearest)])

    def number_in(self, column: str) -> float | None:
        """Return a number, or None where the cell is empty.

        Raises:
            ScenarioError: it is not a number.
        """
        text = self.cells[column]
        try:
            return float(text) if text else None
        except ValueError:
            raise self.error_in(
                column, f"{text!r} is not a number", "a number, or nothing"
            ) from None

    def is_marked(self, column: str) -> bool:
        """Return whether the cell is marked yes.

        Raises:
            ScenarioError: it is neither yes nor empty.
        """
        text = self.cells[column]
        if text not in ("yes", ""):
            raise self.error_in(column, f"{text!r} is not understood", "yes, or nothing")
        return text == "yes"


def read_table_lines(file: Path, columns: Sequence[str]) -> list[TableLine]:
    """Read a table that has these columns, and no others.

    Raises:
        ScenarioError: the file is missing or not text, or a column is missing or unknown.
    """
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        raise _file_error(file, "there is no such file") from None
    except UnicodeDecodeError:
        raise _file_error(file, "is not text in UTF-8") from None
    except OSError as error:
        raise _file_error(file, f"cannot be read: {error.strerror}") from None
    rows = csv.DictReader(text.splitlines(keepends=True))
    _require_columns(file, rows.fieldnames or (), columns)
    return [
        TableLine(file, rows.line_num, _require_full_row(file, rows.line_num, row)) for row in rows
    ]


def read_table_rows(file: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return the number and the cells of each line of such a table.

    Raises:
        ScenarioError: as for `read_table_lines`.
    """
    return [(line.line_number, line.cells) for line in read_table_lines(file, columns)]


def _require_columns(file: Path, heading: Sequence[str], columns: Sequence[str]) -> None:
    allowed = ", ".join(columns)
    for name in heading:
        if name not in columns:
            what, near = (
                f"{name!r} is not a known column",
                find_nearest_name(name, columns),
            )
            raise ScenarioError([Problem(file, 1, "", what, allowed, near)])
    for name in columns:
        if name not in heading:
            raise ScenarioError([Problem(file, 1, "", f"there is no column {name!r}", allowed)])


def _require_full_row(file: Path, line_number: int, row: dict[str, str]) -> dict[str, str]:
    """Return a row that has as many cells as there are columns."""
    if None in row or None in row.values():
        what = "does not have one cell per column"
        raise ScenarioError([Problem(file, line_number, "", what)])
    return row


def _file_error(file: Path, what: str) -> ScenarioError:
    return ScenarioError([Problem(file, None, "", what)])
