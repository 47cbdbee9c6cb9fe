"""Which mechanism makes two scenarios differ: their difference split by switching mechanisms off.

Both scenarios are lived with every subset of the mechanisms at work
(`sim.analysis.attribution.factorial`). What the difference between the two gains by a mechanism,
averaged over all orders of switching, is its share (`sim.statistics.shapley`). What is left where
all are off came by other ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.attribution.factorial import AttributionPlan, simulate_differences
from sim.analysis.data.resolve import DEFAULT_RUN_OPTIONS
from sim.errors import RequestError
from sim.experiment.blocks import OnProgress
from sim.experiment.run import RunOptions
from sim.experiment.storage.results import find_measure
from sim.model.measures.registry import Measure, list_measures
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import CONFIDENCE, Interval
from sim.statistics.shapley import shapley_values

_REPLICATES = 2000
_BOOTSTRAP_SEED = 20240619
"""Of the bootstrap, so that the same worlds give the same interval."""


@dataclass(frozen=True)
class Attribution:
    """The difference between two scenarios in one measure, mean over worlds.

    Attributes:
        measure: what differs.
        total: the first scenario less the second, everything at work.
        shares: what each mechanism adds to that.
        remainder: what is left with all of them switched off.
    """

    measure: Measure
    total: Interval
    shares: dict[str, Interval]
    remainder: Interval

    @property
    def any_difference(self) -> bool:
        """Whether any pair of worlds differs, with whatever at work."""
        every = (self.total, self.remainder, *self.shares.values())
        return any(figure != 0 for interval in every for figure in interval)


def select_measures(scenario: Scenario, requested: Sequence[str] | None) -> list[Measure]:
    """Return the measures to split: those asked for, or the headlines taken over all worlds.

    Raises:
        RequestError: one is not known, or is taken over some worlds only.
    """
    known = {measure.name: measure for measure in list_measures(scenario)}
    if not requested:
        return [each for each in known.values() if each.headline and not each.given]
    found = [find_measure(name, known) for name in requested]
    for measure in found:
        if measure.given:
            raise RequestError(
                f"--measure {measure.name}: is taken over worlds with {measure.given} only, which "
                f"are not the same in every run\n    name {measure.given}, or another measure"
            )
    return found


def attribute_differences(
    plan: AttributionPlan,
    selected_measures: Sequence[Measure],
    out: Path,
    run_options: RunOptions = DEFAULT_RUN_OPTIONS,
    on_progress: OnProgress = lambda _: None,
) -> Iterator[Attribution]:
    """Yield the split of every measure; what was lived before is read again.

    The arguments are those of `sim.analysis.attribution.factorial.differences`.
    """
    found = simulate_differences(plan, selected_measures, out, run_options, on_progress)
    for measure in selected_measures:
        yield attribute_measure(measure, plan.mechanisms, found[measure.name])


def attribute_measure(
    measure: Measure, mechanisms: Sequence[str], differences: NDArray[Any]
) -> Attribution:
    """Return the split of one measure from its differences, (subset, world)."""
    shares = shapley_values(differences)
    rows = np.stack([differences[-1], *shares, differences[0]])
    whole, *parts, other = _bootstrap_means(rows)
    return Attribution(measure, whole, dict(zip(mechanisms, parts, strict=True)), other)


def _bootstrap_means(rows: NDArray[Any]) -> list[Interval]:
    """Return the mean of each row with its interval: a bootstrap of whole worlds (Efron 1979)."""
    dice = np.random.default_rng(_BOOTSTRAP_SEED)
    worlds = rows.shape[1]
    drawn = np.empty((_REPLICATES, len(rows)))
    for again in range(_REPLICATES):
        drawn[again] = rows[:, dice.integers(worlds, size=worlds)].mean(axis=1)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return [Interval(*map(float, each)) for each in zip(rows.mean(axis=1), low, high, strict=True)]
