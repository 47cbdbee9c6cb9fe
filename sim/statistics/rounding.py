"""Rounds an estimate and its interval to the digits that the interval supports."""

from __future__ import annotations

from math import ceil, log10
from typing import NamedTuple


class RoundedInterval(NamedTuple):
    """An estimate and the ends of its interval, as text."""

    value: str
    low: str
    high: str


def round_interval(value: float, low: float, high: float) -> RoundedInterval:
    """Return an estimate and its interval with no more digits than half the interval's width.

    Six digits where the interval has no width.
    """
    decimals = _choose_decimals(high - low)
    return RoundedInterval(*(_format_rounded(number, decimals) for number in (value, low, high)))


def format_exact(value: float) -> str:
    """Return a number with six digits."""
    return f"{value:,.6g}"


def _choose_decimals(width: float) -> int | None:
    """Return the decimals to show for an interval of this width; None if the width is zero."""
    return max(0, ceil(-log10(width / 2))) if width > 0 else None


def _format_rounded(value: float, decimals: int | None) -> str:
    if decimals is None:
        return format_exact(value)
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"  # adding zero turns -0 into 0
