"""Scores of forecasts. All but the rank accuracy are proper: honest forecasts score best.

Brier 1950 (Monthly Weather Review 78:1); logarithmic score, Good 1952 (JRSS B 14:107); continuous
ranked probability score, Matheson and Winkler 1976 (Management Science 22:1087), in the form for
ensembles of Gneiting and Raftery 2007 (JASA 102:359); area under the curve of hits and false
alarms, Mason and Graham 2002 (QJRMS 128:2145).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from sim.statistics.arrays import Vector


def jeffreys_chance(happened: float, cases: float) -> float:
    """Return the chance of an event that happened so often in so many cases.

    With Jeffreys's prior it is never 0 or 1: with n worlds it is at least .5/(n + 1), which bounds
    the logarithmic score.
    """
    return (happened + 0.5) / (cases + 1)


def brier(chances: ArrayLike, outcomes: ArrayLike) -> Vector:
    """Return the squared distance of each chance from the outcome, 1 or 0; 0 is perfect."""
    return np.square(np.asarray(chances, dtype=float) - np.asarray(outcomes, dtype=float))


def log_score(chances: ArrayLike, outcomes: ArrayLike) -> Vector:
    """Return minus the logarithm of the chance given to each outcome, 1 or 0; 0 is perfect."""
    given, happened = np.asarray(chances, dtype=float), np.asarray(outcomes) > 0
    return -np.log(np.where(happened, given, 1 - given))


def skill_score(score: float, reference: float) -> float:
    """Return 1 minus the ratio of two scores; nan where the reference is perfect."""
    return 1 - score / reference if reference > 0 else nan


def rank_accuracy(chances: Vector, outcomes: Vector) -> float:
    """Return the area under the curve of hits and false alarms; nan with one kind of outcome.

    It is how often an event that happened was given a higher chance than one that did not; ties
    count half.
    """
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415  takes a while to load

    happened = outcomes > 0
    return nan if happened.all() or not happened.any() else float(roc_auc_score(happened, chances))


def crps(ensemble: ArrayLike, outcome: float) -> float:
    """Return the continuous ranked probability score of an ensemble, in its unit: 0 is perfect.

    Mean distance of the members from the outcome, minus half their mean distance from each other.
    """
    members = np.sort(np.asarray(ensemble, dtype=float))
    count = len(members)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    half_spread = float((ranks * members).sum()) / count**2
    return max(float(np.abs(members - outcome).mean()) - half_spread, 0.0)


def log_crps(ensemble: ArrayLike, outcome: float) -> float:
    """Return the score after the transformation ln(1 + x), so that counts of every size pool.

    Bosse and others 2023 (PLoS Computational Biology 19(8): e1011393). The transformation does not
    depend on the outcome, so the score stays proper.
    """
    return crps(np.log1p(np.asarray(ensemble, dtype=float)), float(np.log1p(outcome)))


def ensemble_quantiles(ensemble: ArrayLike, shares: Sequence[float]) -> Vector:
    """Return quantiles that are members of the ensemble: the smallest that reach each share."""
    members = np.asarray(ensemble, dtype=float)
    return np.quantile(members, np.array(shares, dtype=float), method="inverted_cdf")


def central_interval(ensemble: ArrayLike, share: float) -> tuple[float, float]:
    """Return the central interval that holds at least this share of the ensemble, ends included."""
    low, high = ensemble_quantiles(ensemble, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def is_covered(ensemble: ArrayLike, share: float, outcome: float) -> bool:
    """Return whether the outcome lies in the central interval."""
    low, high = central_interval(ensemble, share)
    return low <= outcome <= high
