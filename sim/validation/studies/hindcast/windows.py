"""The months of the model that a question covers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sim.model.calendar import DAYS_PER_MONTH, first_day, month_of


class Window(NamedTuple):
    """Months of the model, both ends included; empty where the last precedes the first.

    Attributes:
        first: first month; month 1 begins on the scenario's first day.
        last: last month.
        length: calendar months from the first to the last day of the question.
    """

    first: int
    last: int
    length: float

    @property
    def month_count(self) -> int:
        """The number of months of the model."""
        return max(self.last - self.first + 1, 0)


def find_window(start_date: date, end_date: date, scenario_start: date) -> Window:
    """Return the months that a question covers, from one day to another, both included.

    A month belongs to it when at least half of its days do. Days before the scenario opens are not
    simulated and not counted.
    """
    first = max(month_of(start_date, scenario_start), 1) if start_date >= scenario_start else 1
    if 2 * _days_in_period(first, start_date, end_date, scenario_start) < _days_in_month(
        first, scenario_start
    ):
        first += 1
    last = month_of(end_date, scenario_start)
    if 2 * _days_in_period(last, start_date, end_date, scenario_start) < _days_in_month(
        last, scenario_start
    ):
        last -= 1
    return Window(first, last, ((end_date - start_date).days + 1) / DAYS_PER_MONTH)


def _days_in_month(month: int, scenario_start: date) -> int:
    return (first_day(month + 1, scenario_start) - first_day(month, scenario_start)).days


def _days_in_period(month: int, start_date: date, end_date: date, scenario_start: date) -> int:
    first = max(first_day(month, scenario_start), start_date)
    last = min(first_day(month + 1, scenario_start) - timedelta(days=1), end_date)
    return (last - first).days + 1
