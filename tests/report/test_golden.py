"""The tables of the figures are the stored ones."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from sim.report.run_view import Run
from tests.report.golden import STORED, tables


def cells(table: str) -> list[list[object]]:
    """Return a table with its numbers as numbers."""
    return [[_number(cell) for cell in row] for row in csv.reader(StringIO(table))]


def _number(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell


def test_the_tables_of_all_figures_are_those_kept(run_pair: list[Run]) -> None:
    current = tables(run_pair)
    assert sorted(current) == sorted(file.stem for file in STORED.glob("*.csv"))
    for name, table in current.items():
        stored = cells((STORED / f"{name}.csv").read_text("utf-8"))
        assert len(stored) > 1
        for row, expected in zip(cells(table), stored, strict=True):
            assert row == [_about(cell) for cell in expected]


def _about(cell: object) -> object:
    return pytest.approx(cell) if isinstance(cell, float) else cell
