"""Statistics of measures at both ends of many ranges, in paired worlds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from sim.statistics.arrays import Counts, FloatArray, Mask
from sim.statistics.intervals import ERROR_RATE
from sim.statistics.ratio import (
    MIN_CASES,
    PartlyDefined,
    mean_where_defined,
    paired_mean_ratio_difference,
    paired_share_ratio_difference,
)

_ROUNDING_TOLERANCE = 1e-9
"""Difference that counts as none, relative to the largest value of the measure."""


@dataclass(frozen=True)
class EndsTable:
    """What each number does to each measure; arrays are (number, measure) unless stated.

    Attributes:
        low, high: mean of the measure at either end, over the worlds where it is defined; NaN where
            these are too few.
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
    error: FloatArray
    degrees: FloatArray
    rises: Counts
    falls: Counts
    ratio_p: FloatArray
    """The p-value of a conditional measure; NaN for any other."""
    differing: int


def tabulate_ends(ends: Iterable[PartlyDefined], is_event: Mask, is_conditional: Mask) -> EndsTable:
    """Return the table from each number's measures at both ends, (end, measure, world).

    `is_event`, (measure,), says which measures are events: their differences are tested exactly on
    the pairs that differ (McNemar 1947), those of amounts by Student's t. `is_conditional`,
    (measure,), says which are defined in some worlds only: these are compared as ratios
    (`sim.statistics.ratio`), where both ends define them in 20 worlds or more, by Student's t with
    the degrees of freedom of the end with fewer. Intervals are Student's, with the error rate
    divided by the number of comparisons (Bonferroni).
    """
    rows = [_summarise(column, is_event, is_conditional) for column in ends]
    low, high, square, error, degrees, ratio_p = (
        np.array([getattr(row, name) for row in rows])
        for name in ("low", "high", "square", "error", "degrees", "ratio_p")
    )
    rises, falls = (np.array([getattr(row, name) for row in rows]) for name in ("rises", "falls"))
    difference = np.where(np.isnan(high - low), 0.0, high - low)
    deviation = _deviation(square, (low + high) / 2)
    size = np.divide(difference, deviation, out=np.zeros_like(difference), where=deviation > 1e-12)
    p_value = np.where(is_event, _sign_test(rises, falls), _t_test(difference, error, degrees))
    p_value = np.where(is_conditional, ratio_p, p_value)
    return EndsTable(
        low,
        high,
        error * _quantile(degrees, ERROR_RATE / p_value.size),
        size,
        np.where(rises + falls > 0, p_value, 1.0),
        np.array([row.differing for row in rows]),
    )


def _deviation(square: FloatArray, middle: FloatArray) -> FloatArray:
    """Return the standard deviation of each measure over all numbers that define it, (measure,)."""
    defined = ~np.isnan(middle)
    count = np.maximum(defined.sum(axis=0), 1)
    means = [np.where(defined, part, 0.0).sum(axis=0) / count for part in (square, middle)]
    return np.sqrt(np.maximum(means[0] - means[1] ** 2, 0))


def _summarise(column: PartlyDefined, is_event: Mask, is_conditional: Mask) -> _Ends:
    values = np.where(column.defined, column.values, 0.0)
    low, high = values
    largest = np.abs(values).max(axis=(0, 2))
    difference = _drop_rounding(high - low, largest)
    worlds = difference.shape[1]
    spread = difference.std(axis=1, ddof=1) if worlds > 1 else np.full(len(low), np.inf)
    differs = (difference != 0) | (column.defined[0] != column.defined[1])
    ends = _Ends(
        low=low.mean(axis=1),
        high=high.mean(axis=1),
        square=(values**2).mean(axis=(0, 2)),
        error=spread / np.sqrt(worlds),
        degrees=np.full(len(low), float(max(worlds - 1, 1))),
        rises=(difference > 0).sum(axis=1),
        falls=(difference < 0).sum(axis=1),
        ratio_p=np.full(len(low), np.nan),
        differing=int(differs.any(axis=0).sum()),
    )
    for at in np.flatnonzero(is_conditional):
        _put_ratio(ends, at, column, is_event=bool(is_event[at]))
    return ends


def _put_ratio(ends: _Ends, at: int, column: PartlyDefined, *, is_event: bool) -> None:
    """Put what is known of a conditional measure in its place."""
    low, high = (PartlyDefined(*(part[end, at] for part in column)) for end in (0, 1))
    cases = min(low.cases, high.cases)
    ends.rises[at] = 1  # whether it differs is for its own test to say
    ends.low[at], ends.high[at], ends.ratio_p[at] = np.nan, np.nan, 1.0
    if cases < MIN_CASES:
        return
    compare = paired_share_ratio_difference if is_event else paired_mean_ratio_difference
    difference = replace(compare(high, low), degrees=cases - 1)
    ends.low[at], ends.high[at] = mean_where_defined(low), mean_where_defined(high)
    defined = column.values[:, at][column.defined[:, at]]
    ends.square[at] = (defined**2).mean()
    ends.error[at], ends.degrees[at] = difference.error, difference.degrees
    ends.ratio_p[at] = difference.p_value


def _drop_rounding(difference: FloatArray, largest: FloatArray) -> FloatArray:
    """Return differences, (measure, world), with those as small as rounding errors set to zero."""
    is_real = np.abs(difference) > _ROUNDING_TOLERANCE * largest[:, None]
    return np.where(is_real, difference, 0.0)


def _sign_test(rises: Counts, falls: Counts) -> FloatArray:
    """Return McNemar's exact p-value for each pair of counts."""
    from scipy.stats import binom  # noqa: PLC0415  scipy.stats takes a while to load

    tails = 2 * binom.cdf(np.minimum(rises, falls), rises + falls, 0.5)
    return np.minimum(np.asarray(tails, dtype=np.float64), 1.0)


def _t_test(difference: FloatArray, error: FloatArray, degrees: FloatArray) -> FloatArray:
    """Return the p-value of Student's t; an equal difference in every world has none but 0."""
    from scipy.stats import t  # noqa: PLC0415

    certain = np.where(difference == 0, 0.0, np.inf)
    statistic = np.divide(np.abs(difference), error, out=certain, where=error > 0)
    return np.asarray(2 * t.sf(statistic, degrees), dtype=np.float64)


def _quantile(degrees: FloatArray, error_rate: float) -> FloatArray:
    from scipy.stats import t  # noqa: PLC0415

    return np.asarray(t.isf(error_rate / 2, degrees), dtype=np.float64)
