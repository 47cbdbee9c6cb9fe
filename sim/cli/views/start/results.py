"""Renders the list of results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.cli.output import open_console, print_paragraphs, print_wrapped
from sim.experiment.storage.inventory import StoredResults
from sim.output import format_count

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
    console.print()
    for each in stored:
        print_wrapped(console, _describe(each), style="bold")
        changed = (f"Changed: {'; '.join(each.changed)}",) if each.changed else ()
        print_paragraphs(console, (*changed, *((each.state,) if each.state else ())))
    console.print()
    print_wrapped(console, _HINT)


def _describe(stored: StoredResults) -> str:
    """Return name, date and content of results in a line."""
    when = f"  {stored.created.astimezone():%Y-%m-%d %H:%M}" if stored.created else ""
    kind = {"sweep": "sweep of ", "stress": "stress test of "}.get(stored.kind, "")
    months = format_count(stored.months, "month", "months")
    size = f", {format_count(stored.worlds, 'world', 'worlds')}, {months}" if stored.worlds else ""
    return f"{stored.folder.name}{when}" + (f"  {kind}{stored.title}{size}" if stored.kind else "")
