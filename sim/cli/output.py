"""Writes to the terminal and to new files."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from textwrap import fill
from typing import Any

from rich.console import Console, RenderableType

from sim.cli.wording import indent_paragraph
from sim.output import format_cell, render_csv

OutputRecord = dict[str, object]
"""One line of a table, by column; a cell holds text, a number, nothing, or several texts."""

_PLAIN_CONSOLE: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}


def open_console() -> Console:
    """Return stdout as a console that prints text as it is."""
    return Console(**_PLAIN_CONSOLE)


def print_paragraphs(console: Console, lines: Iterable[str]) -> None:
    """Print lines as indented paragraphs, at most as wide as the console."""
    for line in lines:
        console.print(indent_paragraph(line, console.width), soft_wrap=True)


def print_wrapped(console: Console, line: str, style: str = "") -> None:
    """Print a line from the margin, at most as wide as the console."""
    console.print(fill(line, console.width), style=style, soft_wrap=True)


def write_output(content: RenderableType, file: Path | None = None) -> None:
    """Print text or a table; or write it to a new file and print the file's name.

    Raises:
        RequestError: the file already exists or cannot be written.
    """
    if file:
        from sim.experiment.storage.atomic import write_file  # noqa: PLC0415

        write_file(file, _render_text(content).encode(), option="--out")
        print(file)
    elif isinstance(content, str):
        print(content, end="")
    else:
        open_console().print(content)


def write_csv_output(records: list[OutputRecord], file: Path) -> None:
    """Write records to a new CSV file and print the file's name.

    Raises:
        RequestError: the file already exists or cannot be written.
    """
    write_output(render_csv(records, format_cell=format_cell), file)


def open_in_browser(file: Path) -> None:
    """Open a page in the user's browser; where there is none, nothing happens."""
    import webbrowser  # noqa: PLC0415

    webbrowser.open(file.resolve().as_uri())


def _render_text(content: RenderableType) -> str:
    """Return text as it is, and a table as plain text 80 columns wide."""
    if isinstance(content, str):
        return content
    out = StringIO()
    Console(file=out, width=80, **_PLAIN_CONSOLE).print(content)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
