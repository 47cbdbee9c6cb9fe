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

from sim.validation.studies.patterns.simulated import Mask, Numbers

Figure = Callable[[Numbers], float]
"""From sums, shape (quantity,), to what is measured; not a number where it cannot be told."""

DRAWS = 400
"""How often worlds are drawn anew."""
_SEED = 1979


@dataclass(frozen=True)
class Estimate:
    """A figure over all worlds, and how surely it is known.

    Attributes:
        value: the figure.
        drawn: the figures of worlds drawn anew, (draw,); none where they say nothing.
        none_of: opportunities of something that never happened, of which worlds drawn anew know
            nothing; the interval is then Clopper and Pearson's.
    """

    value: float
    drawn: Numbers
    none_of: float = 0

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self._quantile(0.025)

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        if self.none_of:
            return float(1 - 0.025 ** (1 / self.none_of))
        return self._quantile(0.975)

    def share(self, holds: Callable[[Numbers], Mask]) -> float:
        """Return in what share of the draws something holds of the figure."""
        return float(np.mean(holds(self.drawn)))

    def _quantile(self, share: float) -> float:
        known = self.drawn[np.isfinite(self.drawn)]
        return float(np.quantile(known, share)) if len(known) else float("nan")


def estimate(counts: Sequence[Numbers], figure: Figure, draws: int = DRAWS) -> Estimate:
    """Return a figure with its draws.

    Args:
        counts: one array for each population, shape (world, quantity).
        figure: what is worked out from the sums.
        draws: how often worlds are drawn anew.
    """
    chance = np.random.default_rng(_SEED)
    sums = np.zeros((draws, counts[0].shape[1]))
    for each in counts:
        worlds = len(each)
        weights = chance.multinomial(worlds, np.full(worlds, 1 / worlds), size=draws)
        sums += weights @ each
    whole = sum((each.sum(axis=0) for each in counts), np.zeros(counts[0].shape[1]))
    return Estimate(figure(whole), np.array([figure(each) for each in sums]))


def share_of(counts: Sequence[Numbers]) -> Estimate:
    """Return events per opportunity; `counts` has both for each population, (world, 2)."""
    found = estimate(counts, ratio)
    return replace(found, none_of=sum(each[:, 1].sum() for each in counts) * (found.value == 0))


def ratio(sums: Numbers) -> float:
    """Return the first sum as a share of the second."""
    return float(sums[0] / sums[1]) if sums[1] else float("nan")


def median(sums: Numbers, first: int = 0) -> float:
    """Return the median of what is counted by columns, the first of which counts `first`."""
    if not sums.sum():
        return float("nan")
    return float(first + np.searchsorted(np.cumsum(sums), sums.sum() / 2))


def columns(*counts: NDArray[Any]) -> Numbers:
    """Return counts side by side, shape (world, quantity)."""
    return np.stack(counts, axis=1).astype(np.float64)
