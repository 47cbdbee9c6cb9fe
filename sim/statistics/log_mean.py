"""Exact additive splits of a change: how much of it goes through each of its causes.

The slope of a curve between two points makes the change a sum without remainder, and the same sum
with the opposite sign when the two are swapped (the logarithmic mean Divisia index: Ang 2005,
Energy Policy 33:867).
"""

from __future__ import annotations

import numpy as np

from sim.statistics.arrays import Vector

_SMALL = 1e-5
"""Differences in logarithms below which the slope at the middle is exact to rounding."""
_TINY = 1e-300


def log_mean(one: Vector, other: Vector) -> Vector:
    """Return the logarithmic mean of two positive vectors, (world,).

    It is the change of an amount for one unit of change of its logarithm. Where one is zero it is
    as good as zero.
    """
    one, other = np.maximum(one, _TINY), np.maximum(other, _TINY)
    steps = np.log(one) - np.log(other)
    return _slope(one - other, steps, np.sqrt(one) * np.sqrt(other))


def logistic_slope(
    one: Vector, other: Vector, one_log_odds: Vector, other_log_odds: Vector
) -> Vector:
    """Return the change of a probability for one unit of change of its log-odds, (world,)."""
    middle = (one * (1 - one) + other * (1 - other)) / 2
    return _slope(one - other, one_log_odds - other_log_odds, middle)


def _slope(changes: Vector, steps: Vector, at_middle: Vector) -> Vector:
    far = np.abs(steps) > _SMALL
    slope: Vector = np.where(far, changes / np.where(far, steps, 1.0), at_middle)
    return slope
