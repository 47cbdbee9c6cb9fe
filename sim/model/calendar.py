"""Which date a month of the simulation stands for."""

from __future__ import annotations

from datetime import date


def month_of(day: date, start: date) -> int:
    """Return the month in which `day` falls; month 1 begins on `start`."""
    whole = 12 * (day.year - start.year) + day.month - start.month
    return whole + (1 if day >= first_day(whole + 1, start) else 0)


def first_day(month: int, start: date) -> date:
    """Return the day on which a month begins, in a short month its last at the latest."""
    years, months = divmod(start.month - 2 + month, 12)
    year, at = start.year + years, months + 1
    lengths = (31, 29 if _is_leap_year(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return date(year, at, min(start.day, lengths[at - 1]))


def _is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
