"""Months as dates, for the axis of a chart over time."""

from __future__ import annotations

import altair as alt

from sim.model.calendar import first_day
from sim.report.run_view import Run

_NEAREST = 4
"""Months by which a year must follow the first day to have a label of its own."""


def format_calendar_month(run: Run, month: int) -> str:
    """Return the calendar month in which a month of a run ends, as "Jun 2025"."""
    return f"{first_day(month + 1, run.scenario.start):%b %Y}"


def build_month_axis(run: Run) -> alt.Axis:
    """Return an axis of months with the first day, as "Jun 2024", and each January, as "2025"."""
    days = [first_day(month + 1, run.scenario.start) for month in range(run.months + 1)]
    labels = {0: f"{days[0]:%b %Y}"} | {
        month: str(day.year)
        for month, day in enumerate(days)
        if day.month == 1 and month >= _NEAREST
    }
    if len(labels) == 1:
        labels[run.months] = f"{days[-1]:%b %Y}"
    return alt.Axis(
        title=None,
        values=list(labels),
        labelExpr=f"{_by_text(labels)}[datum.value]",
        labelOverlap="greedy",
        labelSeparation=10,
        labelFlush=False,
        grid=False,
    )


def _by_text(labels: dict[int, str]) -> dict[str, str]:
    """Return labels by the text of their month, as the expressions of Vega look them up."""
    return {str(month): label for month, label in labels.items()}
