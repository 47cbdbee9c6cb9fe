"""Pages keep their form where they are rendered: tables, fences and formulas."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.pages import name, pages, prose, text

_FORMULA = re.compile(r"\$[^$\n]+\$")
_EATEN = re.compile(r"\\[^A-Za-z\s]")  # Markdown takes such a backslash for its own


def cells(line: str) -> int:
    """Return how many cells a row of a table has; 0 for any other line."""
    return line.count("|") - line.count(r"\|") - 1 if line.startswith("|") else 0


def crooked(page: str) -> list[str]:
    """Return the rows that have another number of cells than the row above."""
    lines = pairwise(page.splitlines())
    return [row for above, row in lines if cells(row) and cells(above) not in (0, cells(row))]


@pytest.mark.parametrize("page", pages(), ids=name)
def test_the_rows_of_a_table_have_as_many_cells_as_its_head(page: Path) -> None:
    assert crooked(text(page)) == []


def test_a_crooked_table_is_noticed() -> None:
    assert crooked("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n") == ["| 1 | 2 | 3 |"]


@pytest.mark.parametrize("page", pages(), ids=name)
def test_every_fence_is_closed(page: Path) -> None:
    assert len(re.findall(r"^```", text(page), re.MULTILINE)) % 2 == 0


@pytest.mark.parametrize("page", pages(), ids=name)
def test_a_formula_in_a_line_holds_nothing_that_markdown_eats(page: Path) -> None:
    assert [found for found in _FORMULA.findall(prose(page)) if _EATEN.search(found)] == []
