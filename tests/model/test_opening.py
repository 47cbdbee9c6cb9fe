"""On the day a scenario opens the state is what the scenario says."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.entities.rivalry import WAR
from sim.model.model import AllianceModel
from sim.model.state import State
from sim.scenario.schema.scenario import Scenario
from tests import oracle
from tests.worlds import START, number, quarrel, tangle, treaty


def opened(scenario: Scenario, worlds: int = 50) -> State:
    """Return the state on the day the scenario opens."""
    block = AllianceModel(scenario, 0, worlds)
    block.close()
    return block.context.state


def test_numbers_stay_within_their_ranges_and_spread_over_them() -> None:
    worth = opened(quarrel(), 2000).worth[2, 1]
    assert 0.3 <= worth.min() < 0.35
    assert 0.85 < worth.max() <= 0.9
    assert worth.mean() == pytest.approx(0.6, abs=0.01)


def test_distance_is_over_the_globe_between_capitals() -> None:
    scenario, state = quarrel(), opened(quarrel())
    for row, origin in enumerate(scenario.actors.values()):
        for column, destination in enumerate(scenario.actors.values()):
            if not state.borders[row, column]:
                places = [
                    (actor.capital.latitude, actor.capital.longitude)
                    for actor in (origin, destination)
                ]
                assert state.distance[row, column] == pytest.approx(oracle.great_circle(*places))


def test_neighbours_are_no_distance_apart_whichever_of_the_two_says_so() -> None:
    state = opened(quarrel())
    rival, member = (state.codes.index(who) for who in ("rival", "member"))
    assert state.borders[rival, member] == state.borders[member, rival] == 1
    assert state.distance[rival, member] == state.distance[member, rival] == 0
    assert (state.reach[rival, member] == 1).all()


def test_troops_in_place_bring_near_what_is_near_their_host() -> None:
    plain = opened(quarrel())
    based = opened(quarrel(ties__friend__member={"stationed": number(5)}))
    friend, member, rival = (plain.codes.index(who) for who in ("friend", "member", "rival"))
    assert plain.distance[friend, rival] > 0
    assert based.distance[friend, rival] == based.distance[friend, member] == 0
    assert based.distance[member, friend] == plain.distance[member, friend]


def test_strength_halves_with_every_half_distance() -> None:
    state = opened(quarrel())
    half = state.rules.choice.half_distance
    expected = [oracle.reach(float(state.distance[3, 1]), float(km)) for km in half]
    assert state.reach[3, 1] == pytest.approx(expected)


def test_affinity_falls_with_the_distance_in_votes_and_never_below_none() -> None:
    state = opened(quarrel(actors__friend__ideal_point=9.0))
    rival, member, friend = (state.codes.index(who) for who in ("rival", "member", "friend"))
    assert state.memory.affinity[rival, member] == pytest.approx(1 - 1.2 / 4)
    assert (state.memory.affinity[rival, friend] == 0).all()
    assert (state.memory.affinity[rival, rival] == 1).all()


def test_a_war_under_way_is_on_with_those_who_support_it() -> None:
    state = opened(tangle())
    war, codes = state.rivalries["siege"].war, state.codes
    assert war.on.all()
    assert not war.broke_out.any()
    assert not war.may_call.any()
    levels = {
        (side, who): int(war.level[side, row, 0])
        for side in (0, 1)
        for row, who in enumerate(codes)
        if war.level[side, row].any()
    }
    assert levels == {(0, "outsider"): 3, (0, "member"): 1, (1, "backer"): 3}
    assert (war.attacker == 1).all()
    assert (state.rivalries["siege"].rung == WAR).all()
    assert (state.rivalries["siege"].highest_rung == WAR).all()


def test_a_treaty_binds_by_its_dates() -> None:
    scenario = quarrel(
        treaties__pact=treaty("patron", "member", signed=START.replace(month=8, day=1))
        | {"ratification": number(2.5)}
    )
    state = opened(scenario)
    only = state.rules.honour.signed_only
    signed, in_force = (2, 5)
    for month in range(1, 7):
        state.begin_month()
        expected = only**0 if month >= in_force else only * (month >= signed)
        assert np.array_equal(state.binding["pact"], expected), month
