"""How much of the variance between worlds is due to parameters, and how much to random draws.

By the law of total variance, the variance of a measure over worlds is the variance of its mean over
parameters plus the mean of its variance over random streams. A measure that is defined in some
worlds only is decomposed over these.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan
from typing import NamedTuple

import numpy as np

from sim.statistics.arrays import FloatArray
from sim.statistics.intervals import CONFIDENCE, Interval
from sim.statistics.ratio import PartlyDefined, worlds_for_cases

_REPLICATES = 1000
MIN_DIFFERING_WORLDS = 20
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
        defined_worlds: number of worlds in which it is defined.
    """

    parameter_share: Interval
    parameter_draws: int
    streams: int
    differing_worlds: int
    defined_worlds: int

    @property
    def worlds(self) -> int:
        """The number of all worlds."""
        return self.parameter_draws * self.streams

    @property
    def worlds_needed(self) -> int:
        """About how many worlds hold as many that differ as a decomposition needs."""
        return worlds_for_cases(self.differing_worlds, self.worlds, MIN_DIFFERING_WORLDS)

    @property
    def draw_share(self) -> Interval:
        """The share that is due to random draws."""
        value, low, high = self.parameter_share
        return Interval(1 - value, 1 - high, 1 - low)


def split_variance(column: PartlyDefined, seed: int = 0) -> VarianceSplit:
    """Decompose the variance of a measure, shape (draw, stream), with independent streams.

    The shares come from the analysis of variance with random effects (Searle, Casella and McCulloch
    1992, Variance Components, chapter 3): the variance of the means is corrected for the noise that
    a small number of streams leaves in them. Where the measure is defined in some worlds only, the
    draws are groups of unequal size. The interval is a percentile bootstrap over draws.
    """
    draws, streams = column.values.shape
    values = column.values[column.defined]
    most = int(np.unique(values, return_counts=True)[1].max(initial=0))
    counts = draws, streams, values.size - most, values.size
    if values.size - most < MIN_DIFFERING_WORLDS:
        return VarianceSplit(Interval(nan, nan, nan), *counts)
    groups = group_by_draw(column)
    share = float(_parameter_share(DrawGroups(*(part[None] for part in groups)))[0])
    if isnan(share):
        return VarianceSplit(Interval(nan, nan, nan), *counts)
    picks = np.random.default_rng(seed).integers(draws, size=(_REPLICATES, draws))
    replicates = _parameter_share(DrawGroups(*(part[picks] for part in groups)))
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(replicates, [tail, 1 - tail])
    interval = Interval(share, min(float(low), share), max(float(high), share))
    return VarianceSplit(interval, *counts)


class DrawGroups(NamedTuple):
    """The worlds of each draw in which the measure is defined; arrays are (..., draw)."""

    sizes: FloatArray
    means: FloatArray
    squares: FloatArray
    """Sum of squares about the mean."""


def group_by_draw(column: PartlyDefined) -> DrawGroups:
    """Return the worlds of each draw of a measure, shape (draw, stream), arrays (draw,)."""
    sizes = column.defined.sum(axis=1).astype(np.float64)
    values = np.where(column.defined, column.values, 0.0)
    means = values.sum(axis=1) / np.maximum(sizes, 1)
    squares = (np.where(column.defined, column.values - means[:, None], 0.0) ** 2).sum(axis=1)
    return DrawGroups(sizes, means, squares)


def _parameter_share(groups: DrawGroups) -> FloatArray:
    """Return the share due to parameters, for samples of draws, (sample, draw)."""
    between, chance = variance_components(groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = between / (between + chance)
    return np.clip(share, 0, 1)


def variance_components(groups: DrawGroups) -> tuple[FloatArray, FloatArray]:
    """Return the variance between draws and within them, for samples of draws, (..., draw).

    NaN where too few worlds define the measure; noise may leave the first below 0.
    """
    sizes, means, squares = groups
    total, draws = sizes.sum(axis=-1), (sizes > 0).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = (sizes * means).sum(axis=-1) / total
        among = (sizes * (means - centre[..., None]) ** 2).sum(axis=-1) / (draws - 1)
        chance = squares.sum(axis=-1) / (total - draws)
        typical_size = (total - (sizes**2).sum(axis=-1) / total) / (draws - 1)
        return (among - chance) / typical_size, chance
