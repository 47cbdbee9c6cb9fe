"""P6 and P7: how provocations cluster, and whether exercises cause them."""

from __future__ import annotations

import numpy as np

from sim.statistics.arrays import FloatArray, Mask
from sim.statistics.regression import rate_ratio
from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.simulated import MONTHS_PER_YEAR, SimulatedEnsemble

STRATA = 12
"""Strata by the count of the previous month; the last holds all higher counts."""


def _monthly_counts(ensemble: SimulatedEnsemble, provoker: str) -> FloatArray:
    """Return the provocations in every month, (world, month)."""
    return np.asarray(ensemble.months[f"provocations_{provoker}"], dtype=np.float64)


def count_provocations(ensemble: SimulatedEnsemble, provoker: str) -> FloatArray:
    """Return provocations, and months, (world, 2)."""
    counts = _monthly_counts(ensemble, provoker)
    return stack_columns(counts.sum(axis=1), np.full(ensemble.world_count, counts.shape[1]))


def yearly_variance_and_mean(ensemble: SimulatedEnsemble, provoker: str) -> FloatArray:
    """Return the variance and the mean of yearly counts within each world, (world, 2)."""
    counts = _monthly_counts(ensemble, provoker)[:, : ensemble.years * MONTHS_PER_YEAR]
    yearly = counts.reshape(ensemble.world_count, ensemble.years, MONTHS_PER_YEAR).sum(axis=2)
    return stack_columns(yearly.var(axis=1, ddof=1), yearly.mean(axis=1))


def count_after_exercises(ensemble: SimulatedEnsemble, provoker: str, bloc: str) -> FloatArray:
    """Return provocations and months after exercises and after none, (world, 4 x stratum)."""
    counts, held = _monthly_counts(ensemble, provoker), _exercise_months(ensemble, bloc)
    previous, current, exposed = counts[:, :-1], counts[:, 1:], held[:, :-1]
    stratum = np.minimum(previous, STRATA - 1)
    counts_by_stratum = []
    for group in (exposed, ~exposed):
        for number in range(STRATA):
            months = (stratum == number) & group
            counts_by_stratum += [(current * months).sum(axis=1), months.sum(axis=1)]
    return stack_columns(*counts_by_stratum)


def _exercise_months(ensemble: SimulatedEnsemble, bloc: str) -> Mask:
    """Return the months in which a bloc held exercises, (world, month)."""
    rows = ensemble.select_events("exercise")
    rows = rows[rows["subject"] == bloc]
    held = np.zeros((ensemble.world_count, ensemble.scenario.months), dtype=bool)
    held[rows["world"], rows["month"] - 1] = True
    return held


def rate_ratio_after_exercises(sums: FloatArray) -> float:
    """Return the rate after exercises as a multiple of that after none."""
    exposed, other = sums.reshape(2, STRATA, 2)
    return rate_ratio(exposed, other)
