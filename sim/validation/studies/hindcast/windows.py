"""The months of the model over which a question runs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sim.model.calendar import first_day, month_of

DAYS_PER_MONTH = 30.44


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
    def months(self) -> int:
        """How many months of the model there are."""
        return max(self.last - self.first + 1, 0)


def window(begins: date, ends: date, start: date) -> Window:
    """Return the months that a question covers, from one day to another, both counted in.

    A month belongs to it when at least half of its days do. What lies before the scenario opens is
    not lived and not read.
    """
    first = max(month_of(begins, start), 1) if begins >= start else 1
    if 2 * _days_within(first, begins, ends, start) < _days(first, start):
        first += 1
    last = month_of(ends, start)
    if 2 * _days_within(last, begins, ends, start) < _days(last, start):
        last -= 1
    return Window(first, last, ((ends - begins).days + 1) / DAYS_PER_MONTH)


def _days(month: int, start: date) -> int:
    return (first_day(month + 1, start) - first_day(month, start)).days


def _days_within(month: int, begins: date, ends: date, start: date) -> int:
    first = max(first_day(month, start), begins)
    last = min(first_day(month + 1, start) - timedelta(days=1), ends)
    return (last - first).days + 1
