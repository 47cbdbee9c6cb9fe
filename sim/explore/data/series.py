"""The state of each world month by month: the columns that are drawn as fans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.explore.data.arrays import MONTHS, SIDES, pack_numbers
from sim.explore.sides import Sides
from sim.output import format_figure
from sim.report.figures.month_columns import MonthColumn, list_month_columns
from sim.report.words import capitalise_first
from sim.statistics.arrays import FloatArray

_MOST = 10
"""Series on a page; each takes a byte for each world and month."""


def list_series(sides: Sides) -> Iterator[dict[str, Any]]:
    """Yield the entries of the columns worth drawing that differ between worlds."""
    for column in _choose_columns(sides)[:_MOST]:
        values = sides.month_column(column.name)
        defined = values[np.isfinite(values)]
        if len(defined) and np.ptp(defined):
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

    Of what most worlds have none of, it is the share of worlds that have any at the end.

    Args:
        column: the column.
        values: its numbers, (world, month).
    """
    name = capitalise_first(column.label)
    first, last = (_middle(values[:, month]) for month in (0, -1))
    if first == last == "0":
        return f"{name}: any in {(values[:, -1] > 0).mean():.0%} of worlds at the end"
    if first == last:
        return f"{name}: the median stays at {last}"
    return f"{name}: the median goes from {first} to {last}"


def _middle(values: FloatArray) -> str:
    """Return the median over the worlds that have a number, in two digits."""
    defined = values[np.isfinite(values)]
    return format_figure(float(np.median(defined)) if len(defined) else np.nan, ".2g")


def _choose_columns(sides: Sides) -> list[MonthColumn]:
    """Return the columns that all sides have, those worth a place on the page."""
    shared = list(list_month_columns(sides.first))
    for scenario in sides.scenarios[1:]:
        other = list_month_columns(scenario)
        shared = [column for column in shared if column in other]
    return [column for column in shared if column.core]
