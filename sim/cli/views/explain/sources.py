"""Renders the result of `sim sources`: every sourced value, with its range and grade."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.cli.output import OutputRecord
from sim.cli.wording import describe_grades
from sim.output import format_exact_number, render_markdown_table
from sim.scenario.load import LoadedScenario
from sim.scenario.provenance.citation import format_citation
from sim.scenario.provenance.ledger import LedgerLine, build_ledger, ledger_row
from sim.scenario.schema.quantity import Quantity

_COLUMN_WIDTHS = (18, 24, 9)


@dataclass(frozen=True)
class LedgerView:
    """The ledger of a scenario."""

    loaded: LoadedScenario

    def build_records(self) -> list[OutputRecord]:
        """Return a record for each line."""
        return [ledger_row(line) for line in build_ledger(self.loaded)]

    def render_table(self) -> RenderableType:
        """Return it for the terminal, grouped under headings."""
        header = _new_grid()
        header.add_row("Number", "Value (range), unit", "Grade", "Sources, claims", style="bold")
        blocks: list[RenderableType] = [header]
        for heading, lines in groupby(build_ledger(self.loaded), key=_find_heading):
            block = _new_grid()
            for line in lines:
                block.add_row(*_build_cells(line, heading))
            blocks += [Text(f"\n{heading}", style="bold"), block]
        return Group(*blocks)

    def render_markdown(self) -> str:
        """Return it as a page in Markdown, with full citations."""
        title, lines = self.loaded.scenario.title, build_ledger(self.loaded)
        page = [f"# {title}: the ledger\n", f"{describe_grades(self.loaded.scenario)}\n"]
        for top, group in groupby(lines, key=lambda line: line.key.partition(".")[0]):
            records = [ledger_row(line) for line in group]
            table = render_markdown_table(list(records[0]), (row.values() for row in records))
            page += [f"## {top}\n", table]
        return "\n".join([*page, "## Sources\n", self._render_bibliography(lines)])

    def _render_bibliography(self, lines: list[LedgerLine]) -> str:
        cited = {source for line in lines for source in line.sources}
        entries = self.loaded.bibliography.items()
        return "".join(
            f"- **{key}** {format_citation(entry)}\n" for key, entry in entries if key in cited
        )


def format_value_range(number: Quantity) -> str:
    """Return a number with its range."""
    value = format_exact_number(number.value)
    return (
        value
        if number.is_fixed
        else f"{value} ({format_exact_number(number.low)} to {format_exact_number(number.high)})"
    )


def _new_grid() -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    for width in _COLUMN_WIDTHS:
        table.add_column(width=width, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    return table


def _find_heading(line: LedgerLine) -> str:
    key = line.key.split(".")
    return ".".join(key[: 3 if key[0] == "ties" else 2])


def _build_cells(line: LedgerLine, heading: str) -> tuple[str, str, str, str]:
    name = line.key.removeprefix(heading).removeprefix(".")
    grounds = "\n".join(filter(None, [*line.sources, ", ".join(line.claims)]))
    if not line.number:
        return _break_long_name(name), line.meaning, "", grounds
    shown = f"{format_value_range(line.number)}\n{line.number.unit}"
    return _break_long_name(name), shown, line.number.grade, grounds


def _break_long_name(name: str) -> str:
    """Return a name with a line break before its last part, if it exceeds its column."""
    return name if len(name) <= _COLUMN_WIDTHS[0] else ".\n".join(name.rsplit(".", 1))
