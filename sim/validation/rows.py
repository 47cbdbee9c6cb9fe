"""Reads the rows of tables that ship with the scenarios."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from sim.errors import Problem, ScenarioError


def read_table_rows(file: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row of a table with those columns, and the line on which it ends.

    Raises:
        ScenarioError: there is no such file, it is not text, or it has other columns.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise ScenarioError([Problem(file, None, "", "there is no such file")]) from None
    except (OSError, UnicodeDecodeError):
        raise ScenarioError([Problem(file, None, "", "cannot be read as text in UTF-8")]) from None
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != columns:
        raise ScenarioError([Problem(file, 1, "", "has other columns", ",".join(columns))])
    for row in reader:
        if None in row or None in row.values():
            what = f"does not have {len(columns)} values"
            raise ScenarioError([Problem(file, reader.line_num, "", what, ",".join(columns))])
        yield reader.line_num, row
