"""Which mechanisms cause the difference between two scenarios: its decomposition by mechanism.

Both scenarios are simulated with every subset of the mechanisms enabled
(`sim.analysis.attribution.factorial`). The share of a mechanism is its effect on the difference,
averaged over all orders of enabling (`sim.statistics.shapley`). The remainder is the difference
with all of them disabled.

A measure that is defined in some worlds only is a ratio on either side, over the worlds that define
it there. A mechanism without which no world does, such as mutual defence where nobody would be
called, is held on: the others are decomposed with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.attribution.factorial import AttributionPlan, simulate_differences
from sim.analysis.attribution.subset_differences import SubsetDifferences
from sim.analysis.data.resolve import DEFAULT_RUN_OPTIONS
from sim.experiment.blocks import OnProgress
from sim.experiment.run import RunOptions
from sim.experiment.storage.results import find_measure
from sim.model.measures.registry import Measure, list_measures
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Mask
from sim.statistics.intervals import CONFIDENCE, Interval
from sim.statistics.shapley import all_subsets, shapley_values

_REPLICATES = 2000
_BOOTSTRAP_SEED = 20240619
"""Seed of the bootstrap, so that the same worlds give the same interval."""


@dataclass(frozen=True)
class Attribution:
    """The difference between two scenarios in one measure, mean over worlds.

    Attributes:
        measure: the measure.
        total: the first scenario less the second, with all mechanisms enabled.
        shares: the contribution of each mechanism to that.
        remainder: the difference with all of them disabled, except those held on.
        held_on: mechanisms without which the measure is not defined; they have no share.
        worlds: number of pairs.
        fewest_cases: the smallest number of worlds that define the measure, over all runs used.
    """

    measure: Measure
    total: Interval
    shares: dict[str, Interval]
    remainder: Interval
    held_on: tuple[str, ...] = ()
    worlds: int = 0
    fewest_cases: int = 0

    @property
    def is_defined(self) -> bool:
        """Whether every run used defines the measure in some world."""
        return isfinite(self.total.value)

    @property
    def any_difference(self) -> bool:
        """Whether any pair of worlds differs under any subset of the mechanisms."""
        intervals = (self.total, self.remainder, *self.shares.values())
        return any(bound != 0 for interval in intervals for bound in interval)


def select_measures(scenario: Scenario, requested: Sequence[str] | None) -> list[Measure]:
    """Return the measures to decompose: those requested, or the headlines defined in all worlds.

    Raises:
        RequestError: one is not known.
    """
    known = {measure.name: measure for measure in list_measures(scenario)}
    if not requested:
        return [measure for measure in known.values() if measure.headline and not measure.given]
    return [find_measure(name, known) for name in dict.fromkeys(requested)]


def attribute_differences(
    plan: AttributionPlan,
    selected_measures: Sequence[Measure],
    out: Path,
    run_options: RunOptions = DEFAULT_RUN_OPTIONS,
    on_progress: OnProgress = lambda _: None,
) -> Iterator[Attribution]:
    """Yield the decomposition of every measure; existing results are read, not simulated again.

    The arguments are those of `sim.analysis.attribution.factorial.simulate_differences`.
    """
    differences = simulate_differences(plan, selected_measures, out, run_options, on_progress)
    for measure in selected_measures:
        yield attribute_measure(measure, plan.mechanisms, differences[measure.name])


def attribute_measure(
    measure: Measure, mechanisms: Sequence[str], differences: SubsetDifferences
) -> Attribution:
    """Return the decomposition of one measure from its differences by subset."""
    held = _needed_mechanisms(len(mechanisms), np.isnan(differences.values).any(axis=1))
    rows = all_subsets(len(mechanisms))[:, held].all(axis=1)
    values, cases = differences.values[rows], differences.cases[:, rows]
    others = [name for at, name in enumerate(mechanisms) if at not in held]
    total, *parts, remainder = _decompose(values)
    return Attribution(
        measure,
        total,
        dict(zip(others, parts, strict=True)),
        remainder,
        tuple(mechanisms[at] for at in held),
        values.shape[1],
        int(cases.min()),
    )


def _needed_mechanisms(count: int, undefined: Mask) -> list[int]:
    """Return the mechanisms without which no subset, (subset,), defines the measure."""
    has = all_subsets(count)
    return [at for at in range(count) if undefined[~has[:, at]].all()]


def _decompose(values: NDArray[Any]) -> list[Interval]:
    """Return the total, the shares and the remainder; NaN where a subset is undefined."""
    rows = np.stack([values[-1], *shapley_values(values), values[0]])
    if np.isnan(values).any():
        return [Interval(nan, nan, nan)] * len(rows)
    return _bootstrap_means(rows)


def _bootstrap_means(rows: NDArray[Any]) -> list[Interval]:
    """Return the mean of each row with its interval: a bootstrap over worlds (Efron 1979)."""
    generator = np.random.default_rng(_BOOTSTRAP_SEED)
    worlds = rows.shape[1]
    replicates = np.empty((_REPLICATES, len(rows)))
    for number in range(_REPLICATES):
        replicates[number] = rows[:, generator.integers(worlds, size=worlds)].mean(axis=1)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(replicates, [tail, 1 - tail], axis=0)
    intervals = zip(rows.mean(axis=1), low, high, strict=True)
    return [Interval(*map(float, bounds)) for bounds in intervals]
