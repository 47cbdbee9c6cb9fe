"""How much of the variance between worlds is due to parameters, and how much to random draws.

By the law of total variance, the variance of a measure over worlds is the variance of its mean over
parameters plus the mean of its variance over random streams.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from sim.statistics.arrays import FloatArray
from sim.statistics.intervals import CONFIDENCE, Interval

_REPLICATES = 1000
_MIN_DIFFERING_WORLDS = 20
"""The number of worlds with another value than the most frequent that a decomposition needs."""


@dataclass(frozen=True)
class VarianceSplit:
    """The variance of a measure, decomposed.

    Attributes:
        parameter_share: share of the variance over worlds that is due to parameters, from 0 to 1,
            with its 95% bootstrap interval; NaN where too few worlds differ.
        parameter_draws: number of draws of the parameters.
        streams: number of random streams for each of them.
        differing_worlds: number of worlds in which the measure is not its most frequent value.
    """

    parameter_share: Interval
    parameter_draws: int
    streams: int
    differing_worlds: int

    @property
    def draw_share(self) -> Interval:
        """The share that is due to random draws."""
        value, low, high = self.parameter_share
        return Interval(1 - value, 1 - high, 1 - low)


def split_variance(values: FloatArray, seed: int = 0) -> VarianceSplit:
    """Decompose the variance of a measure, shape (draw, stream), with independent streams.

    The shares come from the analysis of variance with random effects (Searle, Casella and McCulloch
    1992, Variance Components, chapter 3): the variance of the means is corrected for the noise that
    a small number of streams leaves in them. The interval is a percentile bootstrap over draws.
    """
    draws, streams = values.shape
    differing = values.size - int(np.unique(values, return_counts=True)[1].max())
    if differing < _MIN_DIFFERING_WORLDS:
        return VarianceSplit(Interval(nan, nan, nan), draws, streams, differing)
    means, within = values.mean(axis=1), values.var(axis=1, ddof=1)
    picks = np.random.default_rng(seed).integers(draws, size=(_REPLICATES, draws))
    replicates = _parameter_share(means[picks], within[picks], streams)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(replicates, [tail, 1 - tail])
    share = float(_parameter_share(means[None], within[None], streams)[0])
    interval = Interval(share, min(float(low), share), max(float(high), share))
    return VarianceSplit(interval, draws, streams, differing)


def _parameter_share(means: FloatArray, within: FloatArray, streams: int) -> FloatArray:
    """Return the share due to parameters, for samples (sample, draw)."""
    chance = within.mean(axis=1)
    between = means.var(axis=1, ddof=1) - chance / streams
    total = between + chance
    with np.errstate(invalid="ignore"):
        return np.clip(np.where(total > 0, between / np.where(total > 0, total, 1), np.nan), 0, 1)
