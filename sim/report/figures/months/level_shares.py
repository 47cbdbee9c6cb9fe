"""The figure of a level that worlds reach one after another: the share at each level or higher.

Quantiles of a few levels are steps that hide how many worlds stand on each.
"""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import numpy as np

from sim.report.figures.distributions import MonthSpreads, Spread
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


def has_few_levels(spreads: MonthSpreads) -> bool:
    """Whether there are only a few levels, and ever more worlds reach each of them."""
    levels = spreads.levels[1:]
    if not 1 <= levels.size <= _MAX_LEVELS:
        return False
    reached = np.array([[_count_at_least(month, level) for level in levels]
                        for month in spreads.months])  # fmt: skip
    return not bool((np.diff(reached, axis=0) < 0).any())


def _count_at_least(month: Spread, level: float) -> int:
    return month.only(month.values >= level).count


def build_level_figure(run: Run, column: MonthColumn, spreads: MonthSpreads) -> Figure:
    """Return the figure of a column that climbs over a few levels."""
    table = list(_build_rows(run, spreads))
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


def _build_rows(run: Run, spreads: MonthSpreads) -> Iterator[FigureRow]:
    for level in spreads.levels[1:].tolist():
        for month in spreads.months:
            share = wilson_interval(_count_at_least(month, level), month.count)
            yield {
                "run": run.name,
                "level": level,
                "month": month.month,
                "worlds": month.count,
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
