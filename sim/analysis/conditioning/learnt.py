"""What was learnt: the uncertain numbers that differ between the worlds left and all worlds.

Before conditioning, every number has the distribution of its range. In the worlds left it has
another where the conditions depend on it. With hundreds of numbers some differ by chance, so those
named as different are controlled by the false discovery rate (Benjamini and Hochberg 1995, Journal
of the Royal Statistical Society B 57:289), and their intervals are widened for having been selected
(Benjamini and Yekutieli 2005, Journal of the American Statistical Association 100:71).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite, nan, sqrt
from statistics import NormalDist

import numpy as np

from sim.analysis.data.drawn_parameters import draw_parameters, uncertain_parameters
from sim.experiment.storage.results import Results
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.statistics.arrays import Vector
from sim.statistics.intervals import ERROR_RATE, Interval
from sim.statistics.weighted import effective_sample_size, shift_error, t_quantile

DISCOVERY_RATE = 0.05
"""The share of the numbers named as different that may be so by chance, on average."""


@dataclass(frozen=True)
class Learnt:
    """An uncertain number, in all worlds and in those left.

    Attributes:
        key: its key.
        meaning: what it means.
        number: its range, unit and source.
        before: its mean over all worlds, in its unit.
        after: its mean over the worlds left, in its unit.
        shift: the difference, in standard deviations over all worlds, with its 95% interval; of a
            number named as different, widened for the selection.
        spread: its standard deviation in the worlds left, as a share of that over all worlds.
        p_value: the probability of so large a shift by chance, this number taken alone.
        differs: whether it is named as different.
    """

    key: str
    meaning: str
    number: Quantity
    before: float
    after: float
    shift: Interval
    spread: float
    p_value: float
    differs: bool = False


@dataclass(frozen=True)
class Assumptions:
    """All uncertain numbers, and which of them the conditions favour.

    Attributes:
        learnt: a line for each, the strongest evidence first.
        detectable: the shift, in standard deviations, that would have been named in four of five
            cases, had it been the only one.
    """

    learnt: tuple[Learnt, ...]
    detectable: float

    @property
    def favoured(self) -> tuple[Learnt, ...]:
        """Those that differ."""
        return tuple(each for each in self.learnt if each.differs)


def compare_assumptions(results: Results, weights: Vector) -> Assumptions:
    """Compare every uncertain number between all worlds and the worlds left.

    Args:
        results: the run, of which the numbers are drawn again.
        weights: how much each world counts, (world,).
    """
    tested = sorted(_test_numbers(results, weights), key=lambda test: test.sort_key)
    p_values = [test.line.p_value for test in tested]
    found = count_discoveries(p_values)
    selected = ERROR_RATE * found / max(len(tested), 1)
    learnt = (
        test.with_interval(selected if place < found else ERROR_RATE, differs=place < found)
        for place, test in enumerate(tested)
    )
    return Assumptions(tuple(learnt), _detectable_shift(weights, len(tested)))


def count_discoveries(p_values: list[float]) -> int:
    """Return how many of the smallest of sorted p-values are discoveries (Benjamini-Hochberg)."""
    tests = sum(map(isfinite, p_values))
    ranks = np.arange(1, tests + 1)
    passed = np.flatnonzero(np.array(p_values[:tests]) <= DISCOVERY_RATE * ranks / max(tests, 1))
    return int(passed[-1]) + 1 if len(passed) else 0


def _test_numbers(results: Results, weights: Vector) -> Iterator[_Test]:
    """Yield a test for each number; one is drawn at a time, since runs may be large."""
    nodes = index_nodes(results.scenario)
    for key, number in uncertain_parameters(results.scenario).items():
        values = draw_parameters(results.scenario, results.worlds, [key])[key]
        yield _test_number(key, nodes[tuple(key.split("."))].meaning, number, values, weights)


def _test_number(
    key: str, meaning: str, number: Quantity, values: Vector, weights: Vector
) -> _Test:
    """Return the line of a number without its interval."""
    from scipy.special import stdtr  # noqa: PLC0415  scipy takes a while to load

    scale, freedom = float(values.std()) or nan, effective_sample_size(weights) - 1
    shift, error = shift_error(values, weights)
    p_value = 2 * float(stdtr(freedom, -abs(shift / error))) if error > 0 else nan
    after = float(weights @ values / weights.sum())
    spread = sqrt(float(weights @ np.square(values - after) / weights.sum()))
    value, before = Interval(shift / scale, nan, nan), float(values.mean())
    line = Learnt(key, meaning, number, before, after, value, spread / scale, p_value)
    return _Test(line, error / scale, freedom)


@dataclass(frozen=True)
class _Test:
    """A line without its interval, with the error and degrees of freedom of its shift."""

    line: Learnt
    error: float
    freedom: float

    @property
    def sort_key(self) -> tuple[float, float, str]:
        """The strongest evidence first; numbers without a test last."""
        p_value = self.line.p_value if isfinite(self.line.p_value) else 2.0
        return p_value, -abs(self.line.shift.value), self.line.key

    def with_interval(self, error_rate: float, *, differs: bool) -> Learnt:
        """Return the line with the interval of this error rate."""
        shift = self.line.shift.value
        half = t_quantile(self.freedom, error_rate) * self.error
        interval = Interval(shift, shift - half, shift + half)
        return replace(self.line, shift=interval, differs=differs)


def _detectable_shift(weights: Vector, tests: int) -> float:
    """Return the shift found in four of five cases by the smallest threshold of the procedure."""
    worlds, everywhere = effective_sample_size(weights), len(weights)
    if worlds < 2 or worlds >= everywhere or not tests:
        return nan
    normal = NormalDist()
    reach = normal.inv_cdf(1 - DISCOVERY_RATE / tests / 2) + normal.inv_cdf(0.8)
    return reach * sqrt((1 - worlds / everywhere) / worlds)
