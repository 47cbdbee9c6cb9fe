"""What allies do in the worlds of a case: the chance that the rule gives to each answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Levels
from sim.model.recording.history import History
from sim.model.simulate import live
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.casebook.answers import LEVELS, Answer
from sim.validation.studies.casebook.cases import Case

_COMES = ("sends", "joins")
"""Events by which an actor is on a principal's side; they name the principal and the level."""


@dataclass(frozen=True)
class Lived:
    """One answer of history beside the answers of the worlds.

    Attributes:
        answer: what the ally did.
        case: where.
        counts: in how many worlds it went so far and no further, a number for each of `LEVELS`.
    """

    answer: Answer
    case: Case
    counts: tuple[int, ...]

    def forecast(self, least: int) -> float:
        """Return the chance given to its going as far as `least`, never 0 or 1 (Jeffreys)."""
        return (sum(self.counts[least:]) + 0.5) / (sum(self.counts) + 1)


def live_cases(
    cases: tuple[Case, ...], worlds: int, told: Callable[[int], None] = lambda _: None
) -> list[Lived]:
    """Live every case in so many worlds; `told` hears how many worlds have been lived so far."""
    lived: list[Lived] = []
    for done, case in enumerate(cases, start=1):
        lived += _live(case, case.scenario, worlds)
        told(done * worlds)
    return lived


def _live(case: Case, scenario: Scenario, worlds: int) -> list[Lived]:
    history = live(scenario, 0, worlds)
    return [
        Lived(answer, case, _counts(furthest(history, answer.ally, answer.partner, worlds)))
        for answer in case.answers
    ]


def furthest(history: History, ally: str, partner: str, worlds: int) -> Levels:
    """Return the furthest an ally went on a principal's side in each world, (world,), 0 nothing."""
    events = history.events
    came = np.isin(events["event"], _COMES)
    came &= (events["actor"] == ally) & (events["towards"] == partner)
    level = np.zeros(worlds, dtype=np.int8)
    np.maximum.at(level, events["world"][came].astype(np.intp), events["level"][came])
    return level


def _counts(levels: Levels) -> tuple[int, ...]:
    return tuple(int(count) for count in np.bincount(levels, minlength=len(LEVELS)))
