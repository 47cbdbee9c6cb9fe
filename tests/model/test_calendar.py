"""Months begin on the day of the month on which the scenario opens, or on a short month's last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.calendar import first_day, month_of

starts = st.dates(date(1950, 1, 1), date(2100, 12, 31))
months = st.integers(-600, 600)


@given(months, starts)
def test_the_first_day_of_a_month_is_in_that_month(month: int, start: date) -> None:
    assert month_of(first_day(month, start), start) == month


@given(months, starts)
def test_the_day_before_is_in_the_month_before(month: int, start: date) -> None:
    assert month_of(first_day(month, start) - timedelta(days=1), start) == month - 1


@given(months, starts)
def test_a_month_has_28_to_31_days(month: int, start: date) -> None:
    days = first_day(month + 1, start) - first_day(month, start)
    assert timedelta(days=28) <= days <= timedelta(days=31)


@given(starts)
def test_month_1_begins_on_the_day_the_scenario_opens(start: date) -> None:
    assert first_day(1, start) == start
    assert month_of(start, start) == 1


@pytest.mark.parametrize(
    ("day", "start", "month"),
    [
        (date(2024, 6, 18), date(2024, 6, 19), 0),
        (date(2024, 7, 18), date(2024, 6, 19), 1),
        (date(2024, 7, 19), date(2024, 6, 19), 2),
        (date(2024, 2, 28), date(2024, 1, 31), 1),
        (date(2024, 2, 29), date(2024, 1, 31), 2),  # a leap year's last of February
        (date(2023, 2, 28), date(2023, 1, 31), 2),
        (date(2024, 3, 30), date(2024, 1, 31), 2),
        (date(2024, 4, 30), date(2024, 1, 31), 4),
        (date(2025, 2, 28), date(2024, 2, 29), 13),
        (date(1900, 2, 28), date(1900, 1, 30), 2),  # no leap year
        (date(2000, 2, 28), date(2000, 1, 29), 1),  # a leap year
        (date(1994, 12, 5), date(2024, 6, 19), -354),
    ],
)
def test_a_day_falls_in_its_month(day: date, start: date, month: int) -> None:
    assert month_of(day, start) == month
