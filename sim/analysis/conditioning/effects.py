"""What follows: every measure in all worlds and in those left, and the difference."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure
from sim.statistics.arrays import Vector
from sim.statistics.intervals import Interval
from sim.statistics.weighted import (
    difference_from_all,
    effective_sample_size,
    weighted_estimate,
)

_CHANCE_OF_CONSTANCY = 0.001
"""A measure that no world left varies in is given by the conditions if chance would be rarer."""


@dataclass(frozen=True)
class Effect:
    """A measure in all worlds and in those left; shares from 0 to 1, amounts in their unit.

    Attributes:
        measure: the measure.
        overall: its estimate over all worlds, with its 95% interval.
        conditional: the same over the worlds left.
        difference: the second minus the first, with its 95% interval.
        worlds: the worlds left in which it is defined.
        effective: the effective number of these.
        given: whether the conditions themselves decide it, so that it is no finding.
    """

    measure: Measure
    overall: Interval
    conditional: Interval
    difference: Interval
    worlds: int
    effective: float
    given: bool

    @property
    def differs(self) -> bool:
        """Whether the interval of the difference leaves out zero; not where it is given."""
        return not self.given and (self.difference.low > 0 or self.difference.high < 0)

    @property
    def standard_errors(self) -> float:
        """The difference in units of half its interval, as a measure of how clear it is."""
        half = (self.difference.high - self.difference.low) / 2
        return abs(self.difference.value) / half if half > 0 else 0.0


def measure_effects(
    results: Results, weights: Vector, named: Collection[str], *, every: bool
) -> tuple[Effect, ...]:
    """Return the effect of conditioning on each measure, in the order of the scenario's headlines.

    Args:
        results: the run.
        weights: how much each world counts, (world,).
        named: the measures that the conditions name.
        every: all measures, in the order of the columns, and not the headlines only.
    """
    return tuple(
        _measure_effect(results, measure, weights, measure.name in named)
        for measure in _shown_measures(results, every=every)
    )


def _shown_measures(results: Results, *, every: bool) -> Iterator[Measure]:
    if every:
        yield from results.measures.values()
    else:
        names = results.scenario.headlines
        yield from (results.measures[name] for name in names if name in results.measures)


def _measure_effect(results: Results, measure: Measure, weights: Vector, named: bool) -> Effect:
    values = results.column(measure.name)
    if measure.given:
        defined = results.column(measure.given)
        values, weights = values[defined], weights[defined]
    left = weights > 0
    return Effect(
        measure,
        weighted_estimate(values, np.ones(len(values))),
        weighted_estimate(values, weights),
        difference_from_all(values, weights),
        int(left.sum()),
        effective_sample_size(weights),
        given=named or _is_given(values, values[left]),
    )


def _is_given(values: NDArray[Any], left: NDArray[Any]) -> bool:
    """Whether a measure is the same in all worlds left although chance alone would vary it."""
    if not len(left) or len(left) == len(values) or not (left == left[0]).all():
        return False
    share = float((values == left[0]).mean())
    return share ** len(left) < _CHANCE_OF_CONSTANCY
