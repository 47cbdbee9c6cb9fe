"""What is measured is worked out from sums over worlds; how surely, from worlds drawn anew.

Events such as wars are too rare for a figure of each world. So every procedure counts in each
world, adds up over worlds, and works out its figure from the sums. Worlds are independent: drawn
anew with replacement, within each population, they say how far the figure would move with other
worlds (the bootstrap; Efron 1979, Annals of Statistics 7:1). They say nothing about other
populations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.validation.patterns.lived import Numbers

Figure = Callable[[Numbers], float]
"""From sums, shape (quantity,), to what is measured; not a number where it cannot be told."""

DRAWS = 400
"""How often worlds are drawn anew."""
_SEED = 1979


@dataclass(frozen=True)
class Estimate:
    """A figure over all worlds, and the figures of worlds drawn anew, shape (draw,)."""

    value: float
    drawn: Numbers

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self._quantile(0.025)

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self._quantile(0.975)

    def share(self, holds: Callable[[Numbers], Numbers]) -> float:
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


def ratio(sums: Numbers) -> float:
    """Return the first sum as a share of the second."""
    return float(sums[0] / sums[1]) if sums[1] else float("nan")


def columns(*counts: Numbers) -> Numbers:
    """Return counts side by side, shape (world, quantity)."""
    return np.stack(counts, axis=1).astype(np.float64)
