"""Shares and means over weighted worlds, with 95% intervals that use the effective sample size.

The effective sample size is the square of the sum of weights over the sum of their squares (Kish
1965, Survey Sampling, section 11.7): a mean over as many worlds of equal weight is as certain. With
weights of 0 and 1 it is the number of worlds left, and every estimate is that of those alone.
"""

from __future__ import annotations

from math import hypot, nan, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import Mask, Vector
from sim.statistics.intervals import ERROR_RATE, Interval, student_interval, wilson_interval
from sim.statistics.special import special

_NORMAL = NormalDist().inv_cdf(1 - ERROR_RATE / 2)


def effective_sample_size(weights: Vector) -> float:
    """Return Kish's effective sample size of weights, (world,); 0 where all are 0."""
    squares = float(np.square(weights).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def weighted_estimate(values: NDArray[Any], weights: Vector) -> Interval:
    """Return the share of a mask, or the mean of an amount, over weighted worlds.

    The error of a mean is that of the influence of each world on it, and its interval Student's at
    the effective sample size. Shares have Wilson's interval at the effective sample size, or at the
    smaller one that the same error implies. Worlds of equal weight give exactly the intervals of
    `sim.statistics.intervals`.

    Args:
        values: true or false, or an amount in any unit, (world,).
        weights: how much each world counts, (world,); those of weight 0 are left out.
    """
    left = weights > 0
    if not left.any():
        return Interval(nan, nan, nan)
    if values.dtype == bool:
        return _weighted_share(values, weights)
    return _weighted_mean(values[left].astype(np.float64), weights[left])


def difference_from_all(values: NDArray[Any], weights: Vector) -> Interval:
    """Return the weighted mean of values minus their plain mean over all worlds, with its interval.

    Amounts have Student's interval with the error of `shift_error`, at the effective sample size.

    For shares, all worlds are made of the weighted part and the rest. With weights scaled to 0 to
    1, of mean p, the difference is (1 - p) times that between the two, whose intervals are combined
    with that of p (method of variance estimates recovery: Zou and Donner 2008, Statistics in
    Medicine 27:1693; Newcombe 1998). A world that counts in part belongs to both, which makes the
    interval a little too wide.

    Args:
        values: true or false, or an amount in any unit, (world,).
        weights: how much each world counts, (world,).
    """
    if not len(values) or not weights.any():
        return Interval(nan, nan, nan)
    if np.ptp(weights) == 0:
        return Interval(0.0, 0.0, 0.0)
    if values.dtype == bool:
        return _share_difference(values, weights / weights.max())
    shift, error = shift_error(values.astype(np.float64), weights)
    half = t_quantile(effective_sample_size(weights) - 1, ERROR_RATE) * error
    return Interval(shift, shift - half, shift + half)


def shift_error(values: Vector, weights: Vector) -> tuple[float, float]:
    """Return how far weights move the mean of an amount from that over all worlds, and its error.

    The standard error is that of the influence of each world on the difference of the two means,
    enlarged for few effective worlds; it allows for the chance in how many worlds are left. With
    fewer than two effective worlds it is not defined; where all count the same, both are 0.
    """
    if np.ptp(weights) == 0:
        return 0.0, 0.0
    total, worlds = float(weights.sum()), effective_sample_size(weights)
    mean, overall = float(weights @ values / total), float(values.mean())
    if worlds < 2:
        return mean - overall, nan
    influence = weights / total * (values - mean) - (values - overall) / len(values)
    return mean - overall, sqrt(float(np.square(influence).sum()) * worlds / (worlds - 1))


def t_quantile(degrees_of_freedom: float, error_rate: float) -> float:
    """Return the upper quantile of Student's t; nan without degrees of freedom."""
    if degrees_of_freedom <= 0:
        return nan
    return float(special("stdtrit")(degrees_of_freedom, 1 - error_rate / 2))


def _share_difference(values: Mask, scaled: Vector) -> Interval:
    """Return the difference of a share in the weighted part from that over all worlds."""
    rest = 1 - scaled
    remaining = float(rest.mean())
    with_, without = _weighted_share(values, scaled), _weighted_share(values, rest)
    change = with_.value - without.value
    below = remaining * hypot(with_.value - with_.low, without.high - without.value)
    above = remaining * hypot(with_.high - with_.value, without.value - without.low)
    size = change * _NORMAL * float(rest.std()) / sqrt(len(rest))
    shift = remaining * change
    return Interval(shift, shift - hypot(below, size), shift + hypot(above, size))


def _weighted_share(values: Mask, weights: Vector) -> Interval:
    left = weights > 0
    values, weights = values[left], weights[left]
    if np.ptp(weights) == 0:
        return wilson_interval(int(values.sum()), len(values))
    worlds, share = effective_sample_size(weights), float(weights[values].sum() / weights.sum())
    share = min(share, 1.0)
    variance = _variance_of_mean(values.astype(np.float64), weights, share)
    if variance > 0:
        worlds = min(worlds, share * (1 - share) / variance)
    return wilson_interval(share * worlds, worlds)


def _weighted_mean(values: Vector, weights: Vector) -> Interval:
    if np.ptp(weights) == 0:
        return student_interval(values)
    worlds, mean = effective_sample_size(weights), float(weights @ values / weights.sum())
    variance = _variance_of_mean(values, weights, mean) * worlds / (worlds - 1)
    half = t_quantile(worlds - 1, ERROR_RATE) * sqrt(variance)
    return Interval(mean, mean - half, mean + half)


def _variance_of_mean(values: Vector, weights: Vector, mean: float) -> float:
    """Return the variance of a weighted mean, from the influence of each world on it."""
    return float(np.square(weights / weights.sum() * (values - mean)).sum())
