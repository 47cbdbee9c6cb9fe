"""Scores of forecasts: all are proper, so nobody gains by saying other than they think.

Brier 1950 (Monthly Weather Review 78:1); logarithmic score, Good 1952 (JRSS B 14:107); continuous
ranked probability score, Matheson and Winkler 1976 (Management Science 22:1087), in the form for
ensembles of Gneiting and Raftery 2007 (JASA 102:359).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from sim.statistics.arrays import Vector


def jeffreys_chance(happened: float, cases: float) -> float:
    """Return the chance to give after something happened so often in so many cases.

    With Jeffreys's prior it is never 0 or 1: of n worlds at least .5/(n + 1), which is what bounds
    the logarithmic score.
    """
    return (happened + 0.5) / (cases + 1)


def brier(chance: float, outcome: float) -> float:
    """Return the squared distance of a chance from what happened, 1 or 0: 0 is perfect."""
    return (chance - outcome) ** 2


def log_score(chance: float, outcome: float) -> float:
    """Return minus the logarithm of the chance given to what happened: 0 is perfect."""
    return -float(np.log(chance if outcome else 1 - chance))


def crps(ensemble: ArrayLike, outcome: float) -> float:
    """Return the continuous ranked probability score of an ensemble, in its unit: 0 is perfect.

    Mean distance of the members from what happened, less half their mean distance from each other.
    """
    members = np.sort(np.asarray(ensemble, dtype=float))
    count = len(members)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    apart = float((ranks * members).sum()) / count**2
    return max(float(np.abs(members - outcome).mean()) - apart, 0.0)


def log_crps(ensemble: ArrayLike, outcome: float) -> float:
    """Return the same after ln(1 + x), so that counts of every size can be pooled.

    Bosse and others 2023 (PLoS Computational Biology 19(8): e1011393). The transformation does not
    depend on the outcome, so the score stays proper.
    """
    return crps(np.log1p(np.asarray(ensemble, dtype=float)), float(np.log1p(outcome)))


def ensemble_quantiles(ensemble: ArrayLike, shares: Sequence[float]) -> Vector:
    """Return quantiles that are members of the ensemble: the least below which the share lies."""
    members = np.asarray(ensemble, dtype=float)
    return np.quantile(members, np.array(shares, dtype=float), method="inverted_cdf")


def central_interval(ensemble: ArrayLike, share: float) -> tuple[float, float]:
    """Return the central interval that holds at least this share of the ensemble, ends included."""
    low, high = ensemble_quantiles(ensemble, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def is_covered(ensemble: ArrayLike, share: float, outcome: float) -> bool:
    """Whether what happened lies in that interval."""
    low, high = central_interval(ensemble, share)
    return low <= outcome <= high
