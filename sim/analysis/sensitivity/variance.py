"""Why worlds differ: how much of the spread is owed to assumptions, and how much to chance.

The law of total variance: the spread of a measure over worlds is the spread of its mean over
assumptions, plus the mean of its spread over dice.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from sim.analysis.sensitivity.ensemble import Values
from sim.statistics.intervals import CONFIDENCE, Interval

RESAMPLES = 1000
FEWEST = 20
"""Worlds that differ from the others, below which there is nothing to split."""


@dataclass(frozen=True)
class Split:
    """The spread of a measure, split.

    Attributes:
        assumptions: share of the variance over worlds that is owed to assumptions, from 0 to 1,
            with its 95 % bootstrap interval; not numbers where too few worlds differ.
        draws: how many draws of assumptions were lived.
        dice: with how many dice each.
        differing: in how many of these worlds the measure is not what it most often is.
    """

    assumptions: Interval
    draws: int
    dice: int
    differing: int

    @property
    def chance(self) -> Interval:
        """The share that is owed to chance."""
        value, low, high = self.assumptions
        return Interval(1 - value, 1 - high, 1 - low)


def split(values: Values, seed: int = 0) -> Split:
    """Split the spread of a measure, shape (draw, die), dice being independent of each other.

    The shares come from the analysis of variance with random effects (Searle, Casella and McCulloch
    1992, Variance Components, chapter 3): the spread of means is too wide by what few dice leave in
    it, and that is taken off. The interval is a bootstrap over draws, by percentiles.
    """
    draws, dice = values.shape
    differing = values.size - int(np.unique(values, return_counts=True)[1].max())
    if differing < FEWEST:
        return Split(Interval(nan, nan, nan), draws, dice, differing)
    means, within = values.mean(axis=1), values.var(axis=1, ddof=1)
    picks = np.random.default_rng(seed).integers(draws, size=(RESAMPLES, draws))
    again = _share(means[picks], within[picks], dice)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(again, [tail, 1 - tail])
    share = float(_share(means[None], within[None], dice)[0])
    found = Interval(share, min(float(low), share), max(float(high), share))
    return Split(found, draws, dice, differing)


def _share(means: Values, within: Values, dice: int) -> Values:
    """Return the share owed to assumptions, of samples (sample, draw)."""
    chance = within.mean(axis=1)
    between = means.var(axis=1, ddof=1) - chance / dice
    total = between + chance
    with np.errstate(invalid="ignore"):
        return np.clip(np.where(total > 0, between / np.where(total > 0, total, 1), np.nan), 0, 1)
