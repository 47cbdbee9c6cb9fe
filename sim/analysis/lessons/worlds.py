"""The simulated worlds of one scenario, from which outcomes are read, each part simulated once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from sim.analysis.choices.measure import ChoiceTable, measure_choices
from sim.analysis.data.resolve import (
    DEFAULT_RUN_OPTIONS,
    ProgressFactory,
    RunSettings,
    ensure_simulated,
    skip_progress,
)
from sim.analysis.lessons.outcomes import Outcome, OutcomeFamily
from sim.analysis.stress.matrix import ANY, SIDES, Cell, StressMatrix
from sim.analysis.stress.openings import parse_opening
from sim.analysis.stress.simulate import simulate_stress
from sim.experiment.run import RunOptions
from sim.experiment.storage.results import Results, open_run_results
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario
from sim.steps import announce

DEFAULT_WORLDS = 1000
"""Pairs of worlds that a lesson is answered with."""
STRESS_WORLDS = 500
"""Pairs of worlds of each crisis, at most."""


@dataclass(frozen=True)
class Simulation:
    """How scenarios are simulated.

    Attributes:
        worlds: number of worlds; each crisis is opened in at most `STRESS_WORLDS` of them.
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


class ScenarioWorlds:
    """The worlds of one scenario file.

    Attributes:
        file: the file.
        simulation: how it is simulated.
    """

    def __init__(self, file: Path, simulation: Simulation = DEFAULT_SIMULATION) -> None:
        self.file, self.simulation = file, simulation
        self._crises: dict[str, StressMatrix] = {}

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario.

        Raises:
            ScenarioError: the file cannot be used.
        """
        return load_scenario(self.file).scenario

    @cached_property
    def results(self) -> Results:
        """The run, which is simulated unless it was before.

        Raises:
            ResultsError: the folder cannot be read or written.
            SimulationError: no world could be simulated.
        """
        simulation = self.simulation
        (folder,) = ensure_simulated(
            [self.file],
            RunSettings(worlds=simulation.worlds),
            simulation.results,
            simulation.options,
            simulation.open_progress,
        )
        return open_run_results(folder).require_readable()

    @cached_property
    def choices(self) -> ChoiceTable:
        """The expected rates of choices.

        Raises:
            SimulationError: some worlds could not be simulated.
        """
        workers = self.simulation.options.workers
        announce("Simulating choices")
        return measure_choices(self.scenario, self.simulation.worlds, workers=workers)

    def crisis(self, opening: str) -> StressMatrix:
        """Return what came of a crisis.

        Raises:
            RequestError: the scenario does not allow the opening.
            SimulationError: some worlds could not be simulated.
        """
        if opening not in self._crises:
            announce("Opening a crisis")
            self._crises[opening] = simulate_stress(
                self.scenario,
                [parse_opening(opening, self.scenario)],
                min(self.simulation.worlds, STRESS_WORLDS),
                workers=self.simulation.options.workers,
            )
        return self._crises[opening]

    def values(self, outcome: Outcome) -> NDArray[Any]:
        """Return an outcome that is no measure world by world, (world,).

        Raises:
            RequestError: the scenario does not have it.
            SimulationError: some worlds could not be simulated.
        """
        if outcome.family is OutcomeFamily.STRESS:
            name = str(parse_opening(outcome.opening, self.scenario))
            cell = Cell(name, "aid", outcome.parts[2], SIDES[0], ANY)
            return self.crisis(outcome.opening).values(cell)
        return self._chances(outcome)

    def _chances(self, outcome: Outcome) -> NDArray[Any]:
        """Return the expected rate a year, or the chance of help, (world,)."""
        if outcome.family is OutcomeFamily.RATE:
            return self.choices.values[self.choices.find(*outcome.parts)]
        rivalry, partner, ally = outcome.parts
        return self.choices.values[self.choices.find("help", rivalry, ally, partner)]
