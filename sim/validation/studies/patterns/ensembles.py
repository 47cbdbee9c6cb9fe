"""Ensembles on which patterns are tested: reference populations, and worlds of one treaty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.experiment.blocks import OnProgress
from sim.model.measures.needs import has_aid_obligation
from sim.model.randomness.controlled import ControlledStreams
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.patterns.alignment import observe_alignment
from sim.validation.studies.patterns.simulated import (
    MONTHS_PER_YEAR,
    SimulatedEnsemble,
    simulate_ensemble,
)
from sim.validation.studies.patterns.subjects import Subjects, read_subjects
from sim.validation.studies.quarrels.record import DisputeRecord, read_disputes

_RELIABILITY_KEY = "rules.answers.since_1946.aid_due_two.open_war"
"""The record of allies that owe aid, varied to measure the effect of reliable allies."""
_LOW_QUANTILE, _HIGH_QUANTILE = 0.05, 0.95
"""Quantiles of its distribution."""

EXCHANGE_MECHANISMS = ("exchange", "payment", "technology")
"""Mechanisms that are off where no state buys arms from the target of sanctions."""


@dataclass(frozen=True)
class EnsembleSize:
    """The number of worlds, of months and of populations."""

    worlds: int
    treaty_worlds: int
    months: int
    populations: int


FULL_SIZE = EnsembleSize(worlds=125, treaty_worlds=500, months=10 * MONTHS_PER_YEAR, populations=4)
QUICK_SIZE = EnsembleSize(worlds=40, treaty_worlds=60, months=3 * MONTHS_PER_YEAR, populations=2)


@dataclass(frozen=True)
class Ensembles:
    """The ensembles simulated for the patterns.

    Attributes:
        subjects: the actors and codes that patterns of one treaty are about.
        disputes: the record of disputes between pairs of actors.
        reference: the populations as they are.
        without_pacts: the same worlds without any pact.
        unconditional: the same worlds with pacts that bind even if the partner attacks.
        unreliable: the same worlds with commitments that weigh little.
        reliable: the same worlds with commitments that weigh much.
        baseline: the scenario without the treaty.
        without_exchange: the baseline without the exchange and without the war under way.
        treaty: the scenario with the treaty.
    """

    subjects: Subjects
    disputes: DisputeRecord
    reference: Sequence[SimulatedEnsemble]
    without_pacts: Sequence[SimulatedEnsemble]
    unconditional: Sequence[SimulatedEnsemble]
    unreliable: Sequence[SimulatedEnsemble]
    reliable: Sequence[SimulatedEnsemble]
    baseline: SimulatedEnsemble
    without_exchange: SimulatedEnsemble
    treaty: SimulatedEnsemble


def simulate_ensembles(
    scenarios: Path, size: EnsembleSize, on_progress: OnProgress = lambda _: None
) -> Ensembles:
    """Simulate all ensembles; `on_progress` is called with the number of worlds so far.

    Raises:
        ScenarioError: a scenario, the table of subjects or the record of disputes is invalid.
    """
    subjects = read_subjects(scenarios)
    files = find_reference_files(scenarios)[: size.populations]
    populations = [load_scenario(file, [f"months={size.months}"]).scenario for file in files]
    simulator = _Simulator(size, on_progress)
    camps = tuple(camp.split() for camp in (subjects.camp, subjects.other_camp))
    off = [f"mechanisms.{name}=false" for name in EXCHANGE_MECHANISMS]
    baseline = scenarios / f"{subjects.baseline}.toml"
    return Ensembles(
        subjects=subjects,
        disputes=read_disputes(scenarios, list(load_scenario(baseline).scenario.actors)),
        reference=[simulator.simulate_population(population) for population in populations],
        without_pacts=[
            simulator.simulate_population(remove_pacts(population)) for population in populations
        ],
        unconditional=[
            simulator.simulate_population(make_unconditional(population))
            for population in populations
        ],
        unreliable=[
            simulator.simulate_population(population, _LOW_QUANTILE) for population in populations
        ],
        reliable=[
            simulator.simulate_population(population, _HIGH_QUANTILE) for population in populations
        ],
        baseline=simulator.simulate_treaty(baseline),
        without_exchange=simulator.simulate_treaty(baseline, off, at_peace=True),
        treaty=simulator.simulate_treaty(scenarios / f"{subjects.scenario}.toml", camps=camps),
    )


def find_reference_files(scenarios: Path) -> list[Path]:
    """Return the files of the reference populations, in their order.

    Raises:
        ScenarioError: there are none.
    """
    folder = scenarios / "reference"
    files = sorted(folder.glob("population_*.toml"))
    if not files:
        raise ScenarioError([Problem(folder, None, "", "has no population_*.toml in it")])
    return files


def remove_pacts(scenario: Scenario) -> Scenario:
    """Return the scenario without obligations to aid; other obligations stay."""
    remaining = {
        code: treaty for code, treaty in scenario.treaties.items() if not has_aid_obligation(treaty)
    }
    return scenario.model_copy(update={"treaties": remaining})


def remove_wars(scenario: Scenario) -> Scenario:
    """Return the scenario without the wars under way when it opens."""
    return scenario.model_copy(update={"wars": {}})


def make_unconditional(scenario: Scenario) -> Scenario:
    """Return the scenario with every pact binding even if the partner attacks."""
    treaties = {
        code: treaty.model_copy(update={"conditional": False})
        for code, treaty in scenario.treaties.items()
    }
    return scenario.model_copy(update={"treaties": treaties})


class _Simulator:
    """Simulates ensembles of a given size, and reports the number of worlds so far."""

    def __init__(self, size: EnsembleSize, on_progress: OnProgress) -> None:
        self._size, self._on_progress, self._worlds_done = size, on_progress, 0

    def simulate_population(
        self, scenario: Scenario, reliability: float | None = None
    ) -> SimulatedEnsemble:
        """Simulate a population; `reliability` is the quantile of the weight of commitments."""
        count = self._size.worlds
        numbers = np.arange(count)
        plan = {} if reliability is None else {_RELIABILITY_KEY: np.full(count, reliability)}
        streams = ControlledStreams(scenario.seed, numbers, numbers, plan) if plan else None
        return self._report_progress(simulate_ensemble(scenario, count, streams))

    def simulate_treaty(
        self,
        file: Path,
        settings: Sequence[str] = (),
        camps: Sequence[Sequence[str]] = (),
        *,
        at_peace: bool = False,
    ) -> SimulatedEnsemble:
        """Simulate a scenario of one treaty; with `camps`, observe its alignment every year.

        With `at_peace`, no war is under way when it opens.
        """
        scenario = load_scenario(file, [f"months={self._size.months}", *settings]).scenario
        scenario = remove_wars(scenario) if at_peace else scenario
        observe = partial(observe_alignment, camps=camps) if camps else None
        return self._report_progress(
            simulate_ensemble(scenario, self._size.treaty_worlds, observe=observe)
        )

    def _report_progress(self, ensemble: SimulatedEnsemble) -> SimulatedEnsemble:
        self._worlds_done += ensemble.world_count
        self._on_progress(self._worlds_done)
        return ensemble
