"""How far two sets of worlds differ, and how surely: as pairs where they are, else as strangers.

Differences are always the first argument minus the second. All intervals are of 95 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan, sqrt
from statistics import NormalDist
from typing import Any
from warnings import catch_warnings

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from sim.statistics.arrays import Mask
from sim.statistics.intervals import CONFIDENCE, Interval, student_interval, wilson_interval

_UPPER_QUANTILE = (1 + CONFIDENCE) / 2
_Z = NormalDist().inv_cdf(_UPPER_QUANTILE)
_ROUNDING_TOLERANCE = 1e-12
"""Shares of a number's size that sums in another order may part by."""


@dataclass(frozen=True)
class FourWay:
    """In how many pairs of worlds something happened in which of the two.

    Attributes:
        both: in both.
        provoked: only in the world with what is asked about.
        deterred: only in the world without.
        neither: in neither.
    """

    both: int
    provoked: int
    deterred: int
    neither: int

    @property
    def pairs(self) -> int:
        """All of them."""
        return self.both + self.provoked + self.deterred + self.neither

    def share(self, kind: str) -> Interval:
        """Return the share of pairs of one kind, with Wilson's interval."""
        return wilson_interval(getattr(self, kind), self.pairs)


def count_four_way(with_: Mask, without: Mask) -> FourWay:
    """Count pairs of worlds; the same place in both arrays is a pair, shape (pair,)."""
    return FourWay(
        both=int((with_ & without).sum()),
        provoked=int((with_ & ~without).sum()),
        deterred=int((~with_ & without).sum()),
        neither=int((~with_ & ~without).sum()),
    )


def paired_share_difference(counts: FourWay) -> Interval:
    """Return the difference of two shares counted over the same pairs, with Tango's interval.

    Tango (1998, Statistics in Medicine 17:891): every difference that the score test does not
    reject. At no difference that test is McNemar's, so the interval leaves zero out just when
    McNemar's test speaks. Only pairs in which the two part count for or against; and it says
    something useful where none of them do.
    """
    share = (counts.provoked - counts.deterred) / counts.pairs
    low = _solve_limit(counts, -1.0, share, _Z)
    high = _solve_limit(counts, share, 1.0, -_Z)
    return Interval(share, low, high)


def paired_mean_difference(with_: NDArray[Any], without: NDArray[Any]) -> Interval:
    """Return the mean difference within pairs, with Student's t interval."""
    return student_interval(with_.astype(np.float64) - without.astype(np.float64))


def unpaired_share_difference(with_: Interval, without: Interval) -> Interval:
    """Return the difference of two shares of different worlds, each with its Wilson interval.

    Newcombe (1998, Statistics in Medicine 17:873), method 10: the distances to the ends of both
    intervals, added as squares.
    """
    share = with_.value - without.value
    below = sqrt((with_.value - with_.low) ** 2 + (without.high - without.value) ** 2)
    above = sqrt((with_.high - with_.value) ** 2 + (without.value - without.low) ** 2)
    return Interval(share, max(share - below, -1.0), min(share + above, 1.0))


def unpaired_mean_difference(with_: NDArray[Any], without: NDArray[Any]) -> Interval:
    """Return the difference of two means of different worlds, with Welch's t interval.

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
    """Return how many times fewer worlds pairs need for an interval as narrow as strangers give.

    The variance of a difference between strangers is the sum of both variances; between pairs it
    is the variance of what differs. Infinite where all pairs differ alike; not a number where
    nothing varies at all.
    """
    one, other = with_.astype(np.float64), without.astype(np.float64)
    if len(one) < 2:
        return nan
    apart, paired = float(one.var() + other.var()), float((one - other).var())
    if paired <= _ROUNDING_TOLERANCE**2 * apart:
        return float("inf") if apart else nan
    return apart / paired


def all_pairs_equal(with_: NDArray[Any], without: NDArray[Any]) -> bool:
    """Return whether all pairs are the same, rounding apart."""
    if with_.dtype == bool:
        return bool(np.array_equal(with_, without))
    most = float(np.abs(with_).max(initial=0))
    return bool(np.allclose(with_, without, rtol=0, atol=_ROUNDING_TOLERANCE * most))


def _welch_limits(with_: NDArray[Any], without: NDArray[Any]) -> tuple[float, float]:
    """Return the ends of Welch's interval; amounts that hardly vary need no warning."""
    from scipy.stats import ttest_ind  # noqa: PLC0415  scipy.stats takes a while to load

    samples = with_.astype(np.float64), without.astype(np.float64)
    with catch_warnings(action="ignore", category=RuntimeWarning):
        interval = ttest_ind(*samples, equal_var=False).confidence_interval(CONFIDENCE)
    return float(interval.low), float(interval.high)


def _solve_limit(counts: FourWay, low: float, high: float, score: float) -> float:
    """Return the difference between `low` and `high` at which the score is `score`."""
    if _score_statistic(counts, low) - score <= 0:
        return low
    if _score_statistic(counts, high) - score >= 0:
        return high
    return float(
        brentq(lambda share: _score_statistic(counts, share) - score, low, high, xtol=1e-12)
    )


def _score_statistic(counts: FourWay, share: float) -> float:
    """Return how many standard errors what was counted lies above a difference of `share`."""
    pairs, more, fewer = counts.pairs, counts.provoked, counts.deterred
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
