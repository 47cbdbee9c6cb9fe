"""The months that a condition names, by their numbers or by dates."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from sim.errors import RequestError
from sim.model.calendar import first_day, month_of

_MONTH_NUMBER = re.compile(r"\d{1,3}")
_NUMBERS = re.compile(r"(\d{1,3})-(\d{1,3})")
_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


class Span(NamedTuple):
    """Months of the model, from 1, both ends included."""

    first: int
    last: int


class Period(NamedTuple):
    """The scenario's months: the day on which month 1 begins, and how many there are."""

    start: date
    months: int


def month_reached_by(day: date, start: date) -> int:
    """Return the last month of which at least half the days lie no later than `day`."""
    month = month_of(day, start)
    begin, end = first_day(month, start), first_day(month + 1, start)
    return month if 2 * ((day - begin).days + 1) >= (end - begin).days else month - 1


def parse_until(text: str, period: Period) -> Span:
    """Return the months up to and including one, named as `6`, `2024-12` or `2024-12-04`.

    Raises:
        RequestError: it is not a month, or is not simulated.
    """
    if _MONTH_NUMBER.fullmatch(text):
        return _checked(Span(1, int(text)), text, period)
    days = _parse_days(text, period)
    return _checked(Span(1, month_reached_by(days[1], period.start)), text, period)


def parse_within(text: str, period: Period) -> Span:
    """Return the months named as `3`, `3-6`, `2024-10`, `2024-10-23` or `2024-10..2025-01`.

    Of a period of several days, a month belongs to it when at least half of its days do, as in the
    hindcast; a day stands for the month in which it lies.

    Raises:
        RequestError: they are not months, or are not simulated.
    """
    if numbers := _NUMBERS.fullmatch(text):
        return _checked(Span(int(numbers[1]), int(numbers[2])), text, period)
    first, _, last = text.partition("..")
    if _MONTH_NUMBER.fullmatch(first) and _MONTH_NUMBER.fullmatch(last or first):
        return _checked(Span(int(first), int(last or first)), text, period)
    begin, end = _parse_days(first, period)[0], _parse_days(last or first, period)[1]
    if end < begin:
        raise RequestError(_explain(f"{text} ends before it begins", period))
    return _checked(_months_between(begin, end, period.start), text, period)


def _months_between(begin: date, end: date, start: date) -> Span:
    """Return the months of which at least half the days lie between two days."""
    first = month_of(begin, start)
    days_before = (begin - first_day(first, start)).days
    length = (first_day(first + 1, start) - first_day(first, start)).days
    span = Span(first + (2 * days_before > length), month_reached_by(end, start))
    return span if span.first <= span.last else Span(first, first)


def _parse_days(text: str, period: Period) -> tuple[date, date]:
    """Return the first and the last day of a date, which is a month or a day."""
    if parts := _DATE.fullmatch(text):
        year, month, day = int(parts[1]), int(parts[2]), int(parts[3] or 0)
        try:
            last = day or monthrange(year, month)[1]
            return date(year, month, day or 1), date(year, month, last)
        except ValueError:
            pass
    raise RequestError(_explain(f"{text!r} is neither a month nor a date", period))


def _checked(span: Span, text: str, period: Period) -> Span:
    if 1 <= span.first <= span.last <= period.months:
        return span
    wrong = "ends before it begins" if 1 <= span.last < span.first else "is not simulated"
    raise RequestError(_explain(f"{text} {wrong}", period))


def _explain(reason: str, period: Period) -> str:
    end = first_day(period.months + 1, period.start) - timedelta(days=1)
    return (
        f"{reason}\n    allowed: months 1 to {period.months}, or dates from {period.start} to {end}"
    )
