from __future__ import annotations

import pytest

from sim.analysis.stories.replay import resimulate
from sim.analysis.stories.turned import draw_name, near_misses
from sim.analysis.tipping.decision import DecisionTip, FutureStreams, find_turning_decision
from sim.analysis.tipping.sentences import describe_decision
from sim.analysis.tipping.target import parse_target
from sim.analysis.tipping.tip import select_outcome
from sim.errors import RequestError
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from tests.worlds import quarrel


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return quarrel(months=12)


def turn(scenario: Scenario, world: int, to: str = ">=1", futures: int = 50) -> DecisionTip:
    measure = select_outcome(scenario, "war_any")
    return find_turning_decision(scenario, world, measure, parse_target(to, measure), futures)


def test_the_nearest_decision_that_turns_a_world_is_named_with_its_chance(
    scenario: Scenario,
) -> None:
    result = turn(scenario, 6)
    assert result.near
    assert 0 < result.turning <= result.tried
    assert (result.own_value, result.value) == (0, 1)
    text = " ".join(describe_decision(result))
    assert text.startswith("One decision turns it. In Dec 2024 ")
    assert "Decided the other way, with every other draw kept, it is yes instead of no." in text
    assert f"{result.turning} of the {result.tried} decisions that were turned" in text


def test_it_is_taken_both_ways_in_other_futures_of_that_month(scenario: Scenario) -> None:
    result = turn(scenario, 6)
    assert result.futures
    as_decided, turned = result.futures
    assert as_decided.high < turned.low
    assert "The decision all but settles it" in " ".join(describe_decision(result))


def test_the_future_of_a_world_s_own_number_is_that_world(scenario: Scenario) -> None:
    record = resimulate(scenario, 6)
    choice = near_misses(record)[0].choice
    name = draw_name(scenario, 6, choice)
    streams = FutureStreams(record, choice.month, name, choice.draw, 7)
    worlds = simulate(scenario, 0, 7, streams=streams).worlds
    own = {column: values[6].item() for column, values in worlds.items()}
    assert own == record.measure_values


def test_a_world_that_is_so_already_needs_no_decision(scenario: Scenario) -> None:
    result = turn(scenario, 13)
    assert result.holds_already
    assert list(describe_decision(result)) == ["Nothing need change: in world 13 it is yes."]


def test_a_world_without_such_a_decision_says_so(scenario: Scenario) -> None:
    text = "No decision that could turn it came up in world 0. As it is: no."
    assert list(describe_decision(turn(scenario, 0))) == [text]


def test_where_no_decision_is_enough_it_says_how_many_were_tried(scenario: Scenario) -> None:
    measure = select_outcome(scenario, "disputes")
    target = parse_target(">1000", measure)
    result = find_turning_decision(scenario, 6, measure, target, 10)
    [text] = describe_decision(result)
    assert text.startswith(
        f"No single decision turns it: world 6 was simulated with each of {result.tried}"
    )


def test_an_outcome_that_the_world_does_not_define_is_refused(scenario: Scenario) -> None:
    measure = select_outcome(scenario, "honoured_pact")
    with pytest.raises(RequestError, match=r"is defined only where .* not so in world 0"):
        find_turning_decision(scenario, 0, measure, parse_target(">.5", measure))
