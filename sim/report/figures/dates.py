"""Months as dates, for the axis of a chart over time."""

from __future__ import annotations

from math import ceil

import altair as alt

from sim.model.calendar import first_day
from sim.report.run_view import Run

_TICKS = 4


def format_calendar_month(run: Run, month: int) -> str:
    """Return the calendar month in which a month of a run ends, as "Jun 2025"."""
    return f"{first_day(month + 1, run.scenario.start):%b %Y}"


def build_month_axis(run: Run) -> alt.Axis:
    """Return an axis of months that shows the calendar month in which each ends."""
    step = ceil(run.months / _TICKS)
    names = [format_calendar_month(run, month) for month in range(run.months + 1)]
    return alt.Axis(
        title=None,
        values=list(range(step, run.months + 1, step)),
        labelExpr=f"{names}[datum.value]",
        grid=False,
    )
