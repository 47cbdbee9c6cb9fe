"""Tables of benchmark results as Markdown, and the page that holds the last of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_HEADING = """\
# Benchmark results

Written by `python -m benchmarks --write`; [how to read and renew them](README.md).
"""
_SECTION = re.compile(r"^<!-- (\w+) -->\n(.*?)(?=^<!-- \w+ -->$|\Z)", re.MULTILINE | re.DOTALL)


@dataclass
class BenchmarkTable:
    """Rows under a heading, with a note.

    Attributes:
        title: the heading.
        columns: names of the columns.
        note: what was measured, and how.
        rows: one list of cells per row.
        stamp: when and on what it was measured; nothing before it is written down.
    """

    title: str
    columns: tuple[str, ...]
    note: str = ""
    rows: list[tuple[str, ...]] = field(default_factory=list)
    stamp: str = ""

    def add_row(self, *cells: object) -> None:
        """Add a row."""
        self.rows.append(tuple(map(str, cells)))

    def __str__(self) -> str:
        """Return the table as Markdown."""
        lines = [f"## {self.title}", "", *([self.note, ""] if self.note else [])]
        stamp = ["", self.stamp] if self.stamp else []
        return "\n".join([*lines, *map(_markdown_row, self._all_rows()), *stamp]) + "\n"

    def _all_rows(self) -> Iterable[tuple[str, ...]]:
        return [self.columns, ("---",) * len(self.columns), *self.rows]


def renew_page(page: str, tables: Mapping[str, BenchmarkTable], order: Iterable[str]) -> str:
    """Return the page of results with new tables in place of earlier ones of the same name.

    Args:
        page: the page as it stands; what is not under the name of a benchmark is left out.
        tables: the new tables by the names of their benchmarks.
        order: the names of all benchmarks that the page may show.
    """
    sections = dict(_SECTION.findall(page)) | {name: f"{each}\n" for name, each in tables.items()}
    return "\n".join([_HEADING, *_name_sections(sections, order)])


def _name_sections(sections: Mapping[str, str], order: Iterable[str]) -> Iterator[str]:
    for name in order:
        if name in sections:
            yield f"<!-- {name} -->\n{sections[name].rstrip()}\n"


def _markdown_row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def verdict(measured: float, target: float, *, at_least: bool = False) -> str:
    """Return whether a target is met: a maximum, or a minimum with `at_least`."""
    met = measured >= target if at_least else measured <= target
    return "met" if met else "**not met**"
