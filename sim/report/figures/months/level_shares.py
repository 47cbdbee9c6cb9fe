"""The figure of a level that worlds reach one after another: the share at each level or higher.

Quantiles of a few levels are steps that hide how many worlds stand on each.
"""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import numpy as np
from numpy.typing import NDArray

from sim.report.figures.figure import Figure, FigureRow, layer_charts, read_number
from sim.report.figures.month_columns import MonthColumn
from sim.report.figures.months.dates import format_calendar_month
from sim.report.figures.months.event_marks import draw_event_marks
from sim.report.figures.months.fan_layers import HEIGHT, build_base, build_value_scale, draw_labels
from sim.report.figures.theme import DARK_BLUE, MIDDLE_BLUE, PALE_BLUE, ChartSpec
from sim.report.run_view import Run
from sim.report.words import capitalise_first, format_percent, join_names
from sim.statistics.intervals import wilson_interval

_MAX_LEVELS = 4
"""Levels that their shade distinguishes."""
_SHADES = (PALE_BLUE, MIDDLE_BLUE, "#3C86B4", DARK_BLUE)
_DOMAIN = (0.0, 1.0)


def has_few_levels(values: NDArray[np.float64]) -> bool:
    """Whether (world, month) has only a few levels, and no world ever falls back."""
    levels = np.unique(values[np.isfinite(values)])
    return 1 < levels.size <= _MAX_LEVELS + 1 and not bool((np.diff(values, axis=1) < 0).any())


def build_level_figure(run: Run, column: MonthColumn, values: NDArray[np.float64]) -> Figure:
    """Return the figure of a column, (world, month), that climbs over a few levels."""
    levels = np.unique(values[np.isfinite(values)])[1:]
    table = list(_build_rows(run, values, levels))
    ends = [row for row in table if row["month"] == run.months]
    shares = join_names([f"{row['level']:g} in {format_percent(row['share'])}" for row in ends])
    when = format_calendar_month(run, run.months)
    return Figure(
        name=f"fan-{column.name}",
        title=f"{capitalise_first(column.label)}: by {when}, at least {shares} of worlds",
        finding=f"Share of worlds that have reached each level ({column.unit}).",
        note=f"Steps: one month. {run.worlds:,} worlds, seed {run.scenario.seed}.",
        chart=_build_chart(run, table),
        table=table,
    )


def _build_rows(
    run: Run, values: NDArray[np.float64], levels: NDArray[np.float64]
) -> Iterator[FigureRow]:
    for level in levels.tolist():
        for month, column in enumerate(values.T, start=1):
            share = wilson_interval(int((column >= level).sum()), column.size)
            yield {
                "run": run.name,
                "level": level,
                "month": month,
                "worlds": column.size,
                "share": share.value,
                "low": share.low,
                "high": share.high,
            }


def _build_chart(run: Run, table: list[FigureRow]) -> ChartSpec:
    levels = list(dict.fromkeys(read_number(row, "level") for row in table))
    shades = alt.Color("level:O", legend=None).scale(
        domain=levels, range=list(_SHADES[-len(levels) :])
    )
    percent = alt.Axis(title=None, format="~%", tickCount=5)
    share = build_value_scale("share", _DOMAIN).axis(percent).stack(False)
    areas = build_base(table, run).mark_area(interpolate="step-after").encode(
        y=share, color=shades
    )  # fmt: skip
    last = {
        f"{row['level']:g} or higher" if row["level"] != levels[-1] else f"{row['level']:g}":
            read_number(row, "share")
        for row in table if row["month"] == run.months
    }  # fmt: skip
    labels = draw_labels(last, run.months, run, _DOMAIN)
    return layer_charts([areas, labels, *draw_event_marks(run)], HEIGHT)
