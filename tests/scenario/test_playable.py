"""The table of decisions that can be taken by hand fits what the model decides."""

from __future__ import annotations

import pytest

from sim.model.decision_log import DecisionLog
from sim.model.simulate import simulate
from sim.scenario.playable import Occasion, list_occasions, load_playable
from sim.scenario.schema.scenario import Scenario
from tests.worlds import real, tangle


@pytest.fixture(scope="module")
def pact() -> Scenario:
    """The real scenario, for some months."""
    return real("pact").model_copy(update={"months": 12})


def logged(scenario: Scenario, worlds: int) -> set[Occasion]:
    """Return the occasions of all decisions of some worlds."""
    log = DecisionLog()
    simulate(scenario, 0, worlds, log=log)
    return {Occasion(*decision.key) for decision in log.decisions}


@pytest.mark.parametrize("scenario", [real("pact"), tangle()], ids=["pact", "tangle"])
def test_every_decision_of_a_kind_in_the_table_is_an_occasion_that_it_lists(
    scenario: Scenario,
) -> None:
    decided = logged(scenario.model_copy(update={"months": 12}), 6)
    playable = {occasion for occasion in decided if occasion.what in load_playable()}
    assert playable
    assert playable <= set(list_occasions(scenario))


@pytest.mark.parametrize("what", load_playable())
def test_the_real_scenario_has_an_occasion_for_every_decision(pact: Scenario, what: str) -> None:
    occasions = list_occasions(pact, what)
    assert occasions
    assert len(set(occasions)) == len(occasions)
    assert {occasion.who for occasion in occasions} <= set(pact.actors)


@pytest.mark.parametrize("what", load_playable())
def test_what_can_be_decided_is_said_in_words_or_is_a_number(what: str) -> None:
    decision = load_playable()[what]
    assert decision.highest >= 1
    assert bool(decision.levels) != bool(decision.most)
    words = [decision.level_in_words(level) for level in range(decision.highest + 1)]
    assert len(set(words)) == len(words)


def test_an_actor_and_a_rivalry_of_one_code_are_kept_apart_by_the_kind(pact: Scenario) -> None:
    assert "ukraine" in pact.rivalries
    assert "ukraine" in pact.actors
    kinds = {occasion.what for occasion in list_occasions(pact) if occasion.who == "ukraine"}
    assert kinds
    assert not kinds & {"settle", "home soil", "dies", "first"}  # draws of the rivalry


def test_levels_are_listed_for_messages() -> None:
    assert load_playable()["vote"].levels_in_words == "0 no veto, 1 veto"
    assert load_playable()["provocation"].levels_in_words == "0 to 30"
