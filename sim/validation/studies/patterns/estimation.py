"""Estimates of patterns: figures of sums over worlds, with a bootstrap over worlds.

Events such as wars are too rare for a figure of each world. So every procedure counts in each
world, adds up over worlds, and computes its figure from the sums. Worlds are independent, so they
are drawn again within each population to estimate how far the figure would move with other worlds.
This says nothing about other populations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import FloatArray
from sim.statistics.bootstrap import Estimate, Resampling, Statistic, bootstrap_sums

_REPLICATES = 400
_WORLD_RESAMPLING = Resampling(seed=1979, replicates=_REPLICATES)
PAIR_RESAMPLING = Resampling(seed=2003, replicates=_REPLICATES)


def estimate(counts: Sequence[FloatArray], statistic: Statistic) -> Estimate:
    """Return a figure with its bootstrap distribution over worlds.

    Args:
        counts: one array for each population, (world, quantity).
        statistic: computes the figure from the sums over worlds, (quantity,).
    """
    return bootstrap_sums(counts, statistic, _WORLD_RESAMPLING)


def estimate_share(counts: Sequence[FloatArray]) -> Estimate:
    """Return events per opportunity; `counts` has both for each population, (world, 2)."""
    share = estimate(counts, ratio)
    trials = sum(population[:, 1].sum() for population in counts)
    return replace(share, trials_without_event=trials * (share.value == 0))


def ratio(sums: FloatArray) -> float:
    """Return the first sum as a share of the second."""
    return float(sums[0] / sums[1]) if sums[1] else float("nan")


def median_of_counts(sums: FloatArray, first_value: int = 0) -> float:
    """Return the median of a quantity whose values, from `first_value` up, columns count."""
    if not sums.sum():
        return float("nan")
    return float(first_value + np.searchsorted(np.cumsum(sums), sums.sum() / 2))


def stack_columns(*counts: NDArray[Any]) -> FloatArray:
    """Return counts side by side, (world, quantity)."""
    return np.stack(counts, axis=1).astype(np.float64)
