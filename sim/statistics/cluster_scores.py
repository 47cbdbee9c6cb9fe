"""How good forecasts of yes or no were, and how sure that is when crises, not answers, are many.

Brier 1950 (Monthly Weather Review 78:1); logarithmic score, Good 1952 (JRSS B 14:107); area under
the curve of hits and false alarms, Mason and Graham 2002 (QJRMS 128:2145).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import Vector
from sim.statistics.intervals import Interval

CRISIS_RESAMPLES = 2000
"""Resamples of the crises, and shuffles of the answers."""
_SEED = 18160101
CrisisIndices = NDArray[np.intp]
"""To which crisis each answer belongs, (answer,), counted from 0."""


def brier_scores(chances: Vector, outcomes: Vector) -> Vector:
    """Return the squared distance of each chance from what happened, 1 or 0; 0 is perfect."""
    return np.square(chances - outcomes)


def log_scores(chances: Vector, outcomes: Vector) -> Vector:
    """Return minus the logarithm of the chance given to what happened; 0 is perfect."""
    return -np.log(np.where(outcomes > 0, chances, 1 - chances))


def rank_accuracy(chances: Vector, outcomes: Vector) -> float:
    """Return how often one that came was given more than one that did not; half for a tie."""
    came, stayed = chances[outcomes > 0], chances[outcomes == 0]
    if not (len(came) and len(stayed)):
        return float("nan")
    above = (came[:, None] > stayed).mean()
    return float(above + (came[:, None] == stayed).mean() / 2)


def bootstrap_mean(values: Vector, groups: CrisisIndices) -> Interval:
    """Return the mean over answers, with the interval of a bootstrap over crises.

    Answers of one crisis hang together, so whole crises are drawn (cluster bootstrap, Cameron,
    Gelbach and Miller 2008, REStat 90:414), always with the same luck.
    """
    drawn = resample_crises(int(groups.max()) + 1)
    sums, counts = np.bincount(groups, values), np.bincount(groups)
    means = (drawn @ sums) / (drawn @ counts)
    low, high = np.quantile(means, (0.025, 0.975))
    return Interval(float(values.mean()), float(low), float(high))


def bootstrap_rank_accuracy(chances: Vector, outcomes: Vector, groups: CrisisIndices) -> Interval:
    """Return `rank_accuracy` with the interval of the same bootstrap."""
    found = []
    members = [np.flatnonzero(groups == group) for group in range(int(groups.max()) + 1)]
    for times in resample_crises(len(members)):
        rows = np.concatenate([np.tile(it, n) for it, n in zip(members, times, strict=True)])
        found.append(rank_accuracy(chances[rows], outcomes[rows]))
    low, high = np.nanquantile(found, (0.025, 0.975))
    return Interval(rank_accuracy(chances, outcomes), float(low), float(high))


def resample_crises(crises: int) -> NDArray[np.int64]:
    """Return how often each crisis is in each resample, (resample, crisis)."""
    luck = np.random.default_rng(_SEED)
    return luck.multinomial(crises, np.full(crises, 1 / crises), size=CRISIS_RESAMPLES)


def placebo_share(chances: Vector, outcomes: Vector, seed: int = _SEED) -> float:
    """Return the share of shuffles of the outcomes that these chances forecast as well.

    A placebo: if the chances have no skill, their Brier score is one of many that luck could have
    given them, and the share is anywhere between 0 and 1.
    """
    luck, true = np.random.default_rng(seed), brier_scores(chances, outcomes).mean()
    shuffled = luck.permuted(np.tile(outcomes, (CRISIS_RESAMPLES, 1)), axis=1)
    return float((brier_scores(chances, shuffled).mean(axis=1) <= true).mean())
