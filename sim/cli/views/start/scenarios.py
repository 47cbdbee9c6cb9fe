"""Renders the list of scenarios."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.cli.output import open_console, print_paragraphs
from sim.scenario.files.catalogue import CatalogueEntry

_HINT = (
    "sim run NAME simulates one, sim compare A B compares two, sim lesson NAME says what to look "
    "at, and sim new MINE --from NAME begins one of your own."
)
_GROUPS_HINT = (
    "More: sim scenarios theory (one treaty among few states, as in the literature) and sim "
    "scenarios history (past wars)."
)


def show_catalogue(entries: Sequence[CatalogueEntry], group: str = "") -> None:
    """Print the scenarios of the working folder, then those installed."""
    console = open_console()
    for heading, installed in (("In this folder", False), ("Installed", True)):
        if shown := [entry for entry in entries if entry.installed is installed]:
            _show_table(console, heading, shown)
    print_paragraphs(console, (_HINT,) if group else (_HINT, _GROUPS_HINT))


def _show_table(console: Console, heading: str, entries: Sequence[CatalogueEntry]) -> None:
    console.print(f"\n{heading}", style="bold")
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Name", no_wrap=True)
    table.add_column("Title and question", ratio=1)
    for entry in entries:
        title = Text(f"{entry.title}. ", "bold") if entry.title else Text()
        table.add_row(entry.name, title + Text(entry.question, "not bold"))
    console.print(table)
