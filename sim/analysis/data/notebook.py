"""What a notebook shows of a result: a heading, sentences and tables."""

from __future__ import annotations

from html import escape
from math import isfinite

import pandas as pd

_MOST_ROWS = 40
"""Rows of a table that are shown; the first and the last half of them where there are more."""


def render_notebook(heading: str, *parts: str | pd.DataFrame) -> str:
    """Return HTML of a heading, with sentences and tables below it in the order given."""
    shown = [part if isinstance(part, pd.DataFrame) else _paragraph(part) for part in parts]
    body = [_table(part) if isinstance(part, pd.DataFrame) else part for part in shown]
    return f"<div><p><strong>{escape(heading)}</strong></p>{''.join(body)}</div>"


def format_cells(values: pd.DataFrame, units: pd.Series) -> pd.DataFrame:
    """Return numbers as text: shares of worlds in percent, all others with four digits.

    Args:
        values: the numbers, a row for each measure.
        units: the unit of each row.
    """
    rows = [
        [_format(value, unit) for value in row]
        for row, unit in zip(values.itertuples(index=False), units, strict=True)
    ]
    return pd.DataFrame(rows, columns=values.columns, index=values.index)


def _format(value: float, unit: str) -> str:
    if value is None or pd.isna(value) or not isfinite(value):
        return "n/a"
    return f"{100 * value:.3g}%" if unit.startswith("share") else f"{value:.4g}"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _table(frame: pd.DataFrame) -> str:
    return frame.to_html(
        index=False, border=0, max_rows=_MOST_ROWS, na_rep="n/a", float_format="{:.4g}".format
    )
