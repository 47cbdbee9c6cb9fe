"""Quantal response: better options are chosen more often, but never with certainty.

Source: McKelvey and Palfrey (1995); for international conflict Signorino (1999).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np

from sim.model.arrays import Levels, Vector

_ONE = np.array(1.0)
"""An array of no axis, as the numbers below: numpy takes as long to make one as for a sum."""
_LEAST, _MOST = np.array(1e-9), np.array(1 - 1e-9)
"""Chances closer than this to 0 or 1 are clipped, so that their log-odds stay finite."""
_MAX_EXPONENT = np.array(600.0)
"""Log-odds below the negative of this give the same probability in floating point."""


def logistic(log_odds: Vector) -> Vector:
    """Return the probability for given log-odds (logistic function).

    numpy's exponential is two to three times as fast here as scipy's logistic function.
    """
    probability: Vector = _ONE / (_ONE + np.exp(np.minimum(np.negative(log_odds), _MAX_EXPONENT)))
    return probability


def log_odds(probability: Vector | float) -> Vector:
    """Return the log-odds of a probability, finite at 0 and 1."""
    within = np.minimum(np.maximum(probability, _LEAST), _MOST)
    odds: Vector = np.log(within / (_ONE - within))
    return odds


def level_reached(draws: Vector, chances: Iterable[Vector]) -> Levels:
    """Return the highest level of an ordered choice, (world,), whose chance exceeds the draw."""
    return reduce(np.add, ((draws < chance).view(np.int8) for chance in chances))
