"""What pictures show has not moved: their tables are those that were kept."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from sim.report.run_view import Run
from tests.report.golden import KEPT, tables


def cells(table: str) -> list[list[object]]:
    """Return a table with its numbers as numbers."""
    return [[_number(cell) for cell in row] for row in csv.reader(StringIO(table))]


def _number(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell


def test_the_tables_of_all_pictures_are_those_kept(two: list[Run]) -> None:
    found = tables(two)
    assert sorted(found) == sorted(file.stem for file in KEPT.glob("*.csv"))
    for name, table in found.items():
        kept = cells((KEPT / f"{name}.csv").read_text("utf-8"))
        assert len(kept) > 1
        for row, expected in zip(cells(table), kept, strict=True):
            assert row == [_about(cell) for cell in expected]


def _about(cell: object) -> object:
    return pytest.approx(cell) if isinstance(cell, float) else cell
