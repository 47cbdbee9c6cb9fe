"""What allies do in the worlds of a case: the chance that the rule gives to each answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.experiment.blocks import OnProgress
from sim.model.arrays import Levels
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.casebook.answers import AID_LEVELS, AllyAnswer
from sim.validation.studies.casebook.cases import WarCase

_AID_EVENTS = ("sends", "joins")
"""Events by which an actor is on a principal's side; they name the principal and the level."""


@dataclass(frozen=True)
class SimulatedCase:
    """One answer of history beside the answers of the worlds.

    Attributes:
        answer: what the ally did.
        case: where.
        level_counts: in how many worlds it went so far and no further, a number for each of `LEVELS`.
    """

    answer: AllyAnswer
    case: WarCase
    level_counts: tuple[int, ...]

    def forecast(self, min_level: int) -> float:
        """Return the chance given to its going as far as `min_level`, never 0 or 1 (Jeffreys)."""
        return (sum(self.level_counts[min_level:]) + 0.5) / (sum(self.level_counts) + 1)


def simulate_cases(
    cases: tuple[WarCase, ...], worlds: int, on_progress: OnProgress = lambda _: None
) -> list[SimulatedCase]:
    """Live every case in so many worlds; `on_progress` hears how many worlds have been lived so far."""
    lived: list[SimulatedCase] = []
    for done, case in enumerate(cases, start=1):
        lived += _simulate_case(case, case.scenario, worlds)
        on_progress(done * worlds)
    return lived


def _simulate_case(case: WarCase, scenario: Scenario, worlds: int) -> list[SimulatedCase]:
    history = simulate(scenario, 0, worlds)
    return [
        SimulatedCase(
            answer,
            case,
            _count_levels(highest_levels(history, answer.ally, answer.partner, worlds)),
        )
        for answer in case.answers
    ]


def highest_levels(history: History, ally: str, partner: str, worlds: int) -> Levels:
    """Return the furthest an ally went on a principal's side in each world, (world,), 0 nothing."""
    events = history.events
    came = np.isin(events["event"], _AID_EVENTS)
    came &= (events["actor"] == ally) & (events["towards"] == partner)
    level = np.zeros(worlds, dtype=np.int8)
    np.maximum.at(level, events["world"][came].astype(np.intp), events["level"][came])
    return level


def _count_levels(levels: Levels) -> tuple[int, ...]:
    return tuple(int(count) for count in np.bincount(levels, minlength=len(AID_LEVELS)))
