"""What holds in every month of every world of any scenario."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import sim.model.model as engine
from sim.model.context import PhaseContext
from sim.model.entities.rivalry import NONE, WAR, Rivalry
from sim.model.entities.war import MATERIEL, OPEN_WAR
from sim.model.model import AllianceModel
from sim.model.phases.mutual_defence import answer_calls
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import story
from tests.model.random_scenarios import MONTHS, scenarios

WORLDS = 12


@given(scenarios())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_in_any_scenario(scenario: Scenario) -> None:
    _live_and_check(scenario)


@pytest.mark.slow
@given(scenarios())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_in_any_scenario_of_many(scenario: Scenario) -> None:
    _live_and_check(scenario)


def _live_and_check(scenario: Scenario) -> None:
    block = AllianceModel(scenario, 0, WORLDS)
    try:
        with _watching_calls():
            for _ in range(MONTHS):
                block.step()
                _check_month(block.context)
        _check_events(scenario, block)
    finally:
        block.close()


@contextmanager
def _watching_calls() -> Iterator[None]:
    """Have it checked that nobody is left with cause to call once all have been answered."""

    def watched(stage: PhaseContext) -> None:
        answer_calls(stage)
        for rivalry in stage.state.rivalries.values():
            assert not rivalry.war.may_call.any()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "answer_calls", watched)
        yield


# -- month by month ---------------------------------------------------------------------------


def _check_month(stage: PhaseContext) -> None:
    for rivalry in stage.state.rivalries.values():
        _check_dispute(rivalry)
        _check_war(rivalry)
    _check_treaties(stage)
    _check_memory(stage)
    _check_odds(stage)


def _check_dispute(rivalry: Rivalry) -> None:
    assert rivalry.rung.min() >= NONE
    assert rivalry.rung.max() <= WAR
    assert (rivalry.highest_rung >= rivalry.rung).all()
    assert np.array_equal(rivalry.rung == WAR, rivalry.war.on)


def _check_war(rivalry: Rivalry) -> None:
    war = rivalry.war
    over = ~war.on
    for held in (war.level, war.committed_level, war.may_call):
        assert not held[:, :, over].any()
    for side, rival in enumerate(rivalry.rivals):
        assert (war.level[side, rival, war.on] == OPEN_WAR).all()
    assert not ((war.level[0] == OPEN_WAR) & (war.level[1] == OPEN_WAR)).any()
    assert (np.abs(war.front) <= 1).all()
    assert ((war.weariness >= 0) & (war.weariness <= 1)).all()


def _check_treaties(stage: PhaseContext) -> None:
    state = stage.state
    for code, treaty in state.treaties.items():
        assert np.array_equal(treaty.invoked, treaty.honoured + treaty.reneged)
        assert ((treaty.level > 0) == (treaty.honoured > 0)).all()
        bound = state.binding[code]
        assert ((bound >= 0) & (bound <= 1)).all()
        assert not bound[state.month >= treaty.lapse_month].any()
        heirs = [heir for heir in state.treaties.values() if heir.spec.replaces == code]
        for heir in heirs:
            if heir.spec.concluded:
                assert not bound[state.month >= heir.in_force_month].any()


def _check_memory(stage: PhaseContext) -> None:
    memory, actors = stage.state.memory, range(len(stage.actors))
    assert ((memory.affinity >= 0) & (memory.affinity <= 1)).all()
    for observer in actors:
        for other in actors:
            belief = memory.belief(observer, other)
            assert ((belief >= 0) & (belief <= 1)).all()


def _check_odds(stage: PhaseContext) -> None:
    for rivalry, side, actor in stage.rivalry_sides():
        odds = actor.challenge_odds(rivalry, side), actor.war_odds(rivalry, side)
        assert np.isfinite(odds).all()


# -- event by event ---------------------------------------------------------------------------


def _check_events(scenario: Scenario, block: AllianceModel) -> None:
    events = block.history().events
    when = list(zip(events["world"].tolist(), events["month"].tolist(), strict=True))
    assert when == sorted(when)
    for world in range(WORLDS):
        _check_story(scenario, story(events, world))


def _check_story(scenario: Scenario, events: list[tuple[object, ...]]) -> None:
    """Check that who is at war was challenged, and who is dragged in was called."""
    under_way = {war.rivalry for war in scenario.wars.values()}
    called = [event for event in events if event[1] == "called"]
    assert len(called) == len({*called}), "called twice in a month"
    challenged: set[object] = set()
    at_war: set[object] = set(under_way)
    for _, event, actor, towards, subject, level in events:
        if event == "challenge":
            assert subject not in at_war
            challenged.add(subject)
        if event == "war":
            assert subject in challenged
            at_war.add(subject)
        if event in ("peace", "victory", "ceasefire"):
            assert subject in at_war
            at_war.remove(subject)
            challenged.discard(subject)
        if event in ("sends", "joins"):
            assert subject in at_war
            assert actor != towards
            assert MATERIEL <= int(str(level)) <= OPEN_WAR
