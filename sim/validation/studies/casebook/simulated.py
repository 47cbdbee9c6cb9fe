"""Simulates the cases: the chance that the rule gives to each answer of an ally."""

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
from sim.validation.studies.casebook.features import COMMITMENTS, commitment_of

_AID_EVENTS = ("sends", "joins")
"""Events by which an actor aids a principal; they record the principal and the level."""
_UNPROMISED_EVENTS = (*_AID_EVENTS, "helps")
"""The same of one that promised nothing: what it decides to send is there at once."""


@dataclass(frozen=True)
class SimulatedAnswer:
    """One ally's answer in history beside its answers in the simulated worlds.

    Attributes:
        answer: what the ally did.
        case: the war.
        level_counts: the number of worlds by highest level of aid, in the order of `AID_LEVELS`.
    """

    answer: AllyAnswer
    case: WarCase
    level_counts: tuple[int, ...]

    def forecast(self, min_level: int) -> float:
        """Return the chance of aid of at least `min_level`, never 0 or 1 (Jeffreys)."""
        return (sum(self.level_counts[min_level:]) + 0.5) / (sum(self.level_counts) + 1)


def simulate_cases(
    cases: tuple[WarCase, ...], worlds: int, on_progress: OnProgress = lambda _: None
) -> list[SimulatedAnswer]:
    """Simulate every case; `on_progress` is called with the number of worlds simulated so far."""
    answers: list[SimulatedAnswer] = []
    for done, case in enumerate(cases, start=1):
        answers += _simulate_case(case, case.scenario, worlds)
        on_progress(done * worlds)
    return answers


def _simulate_case(case: WarCase, scenario: Scenario, worlds: int) -> list[SimulatedAnswer]:
    history = simulate(scenario, 0, worlds)
    return [
        SimulatedAnswer(
            answer,
            case,
            _count_levels(_answer_levels(history, case, answer, worlds)),
        )
        for answer in case.answers
    ]


def _answer_levels(history: History, case: WarCase, answer: AllyAnswer, worlds: int) -> Levels:
    promised = commitment_of(case, answer) != COMMITMENTS[-1]
    counted = _AID_EVENTS if promised else _UNPROMISED_EVENTS
    return highest_levels(history, answer.ally, answer.partner, worlds, counted)


def highest_levels(
    history: History,
    ally: str,
    partner: str,
    worlds: int,
    counted: tuple[str, ...] = _AID_EVENTS,
) -> Levels:
    """Return the highest level of an ally's aid to a principal, (world,); 0 is none.

    Args:
        history: what happened.
        ally: code of the ally.
        partner: code of the principal.
        worlds: the number of worlds.
        counted: the events that count as aid.
    """
    events = history.events
    aid = np.isin(events["event"], counted)
    aid &= (events["actor"] == ally) & (events["towards"] == partner)
    level = np.zeros(worlds, dtype=np.int8)
    np.maximum.at(level, events["world"][aid].astype(np.intp), events["level"][aid])
    return level


def _count_levels(levels: Levels) -> tuple[int, ...]:
    return tuple(int(count) for count in np.bincount(levels, minlength=len(AID_LEVELS)))
