"""Differences between two sets of worlds, paired or independent, with 95% intervals.

Differences are always the first argument minus the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan, sqrt
from statistics import NormalDist
from typing import Any
from warnings import catch_warnings

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import Mask
from sim.statistics.intervals import CONFIDENCE, Interval, student_interval, wilson_interval
from sim.statistics.special import find_root

_UPPER_QUANTILE = (1 + CONFIDENCE) / 2
_Z = NormalDist().inv_cdf(_UPPER_QUANTILE)
_ROUNDING_TOLERANCE = 1e-12
"""Relative difference of sums in another order that counts as none."""


@dataclass(frozen=True)
class FourWay:
    """The number of pairs of worlds by where an event happened.

    Attributes:
        both: pairs with the event in both worlds.
        added: pairs with the event only in the first world: added by the treaty.
        averted: pairs with the event only in the second world: averted by the treaty.
        neither: pairs with the event in neither world.
    """

    both: int
    added: int
    averted: int
    neither: int

    @property
    def pairs(self) -> int:
        """The number of all pairs."""
        return self.both + self.added + self.averted + self.neither

    def share(self, kind: str) -> Interval:
        """Return the share of pairs of one kind, with Wilson's interval."""
        return wilson_interval(getattr(self, kind), self.pairs)


def count_four_way(with_: Mask, without: Mask) -> FourWay:
    """Count pairs of worlds; equal indices in both arrays are a pair, (pair,)."""
    return FourWay(
        both=int((with_ & without).sum()),
        added=int((with_ & ~without).sum()),
        averted=int((~with_ & without).sum()),
        neither=int((~with_ & ~without).sum()),
    )


def paired_share_difference(counts: FourWay) -> Interval:
    """Return the difference of two shares counted over the same pairs, with Tango's interval.

    Tango (1998, Statistics in Medicine 17:891): all differences that the score test does not
    reject. At a difference of zero that is McNemar's test, so the interval excludes zero exactly
    when McNemar's test rejects. Only discordant pairs count, and the interval is informative even
    without any.
    """
    share = (counts.added - counts.averted) / counts.pairs
    low = _solve_limit(counts, -1.0, share, _Z)
    high = _solve_limit(counts, share, 1.0, -_Z)
    return Interval(share, low, high)


def paired_mean_difference(with_: NDArray[Any], without: NDArray[Any]) -> Interval:
    """Return the mean difference within pairs, with Student's t interval."""
    return student_interval(with_.astype(np.float64) - without.astype(np.float64))


def unpaired_share_difference(with_: Interval, without: Interval) -> Interval:
    """Return the difference of two shares of independent worlds, from their Wilson intervals.

    Newcombe (1998, Statistics in Medicine 17:873), method 10: the distances to the ends of both
    intervals, added as squares.
    """
    share = with_.value - without.value
    below = sqrt((with_.value - with_.low) ** 2 + (without.high - without.value) ** 2)
    above = sqrt((with_.high - with_.value) ** 2 + (without.value - without.low) ** 2)
    return Interval(share, max(share - below, -1.0), min(share + above, 1.0))


def unpaired_mean_difference(with_: NDArray[Any], without: NDArray[Any]) -> Interval:
    """Return the difference of two means of independent worlds, with Welch's t interval.

    Welch (1947, Biometrika 34:28).
    """
    difference = float(with_.mean() - without.mean())
    if not isfinite(difference):
        return Interval(nan, nan, nan)
    if min(len(with_), len(without)) < 2:
        return Interval(difference, nan, nan)
    if np.ptp(with_) == np.ptp(without) == 0:
        return Interval(difference, difference, difference)
    return Interval(difference, *_welch_limits(with_, without))


def pairing_efficiency(with_: NDArray[Any], without: NDArray[Any]) -> float:
    """Return how many times fewer worlds paired runs need for an interval of the same width.

    The variance of a difference of independent worlds is the sum of both variances; of pairs it is
    the variance of the differences. Infinite where all pairs differ by the same amount; nan where
    nothing varies at all.
    """
    first, second = with_.astype(np.float64), without.astype(np.float64)
    if len(first) < 2:
        return nan
    independent, paired = float(first.var() + second.var()), float((first - second).var())
    if paired <= _ROUNDING_TOLERANCE**2 * independent:
        return float("inf") if independent else nan
    return independent / paired


def all_pairs_equal(with_: NDArray[Any], without: NDArray[Any]) -> bool:
    """Return whether all pairs are equal, except for rounding."""
    if with_.dtype == bool:
        return bool(np.array_equal(with_, without))
    largest = float(np.abs(with_).max(initial=0))
    return bool(np.allclose(with_, without, rtol=0, atol=_ROUNDING_TOLERANCE * largest))


def _welch_limits(with_: NDArray[Any], without: NDArray[Any]) -> tuple[float, float]:
    """Return the ends of Welch's interval; amounts that hardly vary need no warning."""
    from scipy.stats import ttest_ind  # noqa: PLC0415  scipy.stats takes a while to load

    samples = with_.astype(np.float64), without.astype(np.float64)
    with catch_warnings(action="ignore", category=RuntimeWarning):
        interval = ttest_ind(*samples, equal_var=False).confidence_interval(CONFIDENCE)
    return float(interval.low), float(interval.high)


def _solve_limit(counts: FourWay, low: float, high: float, score: float) -> float:
    """Return the difference between `low` and `high` that has this score."""
    if _score_statistic(counts, low) - score <= 0:
        return low
    if _score_statistic(counts, high) - score >= 0:
        return high
    return find_root(lambda share: _score_statistic(counts, share) - score, low, high, xtol=1e-12)


def _score_statistic(counts: FourWay, share: float) -> float:
    """Return the standard errors by which the counts exceed a difference of `share`."""
    pairs, more, fewer = counts.pairs, counts.added, counts.averted
    square = 2 * pairs
    linear = (2 * pairs - more + fewer) * share - more - fewer
    constant = -fewer * share * (1 - share)
    root = sqrt(max(linear**2 - 4 * square * constant, 0.0))
    rare = (root - linear) / (2 * square)
    variance = pairs * (2 * rare + share * (1 - share))
    distance = more - fewer - pairs * share
    if variance <= 0:
        return 0.0 if distance == 0 else float("inf") * distance
    return distance / sqrt(variance)
