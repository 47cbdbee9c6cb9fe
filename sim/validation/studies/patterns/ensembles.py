"""The worlds in which patterns are looked for: reference populations, and those of one treaty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.experiment.blocks import OnProgress
from sim.model.measures.camps import has_aid_obligation
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

_RELIABILITY_KEY = "rules.honour.defence"
"""The weight of a promise of aid, which is moved to see what reliable allies do."""
_LOW_QUANTILE, _HIGH_QUANTILE = 0.05, 0.95
"""Where in its range: the share of worlds that as a rule have a lower one."""

EXCHANGE_MECHANISMS = ("exchange", "payment", "technology")
"""Mechanisms that are off where nobody buys arms of the target of sanctions."""


@dataclass(frozen=True)
class EnsembleSize:
    """How many worlds are lived, how long, and of how many populations."""

    worlds: int
    treaty_worlds: int
    months: int
    populations: int


FULL_SIZE = EnsembleSize(worlds=125, treaty_worlds=500, months=10 * MONTHS_PER_YEAR, populations=4)
QUICK_SIZE = EnsembleSize(worlds=40, treaty_worlds=60, months=3 * MONTHS_PER_YEAR, populations=2)


@dataclass(frozen=True)
class Ensembles:
    """Worlds lived for the patterns.

    Attributes:
        subjects: whom the patterns of one treaty are about.
        reference: the populations as they are.
        without_pacts: the same worlds without any pact.
        unconditional: the same worlds with pacts that bind whoever began.
        unreliable, reliable: the same worlds with promises that weigh little, and much.
        baseline: the world before the treaty; `without_exchange` without the exchange.
        treaty: the world with the treaty.
    """

    subjects: Subjects
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
    """Live all of them; `on_progress` hears how many worlds have been lived.

    Raises:
        ScenarioError: a scenario or the table of subjects cannot be used.
    """
    about = read_subjects(scenarios)
    files = find_reference_files(scenarios)[: size.populations]
    populations = [load_scenario(file, [f"months={size.months}"]).scenario for file in files]
    live = _Simulator(size, on_progress)
    camps = tuple(camp.split() for camp in (about.camp, about.other_camp))
    off = [f"mechanisms.{name}=false" for name in EXCHANGE_MECHANISMS]
    return Ensembles(
        subjects=about,
        reference=[live.simulate_population(each) for each in populations],
        without_pacts=[live.simulate_population(remove_pacts(each)) for each in populations],
        unconditional=[live.simulate_population(make_unconditional(each)) for each in populations],
        unreliable=[live.simulate_population(each, _LOW_QUANTILE) for each in populations],
        reliable=[live.simulate_population(each, _HIGH_QUANTILE) for each in populations],
        baseline=live.simulate_treaty(scenarios / f"{about.baseline}.toml"),
        without_exchange=live.simulate_treaty(scenarios / f"{about.baseline}.toml", off),
        treaty=live.simulate_treaty(scenarios / f"{about.scenario}.toml", camps=camps),
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
    """Return the scenario with no aid promised; what else was promised stays."""
    others = {
        code: treaty for code, treaty in scenario.treaties.items() if not has_aid_obligation(treaty)
    }
    return scenario.model_copy(update={"treaties": others})


def make_unconditional(scenario: Scenario) -> Scenario:
    """Return the scenario with every pact binding whoever began the war."""
    treaties = {
        code: treaty.model_copy(update={"conditional": False})
        for code, treaty in scenario.treaties.items()
    }
    return scenario.model_copy(update={"treaties": treaties})


class _Simulator:
    """Lives worlds of the size that is asked for, and tells how many have been lived."""

    def __init__(self, size: EnsembleSize, on_progress: OnProgress) -> None:
        self._size, self._on_progress, self._worlds_done = size, on_progress, 0

    def simulate_population(
        self, scenario: Scenario, reliability: float | None = None
    ) -> SimulatedEnsemble:
        """Live a population; with `reliability`, promises weigh that much of their range."""
        count = self._size.worlds
        numbers = np.arange(count)
        plan = {} if reliability is None else {_RELIABILITY_KEY: np.full(count, reliability)}
        luck = ControlledStreams(scenario.seed, numbers, numbers, plan) if plan else None
        return self._report_progress(simulate_ensemble(scenario, count, luck))

    def simulate_treaty(
        self, file: Path, settings: Sequence[str] = (), camps: Sequence[Sequence[str]] = ()
    ) -> SimulatedEnsemble:
        """Live a scenario of one treaty, looking every year into which camps it parts."""
        scenario = load_scenario(file, [f"months={self._size.months}", *settings]).scenario
        seen = partial(observe_alignment, camps=camps) if camps else None
        return self._report_progress(
            simulate_ensemble(scenario, self._size.treaty_worlds, observe=seen)
        )

    def _report_progress(self, ensemble: SimulatedEnsemble) -> SimulatedEnsemble:
        self._worlds_done += ensemble.world_count
        self._on_progress(self._worlds_done)
        return ensemble
