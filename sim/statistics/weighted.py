"""Shares and means over weighted worlds, with 95% intervals that use the effective sample size.

The effective sample size is the square of the sum of weights over the sum of their squares (Kish
1965, Survey Sampling, section 11.7): a mean over as many worlds of equal weight is as certain. With
weights of 0 and 1 it is the number of worlds left, and every estimate is that of those alone.
"""

from __future__ import annotations

from math import isfinite, nan, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import Mask, Vector
from sim.statistics.intervals import ERROR_RATE, Interval, student_interval, wilson_interval


def effective_sample_size(weights: Vector) -> float:
    """Return Kish's effective sample size of weights, (world,); 0 where all are 0."""
    squares = float(np.square(weights).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def weighted_estimate(values: NDArray[Any], weights: Vector) -> Interval:
    """Return the share of a mask, or the mean of an amount, over weighted worlds.

    Shares have Wilson's interval, means Student's, both at the effective sample size. Worlds of
    equal weight give exactly the intervals of `sim.statistics.intervals`.

    Args:
        values: true or false, or an amount in any unit, (world,).
        weights: how much each world counts, (world,); those of weight 0 are left out.
    """
    left = weights > 0
    values, weights = values[left], weights[left]
    if not len(values):
        return Interval(nan, nan, nan)
    if values.dtype == bool:
        return _weighted_share(values, weights)
    return _weighted_mean(values.astype(np.float64), weights)


def difference_from_all(values: NDArray[Any], weights: Vector) -> Interval:
    """Return the weighted mean of values minus their plain mean over all worlds, with its interval.

    All worlds are made of the weighted part and the rest: with weights scaled to 0 to 1, of mean p,
    the difference is (1 - p) times that between the two. Their intervals are combined by the method
    of variance estimates recovery (Zou and Donner 2008, Statistics in Medicine 27:1693; for shares,
    Newcombe 1998). A world that counts in part belongs to both, which makes the interval a little
    too wide.
    """
    if not len(values) or not weights.any():
        return Interval(nan, nan, nan)
    scaled = weights / weights.max()
    rest = 1 - scaled
    remaining = float(rest.mean())
    if remaining == 0:
        return Interval(0.0, 0.0, 0.0)
    with_, without = weighted_estimate(values, scaled), weighted_estimate(values, rest)
    below = sqrt((with_.value - with_.low) ** 2 + (without.high - without.value) ** 2)
    above = sqrt((with_.high - with_.value) ** 2 + (without.value - without.low) ** 2)
    change = with_.value - without.value
    return Interval(*(remaining * end for end in (change, change - below, change + above)))


def shift_test(values: Vector, weights: Vector) -> tuple[float, float, float]:
    """Return how far weights move the mean of an amount, its standard error and degrees of freedom.

    As in `difference_from_all`, with Welch's degrees of freedom (1947, Biometrika 34:28). Undefined
    where the weighted part or the rest has less than two effective worlds.
    """
    scaled = weights / weights.max()
    rest = 1 - scaled
    remaining = float(rest.mean())
    sizes = [effective_sample_size(part) for part in (scaled, rest)]
    if min(sizes) < 2:
        return nan, nan, nan
    (mean, variance), (other_mean, other_variance) = (
        _weighted_moments(values, part) for part in (scaled, rest)
    )
    terms = variance / sizes[0], other_variance / sizes[1]
    total = sum(terms)
    spread = sum(term**2 / (size - 1) for term, size in zip(terms, sizes, strict=True))
    freedom = total**2 / spread if spread else nan
    return remaining * (mean - other_mean), remaining * sqrt(total), freedom


def _weighted_share(values: Mask, weights: Vector) -> Interval:
    if np.ptp(weights) == 0:
        return wilson_interval(int(values.sum()), len(values))
    worlds = effective_sample_size(weights)
    share = float(weights[values].sum() / weights.sum())
    return wilson_interval(min(share, 1.0) * worlds, worlds)


def _weighted_mean(values: Vector, weights: Vector) -> Interval:
    if np.ptp(weights) == 0:
        return student_interval(values)
    worlds = effective_sample_size(weights)
    mean, variance = _weighted_moments(values, weights)
    if worlds <= 1 or not isfinite(mean):
        return Interval(mean, nan, nan)
    from scipy.special import stdtrit  # noqa: PLC0415  scipy takes a while to load

    half = float(stdtrit(worlds - 1, 1 - ERROR_RATE / 2)) * sqrt(variance / worlds)
    return Interval(mean, mean - half, mean + half)


def _weighted_moments(values: Vector, weights: Vector) -> tuple[float, float]:
    """Return the mean and the variance of values, the latter for an effective sample of worlds."""
    total, worlds = float(weights.sum()), effective_sample_size(weights)
    mean = float(weights @ values / total)
    spread = float(weights @ np.square(values - mean) / total)
    return mean, spread * worlds / (worlds - 1) if worlds > 1 else nan
