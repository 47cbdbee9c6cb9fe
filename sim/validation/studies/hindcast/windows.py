"""The months of the model over which a question runs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sim.model.calendar import first_day, month_of

_DAYS_PER_MONTH = 30.44


class Window(NamedTuple):
    """Months of the model, first and last counted in; empty where the last comes before the first.

    Attributes:
        first, last: months, 1 being that which begins on the scenario's first day.
        length: months from the first to the last day of the question, on the calendar.
    """

    first: int
    last: int
    length: float

    @property
    def month_count(self) -> int:
        """How many months of the model there are."""
        return max(self.last - self.first + 1, 0)


def find_window(start_date: date, end_date: date, scenario_start: date) -> Window:
    """Return the months that a question covers, from one day to another, both counted in.

    A month belongs to it when at least half of its days do. What lies before the scenario opens is
    not lived and not read.
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
    return Window(first, last, ((end_date - start_date).days + 1) / _DAYS_PER_MONTH)


def _days_in_month(month: int, scenario_start: date) -> int:
    return (first_day(month + 1, scenario_start) - first_day(month, scenario_start)).days


def _days_in_period(month: int, start_date: date, end_date: date, scenario_start: date) -> int:
    first = max(first_day(month, scenario_start), start_date)
    last = min(first_day(month + 1, scenario_start) - timedelta(days=1), end_date)
    return (last - first).days + 1
