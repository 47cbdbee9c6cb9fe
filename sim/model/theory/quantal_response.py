"""Quantal response: better options are chosen more often, but never with certainty.

Source: McKelvey and Palfrey (1995); for international conflict Signorino (1999).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.model.arrays import Levels, Vector

_CERTAIN = 1e-9
"""Chances closer than this to 0 or 1 are clipped, so that their log-odds stay finite."""
_MAX_EXPONENT = 600.0
"""Log-odds below the negative of this give the same probability in floating point."""


def logistic(log_odds: Vector) -> Vector:
    """Return the probability for given log-odds (logistic function).

    numpy's exponential is two to three times as fast here as scipy's logistic function.
    """
    probability: Vector = 1 / (1 + np.exp(np.minimum(np.negative(log_odds), _MAX_EXPONENT)))
    return probability


def log_odds(probability: Vector | float) -> Vector:
    """Return the log-odds of a probability, finite at 0 and 1."""
    within = np.minimum(np.maximum(probability, _CERTAIN), 1 - _CERTAIN)
    odds: Vector = np.log(within / (1 - within))
    return odds


def level_reached(draws: Vector, chances: Iterable[Vector]) -> Levels:
    """Return the highest level of an ordered choice, (world,), whose chance exceeds the draw."""
    return np.sum([draws < chance for chance in chances], axis=0, dtype=np.int8)
