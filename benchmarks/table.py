"""A table of what was measured, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Table:
    """Rows under a heading, with a line on what they say.

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

    def add(self, *cells: object) -> None:
        """Add a row."""
        self.rows.append(tuple(map(str, cells)))

    def __str__(self) -> str:
        """Return it as Markdown."""
        lines = [f"## {self.title}", "", *([self.note, ""] if self.note else [])]
        return "\n".join([*lines, *map(_line, self._every())]) + "\n"

    def _every(self) -> Iterable[tuple[str, ...]]:
        return [self.columns, ("---",) * len(self.columns), *self.rows]


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def verdict(found: float, target: float, *, least: bool = False) -> str:
    """Return whether a target is met, which is a least or a most."""
    met = found >= target if least else found <= target
    return "met" if met else "**not met**"
