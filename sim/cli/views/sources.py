"""The ledger as it is shown: everything that rests on a source, with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.cli.output import Record, as_markdown, figure
from sim.cli.wording import grades
from sim.scenario.load import Loaded
from sim.scenario.provenance.citation import written_out
from sim.scenario.provenance.ledger import Line, ledger
from sim.scenario.schema.quantity import Quantity

_FIGURES = ("value", "low", "high", "unit", "shape", "grade")
_WIDTHS = (18, 24, 9)


@dataclass(frozen=True)
class LedgerView:
    """The ledger of a scenario."""

    loaded: Loaded

    def records(self) -> list[Record]:
        """Return a record for each line."""
        return [_record(line) for line in ledger(self.loaded)]

    def table(self) -> RenderableType:
        """Return it for a screen, what belongs together under one heading."""
        head = _columns()
        head.add_row("Number", "Value (range), unit", "Grade", "Sources, claims", style="bold")
        blocks: list[RenderableType] = [head]
        for heading, lines in groupby(ledger(self.loaded), key=_heading):
            block = _columns()
            for line in lines:
                block.add_row(*_cells(line, heading))
            blocks += [Text(f"\n{heading}", style="bold"), block]
        return Group(*blocks)

    def page(self) -> str:
        """Return it as a page in Markdown, with the sources written out."""
        title, lines = self.loaded.scenario.title, ledger(self.loaded)
        page = [f"# {title}: the ledger\n", f"{grades(self.loaded.scenario)}\n"]
        for top, group in groupby(lines, key=lambda line: line.key.partition(".")[0]):
            page += [f"## {top}\n", as_markdown([_record(line) for line in group])]
        return "\n".join([*page, "## Sources\n", self._bibliography(lines)])

    def _bibliography(self, lines: list[Line]) -> str:
        cited = {source for line in lines for source in line.sources}
        entries = self.loaded.bibliography.items()
        return "".join(
            f"- **{key}** {written_out(said)}\n" for key, said in entries if key in cited
        )


def ranged(number: Quantity) -> str:
    """Return a number with its range."""
    value = figure(number.value)
    return value if number.certain else f"{value} ({figure(number.low)} to {figure(number.high)})"


def _record(line: Line) -> Record:
    return {
        "key": line.key,
        **{name: getattr(line.number, name, None) for name in _FIGURES},
        "sources": line.sources,
        "claims": line.claims,
        "meaning": line.meaning,
        "note": line.note,
        "file": line.file,
        "line": line.line,
    }


def _columns() -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    for width in _WIDTHS:
        table.add_column(width=width, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    return table


def _heading(line: Line) -> str:
    key = line.key.split(".")
    return ".".join(key[: 3 if key[0] == "ties" else 2])


def _cells(line: Line, heading: str) -> tuple[str, str, str, str]:
    name = line.key.removeprefix(heading).removeprefix(".")
    grounds = "\n".join(filter(None, [*line.sources, ", ".join(line.claims)]))
    if not line.number:
        return _breakable(name), line.meaning, "", grounds
    shown = f"{ranged(line.number)}\n{line.number.unit}"
    return _breakable(name), shown, line.number.grade, grounds


def _breakable(name: str) -> str:
    """Let a name that is too long for its column break where a word ends."""
    return name if len(name) <= _WIDTHS[0] else ".\n".join(name.rsplit(".", 1))
