"""Measures that are defined in some worlds only: shares and means as ratios of two means.

Where x is the measure and c says whether it is defined, the estimate over worlds is the ratio
R = mean(c x) / mean(c). Over pairs of worlds the denominators of two scenarios differ, because the
treaty changes whether the measure is defined. The difference is that of two ratios, each over its
own worlds. Its variance comes from linearised values, one for each pair (Deville 1999, Survey
Methodology 25:193), so that it allows for whatever the two scenarios share.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf, isfinite, nan, sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import FloatArray, Mask, Vector
from sim.statistics.intervals import CONFIDENCE, ERROR_RATE, Interval
from sim.statistics.special import t_quantile, t_tail

MIN_CASES = 20
"""The number of worlds in which a measure is defined that a test among many measures needs."""
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
_RULE_OF_THREE = -np.log(1 - CONFIDENCE)
"""Cases that may be expected, at most, where none was seen (Hanley and Lippman-Hand 1983)."""
_DISCORDANT = (np.array([1.0, 0.0]), np.array([0.0, 1.0]))
"""One pair of each discordant kind, (pair,), by side."""


class PartlyDefined(NamedTuple):
    """A measure over worlds, (world,), and where it is defined, (world,)."""

    values: NDArray[Any]
    defined: Mask

    @property
    def cases(self) -> int:
        """The number of worlds in which it is defined."""
        return int(self.defined.sum())


@dataclass(frozen=True)
class RatioDifference:
    """The difference of two ratios over the same pairs of worlds.

    Attributes:
        value: the first ratio minus the second; NaN where either is not defined.
        centre: the centre of the interval.
        error: the standard error.
        degrees: degrees of freedom of Student's t; infinite for the normal distribution.
        bound: the largest difference possible: 1 for shares.
    """

    value: float
    centre: float
    error: float
    degrees: float
    bound: float = inf

    def interval(self, error_rate: float = ERROR_RATE) -> Interval:
        """Return the difference with its interval, which holds the value and stays in bounds."""
        if not isfinite(self.value) or not self.degrees > 0:
            return Interval(self.value, nan, nan)
        half = t_quantile(self.degrees, error_rate / 2) * self.error
        low, high = max(self.centre - half, -self.bound), min(self.centre + half, self.bound)
        return Interval(self.value, min(low, self.value), max(high, self.value))

    @property
    def p_value(self) -> float:
        """The p-value of no difference; 1 where nothing can be said."""
        if not isfinite(self.value) or not self.degrees > 0 or self.centre == 0:
            return 1.0
        if self.error == 0:
            return 0.0
        return 2 * t_tail(self.degrees, abs(self.centre) / self.error)


def mean_where_defined(column: PartlyDefined) -> float:
    """Return the ratio: the mean over the worlds where it is defined; NaN where there are none."""
    return float(column.values[column.defined].mean()) if column.cases else nan


def linearise(column: PartlyDefined) -> FloatArray:
    """Return linearised values, shape as the column's: their mean is the ratio R.

    A world counts R + c (x - R) / mean(c): R where the measure is not defined, and beyond it what
    its own value moves the ratio by. The variance of their mean is that of the ratio, to first
    order. Without a condition they are the values themselves. NaN where it is defined nowhere.
    """
    if column.defined.all():
        return column.values.astype(np.float64)
    ratio = mean_where_defined(column)
    if not isfinite(ratio):
        return np.full(column.values.shape, nan)
    return ratio + _centre(column) / column.defined.mean()


def row_means(column: PartlyDefined) -> Vector:
    """Return the mean of each row where it is defined, (row,), of a column (row, world).

    A row in which it is defined nowhere has the mean of all rows, so that it says nothing; NaN
    where no row has any.
    """
    if column.defined.all():
        return np.asarray(column.values.mean(axis=1), dtype=np.float64)
    cases = column.defined.sum(axis=1)
    sums = np.where(column.defined, column.values, 0.0).sum(axis=1)
    overall = np.full(len(sums), mean_where_defined(column))
    return np.divide(sums, cases, out=overall, where=cases > 0)


def paired_share_ratio_difference(first: PartlyDefined, second: PartlyDefined) -> RatioDifference:
    """Return the difference of two shares, each among the worlds where it is defined.

    Wald's interval with one pair added of each discordant kind. Where both sides are defined in
    all pairs, that is the interval of Bonett and Price (2012, Journal of Educational and Behavioral
    Statistics 37:479); where no pair has both, it is that of Agresti and Caffo (2000, American
    Statistician 54:280) for independent shares, up to the pairs added. It has a width even where
    no pair differs.
    """
    added = np.ones(2, dtype=bool)
    sides = [
        PartlyDefined(np.append(side.values, more), np.append(side.defined, added))
        for side, more in zip((first, second), _DISCORDANT, strict=True)
    ]
    centre = mean_where_defined(sides[0]) - mean_where_defined(sides[1])
    error = sqrt(float(((_influence(sides[0]) - _influence(sides[1])) ** 2).sum()))
    return RatioDifference(_difference(first, second), centre, error, inf, 1.0)


def paired_mean_ratio_difference(first: PartlyDefined, second: PartlyDefined) -> RatioDifference:
    """Return the difference of two means, each over the worlds where it is defined.

    Student's t, with as many degrees of freedom as the side with fewer worlds has. Where both sides
    are defined in all pairs, that is the interval of paired means; where no pair has both, it is
    Welch's with the smaller number of degrees of freedom.
    """
    value = _difference(first, second)
    cases = min(first.cases, second.cases)
    if cases < 2:
        return RatioDifference(value, value, nan, 0)
    parts = [_influence(side) * sqrt(side.cases / (side.cases - 1)) for side in (first, second)]
    error = sqrt(float(((parts[0] - parts[1]) ** 2).sum()))
    return RatioDifference(value, value, error, cases - 1)


def worlds_for_half_width(estimate: Interval, worlds: int, half_width: float) -> int:
    """Return about how many worlds narrow an interval over so many to `half_width` on both sides.

    Intervals narrow with the square root of the number of worlds, whether or not the measure is
    defined in all of them. Rounded up to two significant figures.
    """
    reach = max(estimate.value - estimate.low, estimate.high - estimate.value)
    return _round_up(max(1.0, worlds * (reach / half_width) ** 2))


def cases_for_half_width(half_width: float) -> int:
    """Return how many cases narrow the interval of any share to `half_width` on both sides."""
    return ceil((_Z / (2 * half_width)) ** 2)


def worlds_for_cases(cases: int, worlds: int, needed: int) -> int:
    """Return about how many worlds hold `needed` cases, where so many held `cases`.

    Without any case it is the smallest number that is compatible with seeing none, at 95%
    confidence. Rounded up to two significant figures.
    """
    return _round_up(worlds * needed / (cases or _RULE_OF_THREE))


def _influence(side: PartlyDefined) -> Vector:
    """Return by how much each world moves the ratio, (world,): c (x - R) / sum(c)."""
    return _centre(side) / side.cases


def _centre(column: PartlyDefined) -> FloatArray:
    """Return values less their mean where they are defined, and 0 elsewhere."""
    values = column.values.astype(np.float64)
    return np.where(column.defined, values - mean_where_defined(column), 0.0)


def _difference(first: PartlyDefined, second: PartlyDefined) -> float:
    return mean_where_defined(first) - mean_where_defined(second)


def _round_up(number: float) -> int:
    step = 10 ** max(0, len(str(int(number))) - 2)
    return ceil(number / step) * step
