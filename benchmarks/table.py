"""A table of benchmark results, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class BenchmarkTable:
    """Rows under a heading, with a note.

    Attributes:
        title: the heading.
        columns: names of the columns.
        note: what was measured, and how.
        rows: one list of cells per row.
    """

    title: str
    columns: tuple[str, ...]
    note: str = ""
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add_row(self, *cells: object) -> None:
        """Add a row."""
        self.rows.append(tuple(map(str, cells)))

    def __str__(self) -> str:
        """Return the table as Markdown."""
        lines = [f"## {self.title}", "", *([self.note, ""] if self.note else [])]
        return "\n".join([*lines, *map(_markdown_row, self._all_rows())]) + "\n"

    def _all_rows(self) -> Iterable[tuple[str, ...]]:
        return [self.columns, ("---",) * len(self.columns), *self.rows]


def _markdown_row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def verdict(measured: float, target: float, *, at_least: bool = False) -> str:
    """Return whether a target is met: a maximum, or a minimum with `at_least`."""
    met = measured >= target if at_least else measured <= target
    return "met" if met else "**not met**"
