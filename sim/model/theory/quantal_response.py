"""Quantal response: better options are chosen more often, never always.

Source: McKelvey and Palfrey (1995); for international conflict Signorino (1999).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.model.arrays import Vector

CERTAIN = 1e-9
"""Chances nearer than this to 0 or 1 are taken for it, so that their log-odds stay finite."""
_UNLIKELIEST = 600.0
"""Log-odds further down make no difference that a number could hold."""


def chance(log_odds: Vector) -> Vector:
    """Return the probability that belongs to log-odds (logistic function).

    numpy's exponential is two to three times as fast here as scipy's logistic function.
    """
    probability: Vector = 1 / (1 + np.exp(np.minimum(np.negative(log_odds), _UNLIKELIEST)))
    return probability


def log_odds(probability: Vector | float) -> Vector:
    """Return the log-odds of a probability, kept finite at 0 and 1."""
    within = np.minimum(np.maximum(probability, CERTAIN), 1 - CERTAIN)
    odds: Vector = np.log(within / (1 - within))
    return odds


def at_least(willingness: Vector, cut: Vector | float) -> Vector:
    """Return the chance that an ordered choice reaches the level whose threshold is `cut`.

    Ordered logit (McKelvey and Zavoina 1975): levels are thresholds on one willingness.
    """
    return chance(willingness - cut)


def ladder(willingness: Vector, odds: Iterable[Vector | float]) -> tuple[Vector, ...]:
    """Return the chances that an ordered choice reaches each of several levels.

    As `at_least`, with the exponential of each cut in place of the cut: by how much the
    odds of the level with cut 0 are divided. It takes one exponential for all levels.
    """
    against = np.exp(np.minimum(np.negative(willingness), _UNLIKELIEST))
    return tuple(1 / (1 + against * times) for times in odds)
