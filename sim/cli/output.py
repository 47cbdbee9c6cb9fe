"""Records written out: for a spreadsheet, for a page, for a program."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType

from sim.errors import RequestError

OutputRecord = dict[str, object]
"""One line of a table, by column; a cell is text, a number, nothing, or several texts."""

_PLAIN_CONSOLE: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}


def format_csv(records: list[OutputRecord]) -> str:
    """Return records as CSV, several texts in one cell parted by semicolons."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(records[0])
    table.writerows(map(format_cell, record.values()) for record in records)
    return out.getvalue()


def format_markdown_table(records: list[OutputRecord]) -> str:
    """Return records as a table in Markdown."""
    rows = (
        [_escape_markdown(format_cell(value)) for value in record.values()] for record in records
    )
    lines = [list(records[0]), ["---"] * len(records[0]), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write_output(content: RenderableType, file: Path | None = None) -> None:
    """Print text, or a table; or write it to a file that is not there yet, and say which.

    Raises:
        RequestError: the file is there already, or cannot be written.
    """
    if file:
        _write_new_file(_render_text(content), file)
        print(file)
    elif isinstance(content, str):
        print(content, end="")
    else:
        Console(**_PLAIN_CONSOLE).print(content)


def _write_new_file(text: str, file: Path) -> None:
    try:
        with file.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
    except FileExistsError:
        raise RequestError(f"--out {file}: already exists; name another file") from None
    except OSError as error:
        raise RequestError(f"--out {file}: cannot be written: {error.strerror}") from None


def format_json(value: object) -> str:
    """Return anything as JSON; what JSON has no word for, such as a date, as text."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n"


def format_cell(value: object) -> str:
    """Return a cell as text on one line."""
    match value:
        case None:
            return ""
        case float():
            return format_exact_number(value)
        case tuple() | list():
            return "; ".join(map(format_cell, value))
        case _:
            return " ".join(str(value).split())


def format_exact_number(value: float) -> str:
    """Return a number with all its digits, never in powers of ten."""
    digits = f"{Decimal(repr(value + 0.0)):f}"  # adding zero turns -0 into 0
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def join_first_names(names: Sequence[str], limit: int) -> str:
    """Return words in a row, at most so many, and how many more there are."""
    more = [f"and {len(names) - limit} more"] if len(names) > limit else []
    return ", ".join([*names[:limit], *more])


def _escape_markdown(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _render_text(content: RenderableType) -> str:
    """Return text as it is, and a table as plain text 80 columns wide."""
    if isinstance(content, str):
        return content
    out = StringIO()
    Console(file=out, width=80, **_PLAIN_CONSOLE).print(content)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
