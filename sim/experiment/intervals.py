"""How far a figure counted over so many worlds can be trusted: 95 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, isfinite, nan, sqrt
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95
_UPPER = (1 + CONFIDENCE) / 2
_Z = NormalDist().inv_cdf(_UPPER)


class Interval(NamedTuple):
    """An estimate and the interval around it."""

    value: float
    low: float
    high: float


def wilson(happened: int, worlds: int) -> Interval:
    """Return the share of worlds in which something happened, with Wilson's score interval.

    Wilson (1927, JASA 22:209), in closed form. It stays within 0 and 1 and says something useful
    when a thing never happened, which is where the textbook interval collapses to nothing.
    """
    share = happened / worlds
    spread = _Z**2 / worlds
    centre = (share + spread / 2) / (1 + spread)
    half = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    return Interval(share, min(max(centre - half, 0.0), share), max(min(centre + half, 1.0), share))


def student(amounts: Sequence[float]) -> Interval:
    """Return the mean of an amount over worlds, with Student's t interval.

    Worlds are independent and mostly many, so that their mean is close to normal whatever the
    amounts look like; t adds what few worlds leave unknown about the spread. A bootstrap would
    need luck of its own and a thousand passes to say the same. Sums are exact (`fsum`), so the
    order of the worlds does not matter. One world alone has no interval, and an amount that is
    not finite in some world has no mean.
    """
    worlds = len(amounts)
    if not all(map(isfinite, amounts)):
        return Interval(nan, nan, nan)
    mean = fsum(amounts) / worlds
    if worlds == 1:
        return Interval(mean, nan, nan)
    variance = fsum((amount - mean) ** 2 for amount in amounts) / (worlds - 1)
    half = _t(worlds - 1) * sqrt(variance / worlds)
    return Interval(mean, mean - half, mean + half)


def _t(freedom: int) -> float:
    """Return the upper quantile of Student's t."""
    from scipy.special import stdtrit  # noqa: PLC0415  scipy takes a while to load

    return float(stdtrit(freedom, _UPPER))
