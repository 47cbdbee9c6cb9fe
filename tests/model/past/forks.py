"""Scenarios with a past, for tests."""

from __future__ import annotations

from typing import Any

from sim.model.recording.history import History
from sim.scenario.schema.past import MoveSpec, PastSpec, RulesAfterwards
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import story

PAST_WORLD = 17


def fork(
    scenario: Scenario,
    months: int = 0,
    *moves: MoveSpec,
    rules: RulesAfterwards = RulesAfterwards.OWN,
    world: int = PAST_WORLD,
) -> Scenario:
    """Return a scenario whose worlds share some months of one world, with moves by hand."""
    past = PastSpec(world=world, months=months, rules=rules, moves=moves)
    return scenario.model_copy(update={"past": past})


def move(month: int, what: str, *names: str, level: int = 1) -> MoveSpec:
    """Return a move: who decides, towards whom, and about what."""
    who, towards, about = (*names, "", "")[:3]
    return MoveSpec(month=month, what=what, who=who, towards=towards, about=about, level=level)


def events_until(history: History, world: int, month: int) -> list[tuple[Any, ...]]:
    """Return the events of a world up to the end of a month."""
    return [event for event in story(history.events, world) if event[0] <= month]
