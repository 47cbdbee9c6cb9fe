"""Renders rows as CSV and Markdown tables, data as JSON, and numbers as text.

The command line, the validation and the report write through these functions, so that equal data
are equal bytes wherever they are written.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from math import isfinite, isnan
from numbers import Integral, Real

TOO_FEW = "too few to say"
"""What a sentence says where a figure is not defined."""


def render_csv(
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[str] | None = None,
    *,
    format_cell: Callable[[object], object] | None = None,
) -> str:
    """Return rows as CSV.

    Args:
        rows: the rows, by column; a missing cell, or a number that is not defined, is left empty.
        columns: the columns in their order; by default, those of any row.
        format_cell: applied to every cell; by default, cells are written as `csv` writes them.
    """
    names = list(columns or dict.fromkeys(name for row in rows for name in row))
    out = StringIO()
    table = csv.DictWriter(out, names, lineterminator="\n")
    table.writeheader()
    for row in rows:
        defined = {name: None if is_undefined(cell) else cell for name, cell in row.items()}
        table.writerow(
            {name: format_cell(cell) for name, cell in defined.items()} if format_cell else defined
        )
    return out.getvalue()


def render_markdown_table(header: Sequence[str], body: Iterable[Iterable[object]]) -> str:
    """Return a header and rows as a table in Markdown."""
    rows = [[_escape_markdown(format_cell(cell)) for cell in row] for row in body]
    lines = [list(header), ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def render_json(value: object, *, indent: int = 2) -> str:
    """Return data as JSON; types that JSON lacks, such as dates, become text.

    A number that is not finite, for which JSON has no sign, becomes null.
    """
    finite = _replace_infinite(value)
    return json.dumps(finite, indent=indent, ensure_ascii=False, default=str) + "\n"


def format_cell(value: object) -> str:
    """Return a cell as text on one line; several values are separated by semicolons."""
    match value:
        case None:
            return ""
        case float():
            return "" if is_undefined(value) else format_exact_number(value)
        case tuple() | list():
            return "; ".join(map(format_cell, value))
        case _:
            return " ".join(str(value).split())


def is_undefined(value: object) -> bool:
    """Return whether a value is a number that is not defined (nan)."""
    return isinstance(value, Real) and not isinstance(value, Integral) and isnan(value)


def format_figure(value: float, spec: str, missing: str = TOO_FEW) -> str:
    """Return a number as text, in the format `spec`; `missing` where it is not finite."""
    return format(value, spec) if isfinite(value) else missing


def format_exact_number(value: float) -> str:
    """Return a number with all its digits, never in powers of ten."""
    digits = f"{Decimal(repr(value + 0.0)):f}"  # adding zero turns -0 into 0
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def format_count(count: int, singular: str, plural: str = "") -> str:
    """Return a count with its noun, such as "1 world" or "1,000 worlds".

    Args:
        count: how many.
        singular: the noun for one.
        plural: the noun for several; by default, the singular with an s.
    """
    return f"{count:,} {singular if count == 1 else plural or f'{singular}s'}"


def _replace_infinite(value: object) -> object:
    match value:
        case dict():
            return {name: _replace_infinite(item) for name, item in value.items()}
        case list() | tuple():
            return [_replace_infinite(item) for item in value]
        case float():
            return value if isfinite(value) else None
        case _:
            return value


def _escape_markdown(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
