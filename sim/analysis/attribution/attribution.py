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

from sim.analysis.attribution.factorial import Plan, Told, differences
from sim.analysis.data.resolve import AS_EVER
from sim.analysis.data.run_reader import known_measure
from sim.errors import RequestError
from sim.experiment.run import Wish
from sim.model.measures.registry import Measure, measures
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import CONFIDENCE, Interval
from sim.statistics.shapley import shapley

RESAMPLES = 2000
_SEED = 20240619
"""Of the bootstrap, so that the same worlds give the same interval."""


@dataclass(frozen=True)
class Split:
    """The difference between two scenarios in one measure, mean over worlds.

    Attributes:
        measure: what differs.
        whole: the first scenario less the second, everything at work.
        shares: what each mechanism adds to that.
        other: what is left with all of them switched off.
    """

    measure: Measure
    whole: Interval
    shares: dict[str, Interval]
    other: Interval

    @property
    def differs(self) -> bool:
        """Whether any pair of worlds differs, with whatever at work."""
        every = (self.whole, self.other, *self.shares.values())
        return any(figure != 0 for interval in every for figure in interval)


def chosen_measures(scenario: Scenario, given: Sequence[str] | None) -> list[Measure]:
    """Return the measures to split: those asked for, or the headlines taken over all worlds.

    Raises:
        RequestError: one is not known, or is taken over some worlds only.
    """
    known = {measure.name: measure for measure in measures(scenario)}
    if not given:
        return [each for each in known.values() if each.headline and not each.given]
    found = [known_measure(name, known) for name in given]
    for measure in found:
        if measure.given:
            raise RequestError(
                f"--measure {measure.name}: is taken over worlds with {measure.given} only, which "
                f"are not the same in every run\n    name {measure.given}, or another measure"
            )
    return found


def attribute(
    plan: Plan,
    shown: Sequence[Measure],
    out: Path,
    wish: Wish = AS_EVER,
    told: Told = lambda _: None,
) -> Iterator[Split]:
    """Yield the split of every measure; what was lived before is read again.

    The arguments are those of `sim.analysis.attribution.factorial.differences`.
    """
    found = differences(plan, shown, out, wish, told)
    for measure in shown:
        yield split(measure, plan.mechanisms, found[measure.name])


def split(measure: Measure, mechanisms: Sequence[str], differing: NDArray[Any]) -> Split:
    """Return the split of one measure from its differences, (subset, world)."""
    shares = shapley(differing)
    rows = np.stack([differing[-1], *shares, differing[0]])
    whole, *parts, other = _intervals(rows)
    return Split(measure, whole, dict(zip(mechanisms, parts, strict=True)), other)


def _intervals(rows: NDArray[Any]) -> list[Interval]:
    """Return the mean of each row with its interval: a bootstrap of whole worlds (Efron 1979)."""
    dice = np.random.default_rng(_SEED)
    worlds = rows.shape[1]
    drawn = np.empty((RESAMPLES, len(rows)))
    for again in range(RESAMPLES):
        drawn[again] = rows[:, dice.integers(worlds, size=worlds)].mean(axis=1)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return [Interval(*map(float, each)) for each in zip(rows.mean(axis=1), low, high, strict=True)]
