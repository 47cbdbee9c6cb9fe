"""Differences of outcomes between two scenarios, in paired worlds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison.measure_difference import compare_measure
from sim.analysis.lessons.outcomes import Outcome, OutcomeFamily
from sim.analysis.lessons.worlds import ScenarioWorlds
from sim.errors import RequestError
from sim.experiment.storage.results import Results
from sim.model.measures.registry import MeasureKind
from sim.scenario.schema.lesson import Turn
from sim.statistics.intervals import Interval
from sim.statistics.paired import (
    all_pairs_equal,
    count_four_way,
    paired_mean_difference,
    paired_share_difference,
)

SMALLEST_SHARE = 0.005
"""A difference of shares, or of chances, below this is not worth a lesson: half a point."""
SMALLEST_CHANGE = 0.005
"""A change of an amount or a rate below this part of it is not worth a lesson."""

_UNITS = {
    OutcomeFamily.RATE: "expected per year",
    OutcomeFamily.HELP: "expected chance",
    OutcomeFamily.STRESS: "share of worlds",
}


@dataclass(frozen=True)
class OutcomeDifference:
    """The difference of one outcome between two scenarios.

    Attributes:
        outcome: the outcome.
        is_share: whether it is a share of worlds or a chance.
        unit: its unit.
        with_, without: its value in the scenario and in the base.
        change: the scenario minus the base, paired, with its 95% interval.
        identical: whether it is the same in every pair of worlds.
    """

    outcome: Outcome
    is_share: bool
    unit: str
    with_: float
    without: float
    change: Interval
    identical: bool

    @property
    def relative(self) -> float:
        """The change as a share of the value in the base; NaN where that is 0."""
        return self.change.value / abs(self.without) if self.without else float("nan")

    @property
    def turn(self) -> Turn:
        """Which way it differs: not where the interval holds 0, or the difference is too small."""
        low, high = self.change.low, self.change.high
        if not (low > 0 or high < 0) or self._is_negligible:
            return Turn.SAME
        return Turn.MORE if low > 0 else Turn.LESS

    @property
    def _is_negligible(self) -> bool:
        if self.is_share:
            return abs(self.change.value) < SMALLEST_SHARE
        return abs(self.relative) < SMALLEST_CHANGE


def compare_outcome(
    outcome: Outcome, side: ScenarioWorlds, base: ScenarioWorlds
) -> OutcomeDifference:
    """Return the difference of an outcome, `side` minus `base`.

    Raises:
        RequestError: their worlds are no pairs, or one of them lacks the outcome.
        ResultsError: a results folder cannot be read or written.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    _require_pairs(side, base)
    if outcome.family is OutcomeFamily.MEASURE:
        return _compare_measure(outcome, side.results, base.results)
    with_, without = side.values(outcome), base.values(outcome)
    share = with_.dtype == bool
    change = (
        paired_share_difference(count_four_way(with_, without))
        if share
        else paired_mean_difference(with_, without)
    )
    return OutcomeDifference(
        outcome,
        outcome.family is not OutcomeFamily.RATE,
        _UNITS[outcome.family],
        float(with_.mean()),
        float(without.mean()),
        change,
        all_pairs_equal(with_, without),
    )


def _require_pairs(side: ScenarioWorlds, base: ScenarioWorlds) -> None:
    for what in ("seed", "months", "start"):
        first, second = getattr(side.scenario, what), getattr(base.scenario, what)
        if first != second:
            raise RequestError(
                f"{side.file}: {what} is {first}, and {second} in {base.file}, so that worlds are "
                "no pairs\n    a lesson needs a base of the same seed, months and start"
            )


def _compare_measure(outcome: Outcome, with_: Results, without: Results) -> OutcomeDifference:
    measure = with_.measure(outcome.name)
    compared = compare_measure(measure, with_, without, paired=True)
    return OutcomeDifference(
        outcome,
        measure.kind is MeasureKind.HAPPENED,
        measure.unit,
        _mean(with_, outcome.name, measure.given),
        _mean(without, outcome.name, measure.given),
        compared.change,
        compared.identical,
    )


def _mean(results: Results, name: str, given: str) -> float:
    """Return the mean of a measure over the worlds that define it; NaN where none does."""
    values = results.column(name).astype(np.float64)
    defined = values[results.column(given).astype(bool)] if given else values
    return float(defined.mean()) if len(defined) else float("nan")
