"""P6 and P7: how provocations come, and whether exercises provoke them."""

from __future__ import annotations

import numpy as np

from sim.statistics.regression import rate_ratio
from sim.validation.studies.patterns.estimation import columns
from sim.validation.studies.patterns.simulated import YEAR, Lived, Mask, Numbers

STRATA = 12
"""Counts of the month before by which months are parted; the last holds all higher ones."""


def monthly(lived: Lived, provoker: str) -> Numbers:
    """Return provocations of every month, (world, month)."""
    return np.asarray(lived.months[f"provocations_{provoker}"], dtype=np.float64)


def frequency(lived: Lived, provoker: str) -> Numbers:
    """Return provocations, and months, (world, 2)."""
    counts = monthly(lived, provoker)
    return columns(counts.sum(axis=1), np.full(lived.count, counts.shape[1]))


def swarming(lived: Lived, provoker: str) -> Numbers:
    """Return the variance and the mean of yearly counts within each world, (world, 2)."""
    counts = monthly(lived, provoker)[:, : lived.years * YEAR]
    yearly = counts.reshape(lived.count, lived.years, YEAR).sum(axis=2)
    return columns(yearly.var(axis=1, ddof=1), yearly.mean(axis=1))


def after_exercises(lived: Lived, provoker: str, bloc: str) -> Numbers:
    """Return provocations and months after exercises and after none, (world, 4 x stratum)."""
    counts, held = monthly(lived, provoker), exercised(lived, bloc)
    before, now, exposed = counts[:, :-1], counts[:, 1:], held[:, :-1]
    stratum = np.minimum(before, STRATA - 1)
    found = [
        [((stratum == each) & group).sum(axis=1), (now * ((stratum == each) & group)).sum(axis=1)]
        for group in (exposed, ~exposed)
        for each in range(STRATA)
    ]
    return columns(*(each for months, events in found for each in (events, months)))


def exercised(lived: Lived, bloc: str) -> Mask:
    """Return in which months a bloc exercised, (world, month)."""
    rows = lived.of("exercise")
    rows = rows[rows["subject"] == bloc]
    held = np.zeros((lived.count, lived.scenario.months), dtype=bool)
    held[rows["world"], rows["month"] - 1] = True
    return held


def times_the_rate(sums: Numbers) -> float:
    """Return the rate after exercises as a multiple of that after none."""
    exposed, other = sums.reshape(2, STRATA, 2)
    return rate_ratio(exposed, other)
