"""Quantal response: better options are chosen more often, never always.

Source: McKelvey and Palfrey (1995); for international conflict Signorino (1999).
"""

from __future__ import annotations

import numpy as np

from sim.model.vectors import Vector

CERTAIN = 1e-9
"""Chances nearer than this to 0 or 1 are taken for it, so that their log-odds stay finite."""
_UNLIKELIEST = 700.0
"""Log-odds further down make no difference that a number could hold."""


def chance(log_odds: Vector) -> Vector:
    """Return the probability that belongs to log-odds (logistic function).

    numpy's exponential is two to three times as fast here as scipy's logistic function.
    """
    probability: Vector = 1 / (1 + np.exp(np.minimum(np.negative(log_odds), _UNLIKELIEST)))
    return probability


def log_odds(probability: Vector | float) -> Vector:
    """Return the log-odds of a probability, kept finite at 0 and 1."""
    within = np.clip(probability, CERTAIN, 1 - CERTAIN)
    odds: Vector = np.log(within / (1 - within))
    return odds


def at_least(willingness: Vector, cut: Vector | float) -> Vector:
    """Return the chance that an ordered choice reaches the level whose threshold is `cut`.

    Ordered logit (McKelvey and Zavoina 1975): levels are thresholds on one willingness.
    """
    return chance(willingness - cut)
