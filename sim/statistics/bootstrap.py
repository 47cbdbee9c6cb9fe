"""The bootstrap: how far a figure would move with other units of observation.

Efron (1979, Annals of Statistics 7:1). Units are drawn again with replacement, as many as there
are, within each stratum. A unit is whatever is independent of the others: a simulated world, a
question, or a cluster of answers that depend on each other (cluster bootstrap; Cameron, Gelbach and
Miller 2008, Review of Economics and Statistics 90:414).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import nan

import numpy as np

from sim.statistics.arrays import ClusterIndices, Counts, FloatArray, Mask, Vector
from sim.statistics.intervals import Interval
from sim.statistics.scores import rank_accuracy

Statistic = Callable[[Vector], float]
"""From weights, (unit,), or sums, (quantity,), to a figure; nan where it is not defined."""

_TAIL = 0.025


@dataclass(frozen=True)
class Resampling:
    """How units are drawn again. The same plan always gives the same draws.

    Attributes:
        seed: the seed of the generator.
        replicates: how often all units are drawn again.
        by_index: draw units one by one instead of drawing how often each occurs. The distribution
            is the same, the draws of a seed are not.
    """

    seed: int
    replicates: int
    by_index: bool = False

    def draw_weights(self, strata: Sequence[int]) -> Vector:
        """Return how often each unit occurs in each replicate, (replicate, unit).

        Args:
            strata: the number of units in each stratum.
        """
        generator = np.random.default_rng(self.seed)
        draw = self._draw_indices if self.by_index else self._draw_counts
        return np.hstack([draw(generator, units) for units in strata]).astype(float)

    def _draw_counts(self, generator: np.random.Generator, units: int) -> Counts:
        return generator.multinomial(units, np.full(units, 1 / units), size=self.replicates)

    def _draw_indices(self, generator: np.random.Generator, units: int) -> Counts:
        drawn = generator.integers(units, size=(self.replicates, units))
        cells = drawn + units * np.arange(self.replicates)[:, None]
        counts = np.bincount(cells.ravel(), minlength=self.replicates * units)
        return counts.reshape(self.replicates, units)


@dataclass(frozen=True)
class Estimate:
    """A figure and its bootstrap distribution.

    Attributes:
        value: the figure.
        replicates: the figure in each replicate, (replicate,); empty where none is defined.
        trials_without_event: number of trials in which an event never occurred. All replicates are
            then 0, and the interval is that of Clopper and Pearson.
    """

    value: float
    replicates: Vector
    trials_without_event: float = 0

    @property
    def low(self) -> float:
        """Lower end of the 95% interval."""
        return self._quantile(_TAIL)

    @property
    def high(self) -> float:
        """Upper end of the 95% interval."""
        if self.trials_without_event:
            return float(1 - _TAIL ** (1 / self.trials_without_event))
        return self._quantile(1 - _TAIL)

    @property
    def interval(self) -> Interval:
        """The figure with its 95% interval."""
        return Interval(self.value, self.low, self.high)

    def share_of_replicates(self, predicate: Callable[[Vector], Mask]) -> float:
        """Return the share of replicates for which a statement about the figure holds."""
        return float(np.mean(predicate(self.replicates)))

    def _quantile(self, share: float) -> float:
        known = self.replicates[np.isfinite(self.replicates)]
        return float(np.quantile(known, share)) if len(known) else nan


def bootstrap(statistic: Statistic, strata: Sequence[int], resampling: Resampling) -> Estimate:
    """Return a figure of weighted units with its bootstrap distribution.

    Args:
        statistic: computes the figure from the weights of all units, (unit,).
        strata: the number of units in each stratum.
        resampling: how units are drawn again.
    """
    replicates = [statistic(weights) for weights in resampling.draw_weights(strata)]
    return Estimate(statistic(np.ones(sum(strata))), np.array(replicates))


def bootstrap_sums(
    samples: Sequence[FloatArray], statistic: Statistic, resampling: Resampling
) -> Estimate:
    """Return a figure that depends on sums over units, with its bootstrap distribution.

    Args:
        samples: one array for each stratum, (unit, quantity).
        statistic: computes the figure from the sums, (quantity,).
        resampling: how units are drawn again.
    """
    values = np.concatenate(samples)
    return bootstrap(
        lambda weights: statistic(weights @ values), [len(sample) for sample in samples], resampling
    )


def bootstrap_mean(values: Vector, clusters: ClusterIndices, resampling: Resampling) -> Interval:
    """Return the mean over observations, with an interval from resampled clusters."""
    by_cluster = np.stack([np.bincount(clusters, values), np.bincount(clusters)], axis=1)
    return bootstrap_sums([by_cluster.astype(float)], _mean_of_sums, resampling).interval


def bootstrap_rank_accuracy(
    chances: Vector, outcomes: Vector, clusters: ClusterIndices, resampling: Resampling
) -> Interval:
    """Return `rank_accuracy` with an interval from resampled clusters.

    Pairs of outcomes are counted once by their two clusters, so that a replicate only weights the
    counts: a pair occurs as often as the product of the weights of its clusters.
    """
    right, pairs = _ranked_pairs(chances, outcomes, clusters)

    def accuracy(weights: Vector) -> float:
        total = float(weights @ pairs @ weights)
        return float(weights @ right @ weights) / total if total else nan

    replicates = bootstrap(accuracy, [len(pairs)], resampling)
    return replace(replicates, value=rank_accuracy(chances, outcomes)).interval


def _ranked_pairs(
    chances: Vector, outcomes: Vector, clusters: ClusterIndices
) -> tuple[FloatArray, FloatArray]:
    """Return pairs ranked right, and all pairs, (cluster of the event, cluster of the other)."""
    member = (clusters == np.arange(int(clusters.max()) + 1)[:, None]).astype(float)
    event, other = member[:, outcomes > 0], member[:, outcomes == 0]
    difference = chances[outcomes > 0][:, None] - chances[outcomes == 0]
    right = event @ ((1 + np.sign(difference)) / 2) @ other.T
    return right, np.outer(event.sum(axis=1), other.sum(axis=1))


def _mean_of_sums(sums: Vector) -> float:
    return float(sums[0] / sums[1])
