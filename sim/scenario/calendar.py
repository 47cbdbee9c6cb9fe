"""Months of the simulation and their dates."""

from __future__ import annotations

from datetime import date

DAYS_PER_MONTH = 30.44
"""Mean length of a month."""


def month_of(day: date, start: date) -> int:
    """Return the month in which `day` falls; month 1 begins on `start`."""
    elapsed = 12 * (day.year - start.year) + day.month - start.month
    return elapsed + (1 if day >= first_day(elapsed + 1, start) else 0)


def first_day(month: int, start: date) -> date:
    """Return the day on which a month begins: day of `start`, or the last of a shorter month."""
    years, months = divmod(start.month - 2 + month, 12)
    year, calendar_month = start.year + years, months + 1
    lengths = (31, 29 if _is_leap_year(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return date(year, calendar_month, min(start.day, lengths[calendar_month - 1]))


def _is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
