"""The assumptions that matter most, from worlds that are there: lowest against highest third.

Each world draws every uncertain number from its range. A number matters to an outcome if worlds
that drew it in the lowest third of its values differ from those that drew it in the highest third.
Nothing is simulated. Differences are ordered in standard deviations of the outcome (Cohen 1988,
Statistical Power Analysis for the Behavioral Sciences). Those reported are clear of chance,
allowing for all comparisons (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from sim.analysis.data.drawn_parameters import draw_parameters, uncertain_parameters
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.schema.quantity import Quantity
from sim.statistics.arrays import FloatArray, Mask, Vector
from sim.statistics.intervals import ERROR_RATE, Interval, student_interval, wilson_interval

_MIN_WORLDS = 90
"""Worlds below which a third is too few to speak of."""
_MAX_WORLDS = 5_000
"""Worlds looked at; more would change no line."""


@dataclass(frozen=True)
class ThirdsEffect:
    """What a number does to an outcome.

    Attributes:
        key: the key of the number.
        number: the number, with its range and unit.
        cuts: the ends of the lowest third and the beginning of the highest, in the number's unit.
        measure: the outcome that it moves most.
        low, high: the outcome where the number lies in its lowest and its highest third.
        size: the difference in standard deviations of the outcome.
    """

    key: str
    number: Quantity
    cuts: tuple[float, float]
    measure: Measure
    low: Interval
    high: Interval
    size: float


def find_strongest_assumptions(
    results: Results, measures: Sequence[Measure], most: int = 3
) -> list[ThirdsEffect]:
    """Return the numbers with the largest clear effects, each on another outcome, largest first.

    Args:
        results: the run.
        measures: the outcomes; those defined in some worlds only are left out.
        most: how many numbers are returned at most.
    """
    table = _read_outcomes(results, measures)
    numbers = uncertain_parameters(results.scenario)
    if len(results.worlds) < _MIN_WORLDS or not table or not numbers:
        return []
    drawn = draw_parameters(results.scenario, results.worlds[:_MAX_WORLDS])
    outcomes, names = np.array(list(table.values())), list(table)
    found = sorted(
        (-abs(size), key, names[place])
        for key, values in drawn.items()
        for place, size in _clear_sizes(outcomes, values, len(drawn))
    )
    kinds = {measure.name: measure for measure in measures}
    return [
        _describe(key, numbers[key], drawn[key], kinds[name], table[name])
        for key, name in _choose_different([(key, name) for _, key, name in found], most)
    ]


def _read_outcomes(results: Results, measures: Sequence[Measure]) -> dict[str, Vector]:
    """Return the outcomes that are defined in every world and differ between worlds."""
    columns = {
        measure.name: results.column(measure.name)[:_MAX_WORLDS].astype(np.float64)
        for measure in measures
        if not measure.given
    }
    return {name: column for name, column in columns.items() if np.ptp(column) > 0}


def _find_thirds(values: Vector) -> tuple[Mask, Mask, tuple[float, float]]:
    """Return which worlds lie in the lowest and in the highest third, and where these end."""
    lower, upper = np.quantile(values, [1 / 3, 2 / 3]).tolist()
    return values <= lower, values >= upper, (lower, upper)


def _clear_sizes(outcomes: FloatArray, values: Vector, numbers: int) -> Iterator[tuple[int, float]]:
    """Yield the outcomes that a number moves clearly, by place, with the standardised size."""
    lowest, highest, _ = _find_thirds(values)
    low, high = outcomes[:, lowest], outcomes[:, highest]
    difference = high.mean(axis=1) - low.mean(axis=1)
    error = np.sqrt(low.var(axis=1) / low.shape[1] + high.var(axis=1) / high.shape[1])
    threshold = NormalDist().inv_cdf(1 - ERROR_RATE / (2 * numbers * len(outcomes)))
    clear = np.abs(difference) > threshold * np.maximum(error, 1e-300)
    for place in np.flatnonzero(clear).tolist():
        yield place, float(difference[place] / outcomes[place].std())


def _choose_different(found: Sequence[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """Return the first pairs of number and outcome, none of them twice if there are enough."""
    chosen: list[tuple[str, str]] = []
    for fresh in (True, False):
        for key, name in found:
            taken = any(key == other or (fresh and name == measure) for other, measure in chosen)
            if not taken and len(chosen) < most:
                chosen.append((key, name))
    return chosen


def _describe(
    key: str, number: Quantity, drawn: Vector, measure: Measure, outcome: Vector
) -> ThirdsEffect:
    lowest, highest, cuts = _find_thirds(drawn)
    low, high = (_estimate(measure, outcome[mask]) for mask in (lowest, highest))
    size = (high.value - low.value) / float(outcome.std())
    return ThirdsEffect(key, number, cuts, measure, low, high, size)


def _estimate(measure: Measure, values: Vector) -> Interval:
    if measure.kind is MeasureKind.HAPPENED:
        return wilson_interval(int(values.sum()), len(values))
    return student_interval(values)
