"""Statistics of measures at both ends of many ranges, in paired worlds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.statistics.arrays import Counts, FloatArray, Mask
from sim.statistics.intervals import ERROR_RATE

_ROUNDING_TOLERANCE = 1e-9
"""Difference that counts as none, relative to the largest value of the measure."""


@dataclass(frozen=True)
class EndsTable:
    """What each number does to each measure; arrays are (number, measure) unless stated.

    Attributes:
        low, high: mean of the measure at either end.
        half_width: half the width of the interval of their difference, for all comparisons.
        size: the difference in standard deviations of the measure over all worlds simulated.
        p_value: of no difference, for one comparison; 1 where no world differs.
        differing_worlds: worlds in which any measure differs, (number,).
    """

    low: FloatArray
    high: FloatArray
    half_width: FloatArray
    size: FloatArray
    p_value: FloatArray
    differing_worlds: Counts

    @property
    def comparisons(self) -> int:
        """The number of comparisons."""
        return self.p_value.size


@dataclass(frozen=True)
class _Ends:
    """One number: moments by measure, (measure,), and counts of worlds."""

    low: FloatArray
    high: FloatArray
    square: FloatArray
    spread: FloatArray
    rises: Counts
    falls: Counts
    differing: int
    worlds: int


def tabulate_ends(ends: Iterable[FloatArray], is_event: Mask) -> EndsTable:
    """Return the table from each number's measures at both ends, (end, measure, world).

    `is_event`, (measure,), says which measures are events: their differences are tested exactly on
    the pairs that differ (McNemar 1947), those of amounts by Student's t. Intervals are Student's,
    with the error rate divided by the number of comparisons (Bonferroni).
    """
    rows = [_summarise(values) for values in ends]
    low, high, square, spread = (
        np.array([getattr(row, name) for row in rows])
        for name in ("low", "high", "square", "spread")
    )
    rises, falls = (np.array([getattr(row, name) for row in rows]) for name in ("rises", "falls"))
    worlds, difference = rows[0].worlds, high - low
    error = spread / np.sqrt(worlds)
    deviation = np.sqrt(np.maximum(square.mean(axis=0) - ((low + high) / 2).mean(axis=0) ** 2, 0))
    size = np.divide(difference, deviation, out=np.zeros_like(difference), where=deviation > 1e-12)
    p_value = np.where(is_event, _sign_test(rises, falls), _t_test(difference, error, worlds))
    return EndsTable(
        low,
        high,
        error * _quantile(worlds, ERROR_RATE / p_value.size),
        size,
        np.where(rises + falls > 0, p_value, 1.0),
        np.array([row.differing for row in rows]),
    )


def _summarise(values: FloatArray) -> _Ends:
    low, high = values
    difference = _drop_rounding(high - low, np.abs(values).max(axis=(0, 2)))
    worlds = difference.shape[1]
    return _Ends(
        low=low.mean(axis=1),
        high=high.mean(axis=1),
        square=(values**2).mean(axis=(0, 2)),
        spread=difference.std(axis=1, ddof=1) if worlds > 1 else np.full(len(low), np.inf),
        rises=(difference > 0).sum(axis=1),
        falls=(difference < 0).sum(axis=1),
        differing=int((difference != 0).any(axis=0).sum()),
        worlds=worlds,
    )


def _drop_rounding(difference: FloatArray, largest: FloatArray) -> FloatArray:
    """Return differences, (measure, world), with those as small as rounding errors set to zero."""
    is_real = np.abs(difference) > _ROUNDING_TOLERANCE * largest[:, None]
    return np.where(is_real, difference, 0.0)


def _sign_test(rises: Counts, falls: Counts) -> FloatArray:
    """Return McNemar's exact p-value for each pair of counts."""
    from scipy.stats import binom  # noqa: PLC0415  scipy.stats takes a while to load

    tails = 2 * binom.cdf(np.minimum(rises, falls), rises + falls, 0.5)
    return np.minimum(np.asarray(tails, dtype=np.float64), 1.0)


def _t_test(difference: FloatArray, error: FloatArray, worlds: int) -> FloatArray:
    """Return the p-value of Student's t; an equal difference in every world has none but 0."""
    from scipy.stats import t  # noqa: PLC0415

    certain = np.where(difference == 0, 0.0, np.inf)
    statistic = np.divide(np.abs(difference), error, out=certain, where=error > 0)
    return np.asarray(2 * t.sf(statistic, max(worlds - 1, 1)), dtype=np.float64)


def _quantile(worlds: int, error_rate: float) -> float:
    from scipy.stats import t  # noqa: PLC0415

    return float(t.isf(error_rate / 2, max(worlds - 1, 1)))
