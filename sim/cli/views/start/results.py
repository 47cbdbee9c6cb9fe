"""Renders the list of results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.cli.output import OutputRecord, open_console, print_paragraphs
from sim.experiment.storage.inventory import StoredResults

_HINT = (
    "sim report NAME, sim tell NAME --pick typical and sim compare A B take these names; their "
    "beginning is enough where no other begins so."
)


def show_results(stored: Sequence[StoredResults], folder: Path) -> None:
    """Print the results of a folder, with what was changed in each."""
    console = open_console()
    if not stored:
        console.print(f"{folder}: nothing has been run yet; begin with: sim run pact")
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Name", no_wrap=True)
    table.add_column("What", ratio=1)
    for heading in ("Worlds", "Months"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Date", no_wrap=True)
    for each in stored:
        table.add_row(each.folder.name, _describe(each), *_list_figures(each))
    console.print(table)
    print_paragraphs(console, (_HINT,))


def build_records(stored: Sequence[StoredResults]) -> list[OutputRecord]:
    """Return a record for each results folder."""
    return [
        {
            "folder": each.folder.as_posix(),
            "kind": each.kind,
            "title": each.title,
            "changed": list(each.changed),
            "worlds": each.worlds,
            "months": each.months,
            "created": each.created.isoformat() if each.created else None,
            "state": each.state or "complete",
        }
        for each in stored
    ]


def _describe(stored: StoredResults) -> str:
    kind = {"sweep": " (sweep)", "stress": " (stress test)"}.get(stored.kind, "")
    title = f"{stored.title}{kind}" if stored.title else ""
    return "\n".join(filter(None, (title, *stored.changed, stored.state)))


def _list_figures(stored: StoredResults) -> tuple[str, str, str]:
    when = f"{stored.created.astimezone():%Y-%m-%d %H:%M}" if stored.created else ""
    months = f"{stored.months}" if stored.months else ""
    return f"{stored.worlds:,}", months, when
