"""What is measured is worked out from sums over worlds; how surely, from worlds drawn anew.

Events such as wars are too rare for a figure of each world. So every procedure counts in each
world, adds up over worlds, and works out its figure from the sums. Worlds are independent: drawn
anew with replacement, within each population, they say how far the figure would move with other
worlds (the bootstrap; Efron 1979, Annals of Statistics 7:1). They say nothing about other
populations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.validation.studies.patterns.simulated import FloatArray, Mask

Statistic = Callable[[FloatArray], float]
"""From sums, shape (quantity,), to what is measured; not a number where it cannot be told."""

BOOTSTRAP_REPLICATES = 400
"""How often worlds are drawn anew."""
_SEED = 1979


@dataclass(frozen=True)
class Estimate:
    """A figure over all worlds, and how surely it is known.

    Attributes:
        value: the figure.
        replicates: the figures of worlds drawn anew, (draw,); none where they say nothing.
        trials_without_event: opportunities of something that never happened, of which worlds drawn anew know
            nothing; the interval is then Clopper and Pearson's.
    """

    value: float
    replicates: FloatArray
    trials_without_event: float = 0

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self._quantile(0.025)

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        if self.trials_without_event:
            return float(1 - 0.025 ** (1 / self.trials_without_event))
        return self._quantile(0.975)

    def share_of_replicates(self, predicate: Callable[[FloatArray], Mask]) -> float:
        """Return in what share of the draws something holds of the figure."""
        return float(np.mean(predicate(self.replicates)))

    def _quantile(self, share: float) -> float:
        known = self.replicates[np.isfinite(self.replicates)]
        return float(np.quantile(known, share)) if len(known) else float("nan")


def bootstrap(
    counts: Sequence[FloatArray], statistic: Statistic, replicates: int = BOOTSTRAP_REPLICATES
) -> Estimate:
    """Return a figure with its draws.

    Args:
        counts: one array for each population, shape (world, quantity).
        statistic: what is worked out from the sums.
        replicates: how often worlds are drawn anew.
    """
    chance = np.random.default_rng(_SEED)
    sums = np.zeros((replicates, counts[0].shape[1]))
    for each in counts:
        worlds = len(each)
        weights = chance.multinomial(worlds, np.full(worlds, 1 / worlds), size=replicates)
        sums += weights @ each
    whole = sum((each.sum(axis=0) for each in counts), np.zeros(counts[0].shape[1]))
    return Estimate(statistic(whole), np.array([statistic(each) for each in sums]))


def bootstrap_share(counts: Sequence[FloatArray]) -> Estimate:
    """Return events per opportunity; `counts` has both for each population, (world, 2)."""
    found = bootstrap(counts, ratio)
    return replace(
        found, trials_without_event=sum(each[:, 1].sum() for each in counts) * (found.value == 0)
    )


def ratio(sums: FloatArray) -> float:
    """Return the first sum as a share of the second."""
    return float(sums[0] / sums[1]) if sums[1] else float("nan")


def median_of_counts(sums: FloatArray, first_value: int = 0) -> float:
    """Return the median of what is counted by columns, the first of which counts `first_value`."""
    if not sums.sum():
        return float("nan")
    return float(first_value + np.searchsorted(np.cumsum(sums), sums.sum() / 2))


def stack_columns(*counts: NDArray[Any]) -> FloatArray:
    """Return counts side by side, shape (world, quantity)."""
    return np.stack(counts, axis=1).astype(np.float64)
