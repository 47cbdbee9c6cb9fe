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

Record = dict[str, object]
"""One line of a table, by column; a cell is text, a number, nothing, or several texts."""

_PLAIN: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}


def as_csv(records: list[Record]) -> str:
    """Return records as CSV, several texts in one cell parted by semicolons."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(records[0])
    table.writerows(map(cell, record.values()) for record in records)
    return out.getvalue()


def as_markdown(records: list[Record]) -> str:
    """Return records as a table in Markdown."""
    rows = ([_escaped(cell(value)) for value in record.values()] for record in records)
    lines = [list(records[0]), ["---"] * len(records[0]), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def put(what: RenderableType, file: Path | None = None) -> None:
    """Print text, or a table; or write it to a file that is not there yet, and say which.

    Raises:
        RequestError: the file is there already, or cannot be written.
    """
    if file:
        _write(_text(what), file)
        print(file)
    elif isinstance(what, str):
        print(what, end="")
    else:
        Console(**_PLAIN).print(what)


def _write(text: str, file: Path) -> None:
    try:
        with file.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
    except FileExistsError:
        raise RequestError(f"--out {file}: is there already; name another file") from None
    except OSError as error:
        raise RequestError(f"--out {file}: cannot be written: {error.strerror}") from None


def as_json(what: object) -> str:
    """Return anything as JSON; what JSON has no word for, such as a date, as text."""
    return json.dumps(what, indent=2, ensure_ascii=False, default=str) + "\n"


def cell(value: object) -> str:
    """Return a cell as text on one line."""
    match value:
        case None:
            return ""
        case float():
            return figure(value)
        case tuple() | list():
            return "; ".join(map(cell, value))
        case _:
            return " ".join(str(value).split())


def figure(value: float) -> str:
    """Return a number with all its digits, never in powers of ten."""
    digits = f"{Decimal(repr(value + 0.0)):f}"  # adding zero turns -0 into 0
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def counted_out(words: Sequence[str], most: int) -> str:
    """Return words in a row, at most so many, and how many more there are."""
    more = [f"and {len(words) - most} more"] if len(words) > most else []
    return ", ".join([*words[:most], *more])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _text(what: RenderableType) -> str:
    """Return text as it is, and a table as plain text 80 columns wide."""
    if isinstance(what, str):
        return what
    out = StringIO()
    Console(file=out, width=80, **_PLAIN).print(what)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
