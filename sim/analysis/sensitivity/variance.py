"""Why worlds differ: how much of the spread is owed to assumptions, and how much to chance.

The law of total variance: the spread of a measure over worlds is the spread of its mean over
assumptions, plus the mean of its spread over dice.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from sim.analysis.sensitivity.ensemble import FloatArray
from sim.statistics.intervals import CONFIDENCE, Interval

_REPLICATES = 1000
_MIN_DIFFERING_WORLDS = 20
"""Worlds that differ from the others, below which there is nothing to split."""


@dataclass(frozen=True)
class VarianceSplit:
    """The spread of a measure, split.

    Attributes:
        parameter_share: share of the variance over worlds that is owed to assumptions, from 0 to 1,
            with its 95 % bootstrap interval; not numbers where too few worlds differ.
        parameter_draws: how many draws of assumptions were lived.
        streams: with how many dice each.
        differing_worlds: in how many of these worlds the measure is not what it most often is.
    """

    parameter_share: Interval
    parameter_draws: int
    streams: int
    differing_worlds: int

    @property
    def draw_share(self) -> Interval:
        """The share that is owed to chance."""
        value, low, high = self.parameter_share
        return Interval(1 - value, 1 - high, 1 - low)


def split_variance(values: FloatArray, seed: int = 0) -> VarianceSplit:
    """Split the spread of a measure, shape (draw, die), dice being independent of each other.

    The shares come from the analysis of variance with random effects (Searle, Casella and McCulloch
    1992, Variance Components, chapter 3): the spread of means is too wide by what few dice leave in
    it, and that is taken off. The interval is a bootstrap over draws, by percentiles.
    """
    draws, dice = values.shape
    differing = values.size - int(np.unique(values, return_counts=True)[1].max())
    if differing < _MIN_DIFFERING_WORLDS:
        return VarianceSplit(Interval(nan, nan, nan), draws, dice, differing)
    means, within = values.mean(axis=1), values.var(axis=1, ddof=1)
    picks = np.random.default_rng(seed).integers(draws, size=(_REPLICATES, draws))
    again = _parameter_share(means[picks], within[picks], dice)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(again, [tail, 1 - tail])
    share = float(_parameter_share(means[None], within[None], dice)[0])
    found = Interval(share, min(float(low), share), max(float(high), share))
    return VarianceSplit(found, draws, dice, differing)


def _parameter_share(means: FloatArray, within: FloatArray, streams: int) -> FloatArray:
    """Return the share owed to assumptions, of samples (sample, draw)."""
    chance = within.mean(axis=1)
    between = means.var(axis=1, ddof=1) - chance / streams
    total = between + chance
    with np.errstate(invalid="ignore"):
        return np.clip(np.where(total > 0, between / np.where(total > 0, total, 1), np.nan), 0, 1)
