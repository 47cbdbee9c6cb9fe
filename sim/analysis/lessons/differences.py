"""Differences of outcomes between two scenarios, in paired worlds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.analysis.choices.compare import ChoiceEffect, compare_choices, find_effect
from sim.analysis.comparison.measure_difference import compare_measure
from sim.analysis.data.resolve import (
    DEFAULT_RUN_OPTIONS,
    ProgressFactory,
    RunSettings,
    ensure_simulated,
    skip_progress,
)
from sim.analysis.lessons.outcomes import Outcome, OutcomeFamily
from sim.analysis.stress.matrix import ANY, SIDES, Cell, compare_stress
from sim.analysis.stress.openings import parse_opening
from sim.analysis.stress.simulate import simulate_matrices
from sim.experiment.run import RunOptions
from sim.experiment.storage.results import Results, open_run_results
from sim.model.measures.registry import MeasureKind
from sim.scenario.load import load_scenario
from sim.scenario.schema.lesson import Turn
from sim.statistics.intervals import Interval

DEFAULT_WORLDS = 1000
"""Pairs of worlds that a lesson is answered with."""
STRESS_WORLDS = 500
"""Pairs of worlds of each crisis."""
SMALLEST_SHARE = 0.005
"""A difference of shares, or of chances, below this is not worth a lesson: half a point."""
SMALLEST_CHANGE = 0.005
"""A change of an amount or a rate below this part of it is not worth a lesson."""


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


@dataclass(frozen=True)
class Simulation:
    """How the two scenarios are simulated.

    Attributes:
        worlds: number of pairs; each crisis is opened in at most `STRESS_WORLDS` of them.
        results: where runs are stored, and looked for.
        options: options of these runs.
        open_progress: called with a number of worlds; yields what reports progress.
    """

    worlds: int = DEFAULT_WORLDS
    results: Path = Path("results")
    options: RunOptions = DEFAULT_RUN_OPTIONS
    open_progress: ProgressFactory = skip_progress


DEFAULT_SIMULATION = Simulation()
"""How a lesson is simulated by default."""


def compare_outcomes(
    outcomes: Sequence[Outcome], side: Path, base: Path, simulation: Simulation
) -> list[OutcomeDifference]:
    """Return the difference of each outcome, in their order; both sides are scenario files.

    Raises:
        RequestError: the worlds are no pairs, or too many.
        ScenarioError: a file cannot be used.
        ResultsError: a results folder cannot be read or written.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    found: dict[str, OutcomeDifference] = {}
    for compare, families in (
        (_compare_measures, (OutcomeFamily.MEASURE,)),
        (_compare_choices, (OutcomeFamily.RATE, OutcomeFamily.HELP)),
        (_compare_crises, (OutcomeFamily.STRESS,)),
    ):
        chosen = [outcome for outcome in outcomes if outcome.family in families]
        if chosen:
            differences = compare(chosen, side, base, simulation)
            found |= {difference.outcome.name: difference for difference in differences}
    return [found[outcome.name] for outcome in outcomes]


def _compare_measures(
    outcomes: Sequence[Outcome], side: Path, base: Path, simulation: Simulation
) -> Iterable[OutcomeDifference]:
    folders = ensure_simulated(
        [base, side],
        RunSettings(worlds=simulation.worlds),
        simulation.results,
        simulation.options,
        simulation.open_progress,
    )
    without, with_ = (open_run_results(folder).require_readable() for folder in folders)
    for outcome in outcomes:
        yield _measure_difference(outcome, with_, without)


def _measure_difference(outcome: Outcome, with_: Results, without: Results) -> OutcomeDifference:
    measure = with_.measures[outcome.name]
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


def _compare_choices(
    outcomes: Sequence[Outcome], side: Path, base: Path, simulation: Simulation
) -> Iterable[OutcomeDifference]:
    effects = compare_choices(
        load_scenario(side).scenario,
        load_scenario(base).scenario,
        simulation.worlds,
        workers=simulation.options.workers,
    )
    for outcome in outcomes:
        yield _choice_difference(outcome, _find_effect(outcome, effects))


def _find_effect(outcome: Outcome, effects: list[ChoiceEffect]) -> ChoiceEffect:
    if outcome.family is OutcomeFamily.RATE:
        return find_effect(effects, *outcome.parts)
    rivalry, partner, ally = outcome.parts
    return find_effect(effects, "help", rivalry, ally, partner)


def _choice_difference(outcome: Outcome, effect: ChoiceEffect) -> OutcomeDifference:
    is_rate = outcome.family is OutcomeFamily.RATE
    change = effect.difference
    return OutcomeDifference(
        outcome,
        not is_rate,
        "expected per year" if is_rate else "expected chance",
        effect.with_.value,
        effect.without.value,
        change,
        change.low == change.high == 0,
    )


def _compare_crises(
    outcomes: Sequence[Outcome], side: Path, base: Path, simulation: Simulation
) -> Iterable[OutcomeDifference]:
    scenarios = [load_scenario(file).scenario for file in (side, base)]
    openings = [parse_opening(outcome.opening, scenarios[0]) for outcome in outcomes]
    worlds = min(simulation.worlds, STRESS_WORLDS)
    with_, without = simulate_matrices(
        scenarios, openings, worlds, workers=simulation.options.workers
    )
    comparison = compare_stress(with_, without)
    for outcome, opening in zip(outcomes, openings, strict=True):
        cell = Cell(str(opening), "aid", outcome.parts[2], SIDES[0], ANY)
        yield OutcomeDifference(
            outcome,
            True,
            "share of worlds",
            with_.interval(cell).value,
            without.interval(cell).value,
            comparison.difference(cell),
            bool(np.array_equal(with_.values(cell), without.values(cell))),
        )
