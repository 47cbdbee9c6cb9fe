"""The figure of a quantity that is zero in most worlds: the share with any, and how much then.

A median would stand on zero and hide that the quantity occurs at all.
"""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import numpy as np

from sim.report.figures.distributions import MonthSpreads
from sim.report.figures.figure import Figure, FigureRow, layer_charts, read_number
from sim.report.figures.month_columns import MonthColumn
from sim.report.figures.months.dates import format_calendar_month
from sim.report.figures.months.event_marks import draw_event_marks
from sim.report.figures.months.fan_layers import HEIGHT, build_base, build_value_scale
from sim.report.figures.theme import DARK_BLUE, PALE_BLUE, ChartSpec
from sim.report.run_view import Run
from sim.report.words import capitalise_first, format_percent, format_roughly
from sim.statistics.intervals import wilson_interval

_NOTE = "Line: share of worlds with any in the month. Band: 95% interval."


def is_mostly_zero(spreads: MonthSpreads) -> bool:
    """Whether the median is zero in most months, and something in some world."""
    zero = [month.quantiles([0.5]) == [0.0] for month in spreads.months]
    return bool(zero) and bool(np.mean(zero) > 0.5) and bool(spreads.levels[-1])


def build_share_figure(run: Run, column: MonthColumn, spreads: MonthSpreads) -> Figure:
    """Return the figure of a column that is zero in most worlds."""
    table = list(_build_rows(run, spreads))
    peak = max(table, key=lambda row: read_number(row, "share"))
    when = format_calendar_month(run, int(read_number(peak, "month")))
    share, size = format_percent(peak["share"]), format_roughly(read_number(peak, "median_of_any"))
    return Figure(
        name=f"fan-{column.name}",
        title=(
            f"{capitalise_first(column.label)}: any in at most {share} of worlds at a time, in "
            f"{when}"
        ),
        finding=(
            f"Where there are any in {when}, half of the worlds have {size} or more "
            f"({column.unit}). Over all months {format_percent(spreads.ever / run.worlds)} of "
            "worlds have some."
        ),
        note=f"{_NOTE} {run.worlds:,} worlds, seed {run.scenario.seed}.",
        chart=_build_chart(run, table),
        table=table,
    )


def _build_rows(run: Run, spreads: MonthSpreads) -> Iterator[FigureRow]:
    for month in spreads.months:
        some = month.only(month.values != 0)
        share = wilson_interval(some.count, month.count)
        yield {
            "run": run.name,
            "month": month.month,
            "worlds": month.count,
            "share": share.value,
            "low": share.low,
            "high": share.high,
            "median_of_any": some.quantiles([0.5])[0] if some.count else 0.0,
        }


def _build_chart(run: Run, table: list[FigureRow]) -> ChartSpec:
    base = build_base(table, run)
    domain = (0.0, 1.08 * max(read_number(row, "high") for row in table))
    scale = build_value_scale("low", domain)
    percent = alt.Axis(title=None, format="~%", tickCount=5)
    band = base.mark_area(color=PALE_BLUE).encode(y=scale.axis(percent), y2="high:Q")
    line = base.mark_line(color=DARK_BLUE, strokeWidth=2.5).encode(
        y=build_value_scale("share", domain).axis(percent)
    )
    return layer_charts([band, line, *draw_event_marks(run)], HEIGHT)
