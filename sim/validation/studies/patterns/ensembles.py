"""The worlds in which patterns are looked for: reference populations, and those of one treaty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.model.measures.camps import promises_aid
from sim.model.randomness.controlled import PlannedLuck
from sim.scenario.load import load
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.patterns.alignment import look
from sim.validation.studies.patterns.simulated import YEAR, Lived, live_worlds
from sim.validation.studies.patterns.subjects import Subjects, read_subjects

RELIABILITY = "rules.honour.defence"
"""The weight of a promise of aid, which is moved to see what reliable allies do."""
LOW, HIGH = 0.05, 0.95
"""Where in its range: the share of worlds that as a rule have a lower one."""

NO_TIE = ("exchange", "payment", "technology")
"""Mechanisms that are off where nobody buys arms of the target of sanctions."""

Told = Callable[[int], None]


@dataclass(frozen=True)
class Size:
    """How many worlds are lived, how long, and of how many populations."""

    worlds: int
    treaty_worlds: int
    months: int
    populations: int


FULL = Size(worlds=125, treaty_worlds=500, months=10 * YEAR, populations=4)
QUICK = Size(worlds=40, treaty_worlds=60, months=3 * YEAR, populations=2)


@dataclass(frozen=True)
class Ensembles:
    """Worlds lived for the patterns.

    Attributes:
        about: whom the patterns of one treaty are about.
        reference: the populations as they are.
        without: the same worlds without any pact.
        unconditional: the same worlds with pacts that bind whoever began.
        unreliable, reliable: the same worlds with promises that weigh little, and much.
        baseline: the world before the treaty; `untied` without the exchange.
        treaty: the world with the treaty.
    """

    about: Subjects
    reference: Sequence[Lived]
    without: Sequence[Lived]
    unconditional: Sequence[Lived]
    unreliable: Sequence[Lived]
    reliable: Sequence[Lived]
    baseline: Lived
    untied: Lived
    treaty: Lived


def ensembles(scenarios: Path, size: Size, told: Told = lambda _: None) -> Ensembles:
    """Live all of them; `told` hears how many worlds have been lived.

    Raises:
        ScenarioError: a scenario or the table of subjects cannot be used.
    """
    about = read_subjects(scenarios)
    files = reference_files(scenarios)[: size.populations]
    populations = [load(file, [f"months={size.months}"]).scenario for file in files]
    live = _Living(size, told)
    camps = tuple(camp.split() for camp in (about.camp, about.other_camp))
    off = [f"mechanisms.{name}=false" for name in NO_TIE]
    return Ensembles(
        about=about,
        reference=[live.population(each) for each in populations],
        without=[live.population(without_pacts(each)) for each in populations],
        unconditional=[live.population(unconditional(each)) for each in populations],
        unreliable=[live.population(each, LOW) for each in populations],
        reliable=[live.population(each, HIGH) for each in populations],
        baseline=live.treaty(scenarios / f"{about.baseline}.toml"),
        untied=live.treaty(scenarios / f"{about.baseline}.toml", off),
        treaty=live.treaty(scenarios / f"{about.scenario}.toml", camps=camps),
    )


def reference_files(scenarios: Path) -> list[Path]:
    """Return the files of the reference populations, in their order.

    Raises:
        ScenarioError: there are none.
    """
    folder = scenarios / "reference"
    files = sorted(folder.glob("population_*.toml"))
    if not files:
        raise ScenarioError([Problem(folder, None, "", "has no population_*.toml in it")])
    return files


def without_pacts(scenario: Scenario) -> Scenario:
    """Return the scenario with no aid promised; what else was promised stays."""
    others = {
        code: treaty for code, treaty in scenario.treaties.items() if not promises_aid(treaty)
    }
    return scenario.model_copy(update={"treaties": others})


def unconditional(scenario: Scenario) -> Scenario:
    """Return the scenario with every pact binding whoever began the war."""
    treaties = {
        code: treaty.model_copy(update={"conditional": False})
        for code, treaty in scenario.treaties.items()
    }
    return scenario.model_copy(update={"treaties": treaties})


class _Living:
    """Lives worlds of the size that is asked for, and tells how many have been lived."""

    def __init__(self, size: Size, told: Told) -> None:
        self._size, self._told, self._done = size, told, 0

    def population(self, scenario: Scenario, reliability: float | None = None) -> Lived:
        """Live a population; with `reliability`, promises weigh that much of their range."""
        count = self._size.worlds
        numbers = np.arange(count)
        plan = {} if reliability is None else {RELIABILITY: np.full(count, reliability)}
        luck = PlannedLuck(scenario.seed, numbers, numbers, plan) if plan else None
        return self._count(live_worlds(scenario, count, luck))

    def treaty(
        self, file: Path, settings: Sequence[str] = (), camps: Sequence[Sequence[str]] = ()
    ) -> Lived:
        """Live a scenario of one treaty, looking every year into which camps it parts."""
        scenario = load(file, [f"months={self._size.months}", *settings]).scenario
        seen = partial(look, camps=camps) if camps else None
        return self._count(live_worlds(scenario, self._size.treaty_worlds, look=seen))

    def _count(self, lived: Lived) -> Lived:
        self._done += lived.count
        self._told(self._done)
        return lived
