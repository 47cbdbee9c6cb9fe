"""The state of each world month by month: the columns that are drawn as fans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.explore.data.arrays import MONTHS, SIDES, pack_numbers
from sim.explore.sides import Sides
from sim.output import format_figure
from sim.report.figures.month_columns import MonthColumn, list_month_columns
from sim.statistics.arrays import FloatArray

_MOST = 10
"""Series on a page; each takes a byte for each world and month."""


def list_series(sides: Sides) -> Iterator[dict[str, Any]]:
    """Yield the entries of the columns worth drawing that differ between worlds."""
    for column in _choose_columns(sides)[:_MOST]:
        values = sides.month_column(column.name)
        if np.nanmax(values) > np.nanmin(values):
            yield {
                "name": column.name,
                "label": column.label,
                "unit": column.unit,
                "integer": column.integer,
                "takeaway": describe_course(column, values[0]),
                "values": pack_numbers(values, "u1", [MONTHS, SIDES]),
            }


def describe_course(column: MonthColumn, values: FloatArray) -> str:
    """Return in a sentence from where to where a column goes, over the worlds that have it.

    Args:
        column: the column.
        values: its numbers, (world, month).
    """
    first, last = (format_figure(float(np.nanmedian(values[:, month])), ".2g") for month in (0, -1))
    name = column.label[:1].upper() + column.label[1:]
    if first == last:
        return f"{name}: the median stays at {last}"
    return f"{name}: the median goes from {first} to {last}"


def _choose_columns(sides: Sides) -> list[MonthColumn]:
    """Return the columns that all sides have, those worth a place on the page."""
    shared = list(list_month_columns(sides.first))
    for scenario in sides.scenarios[1:]:
        other = list_month_columns(scenario)
        shared = [column for column in shared if column in other]
    return [column for column in shared if column.core]
