"""What each side leans to: it moves nothing where nothing is played, and everything where it is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from benchmarks.seats import quarters_with_choice
from sim.model.arrays import Vector
from sim.model.decision_log import Decision, DecisionLog, DrawKey
from sim.model.decisions.played import Played
from sim.model.decisions.sanctions import find_partners
from sim.model.entities.council import Council
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.model.state import State
from sim.scenario.playable import list_occasions, load_playable
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted, same_history
from tests.model.institutions.market import STILL, council, market, still
from tests.model.institutions.month_by_month import opened
from tests.worlds import number, real

WORLDS = 60
MONTHS = 12
WARLIKE = {"rules__war__home_soil": 0.15, "rules__war__settles": 0.05}
READY = [
    DrawKey("ready to settle", who, towards, "front")
    for who, towards in (("buyer", "enemy"), ("enemy", "buyer"))
]
STRIKE = DrawKey("strike home soil", "enemy", "buyer", "front")
CONSENT = DrawKey("consent to strikes", "leader", "enemy", "front")
MEMBERS = [DrawKey("take part", who, "", "ring") for who in ("leader", "neighbour")]
SENDS = DrawKey("deliver", "seller", "buyer", "arms")
ORDERS = DrawKey("order", "buyer")
ENFORCES = DrawKey("enforce", "broker", "seller", "board")
JOINS = DrawKey("join sanctions", "neighbour", "seller", "board")


def always(levels: Mapping[DrawKey, int]) -> Played:
    """Return decisions taken by hand in the same way every month."""
    return Played({(m, key): level for key, level in levels.items() for m in range(1, 37)})


def played(scenario: Scenario, levels: Mapping[DrawKey, int], worlds: int = WORLDS) -> History:
    """Return the worlds in which these decisions are taken by hand every month."""
    return simulate(scenario, 0, worlds, played=always(levels))


def state_after(scenario: Scenario, levels: Mapping[DrawKey, int], months: int) -> State:
    """Return the state after some months in which these decisions are taken by hand."""
    block = opened(scenario, WORLDS)
    block.context.state.played = always(levels)
    for _ in range(months):
        block.step()
    return block.context.state


@pytest.fixture(scope="module")
def logged() -> tuple[History, list[Decision]]:
    """The market at war, simulated with leanings in the log."""
    log = DecisionLog(leanings=True)
    return simulate(market(**WARLIKE), 0, WORLDS, log=log), log.decisions


# -- nothing played -------------------------------------------------------------------------------


def test_leanings_move_nothing_where_nothing_is_played(
    logged: tuple[History, list[Decision]],
) -> None:
    unlogged = simulate(market(**WARLIKE), 0, WORLDS)
    assert same_history(unlogged, logged[0])
    assert same_history(unlogged, played(market(**WARLIKE), {}))


def test_nothing_moves_in_the_pact_either() -> None:
    scenario = real("pact").model_copy(update={"months": 6})
    plain, full = DecisionLog(), DecisionLog(leanings=True)
    unplayed, leaning = (simulate(scenario, 0, 10, log=log) for log in (plain, full))
    assert same_history(unplayed, leaning)
    kept = [
        decision for decision in full.decisions if decision.key.what not in {*_new_kinds(), "sign"}
    ]
    assert [decision.key for decision in plain.decisions] == [decision.key for decision in kept]


def _new_kinds() -> set[str]:
    keys = [*READY, STRIKE, CONSENT, *MEMBERS, SENDS, ORDERS, ENFORCES, JOINS]
    return {key.what for key in keys}


def test_what_the_table_lists_is_what_comes_up(logged: tuple[History, list[Decision]]) -> None:
    occasions = {tuple(occasion) for occasion in list_occasions(market())}
    listed = [decision.key for decision in logged[1] if decision.key.what in load_playable()]
    assert {tuple(key) for key in listed} <= occasions
    assert _new_kinds() - {"join sanctions"} <= {key.what for key in listed}


def test_a_war_ends_where_both_sides_are_ready_to_settle(
    logged: tuple[History, list[Decision]],
) -> None:
    for joint, sides in _by_month(logged[1], DrawKey("settle", "front"), READY):
        ready = [side.level for side in sides]
        assert (np.all(ready, axis=0) == joint.level).all()
        assert sides[0].chances[0] == pytest.approx(np.sqrt(joint.chances[0]))


def test_a_bloc_exercises_where_every_member_takes_part(
    logged: tuple[History, list[Decision]],
) -> None:
    joint = DrawKey("exercise", "leader", "", "ring")
    for exercise, members in _by_month(logged[1], joint, MEMBERS):
        assert (np.all([member.level for member in members], axis=0) == exercise.level).all()


def test_a_strike_follows_the_attacked_sides_will_and_never_against_it(
    logged: tuple[History, list[Decision]],
) -> None:
    struck, willing, consented = np.concatenate(
        [
            np.array([joint.level, *(side.level for side in sides)])[:, joint.where]
            for joint, sides in _by_month(
                logged[1], DrawKey("home soil", "front"), [STRIKE, CONSENT]
            )
        ],
        axis=1,
    ).astype(bool)
    assert struck.any()
    assert not (struck & ~willing).any()
    assert (struck == willing)[consented].all()
    assert struck[willing & consented].all()
    assert struck[willing & ~consented].mean() < 0.7


def test_a_level_in_the_log_is_what_its_draw_and_chance_say(
    logged: tuple[History, list[Decision]],
) -> None:
    drawn = [kind for kind in _new_kinds() if load_playable()[kind].drawn]
    for decision in logged[1]:
        if decision.key.what in drawn:
            assert (decision.level == (decision.draws < decision.chances[0])).all()
            assert not decision.played


def _by_month(
    decisions: list[Decision], joint: DrawKey, parties: list[DrawKey]
) -> list[tuple[Decision, list[Decision]]]:
    found = {(decision.month, decision.key): decision for decision in decisions}
    months = [month for month, key in found if key == joint and (month, parties[0]) in found]
    assert months
    return [(found[month, joint], [found[month, key] for key in parties]) for month in months]


# -- by hand --------------------------------------------------------------------------------------


def test_two_sides_that_are_ready_settle_at_once_and_one_that_is_not_never_does() -> None:
    scenario = still()
    assert (counted(played(scenario, dict.fromkeys(READY, 1)), "peace") == 1).all()
    assert not counted(played(scenario, {READY[0]: 0}), "peace").any()


def test_a_side_that_is_ready_leaves_peace_to_the_other() -> None:
    scenario = market(**STILL | {"rules__war__settles": 0.01})
    neither, one = (
        counted(played(scenario, hand, 200), "peace").mean() for hand in ({}, {READY[0]: 1})
    )
    assert 1.5 * neither < one < 1


def test_strikes_follow_from_will_and_consent() -> None:
    scenario = market(**STILL | WARLIKE | {"rules__war__own_weapons": 0.1})

    def struck(**levels: int) -> Vector:
        hands = {STRIKE: levels["will"], CONSENT: levels["consent"]}
        return counted(played(scenario, hands), "home_soil").astype(float)

    assert struck(will=1, consent=1).min() == 1
    assert struck(will=0, consent=1).max() == 0
    assert 0.3 < struck(will=1, consent=0).mean() < 0.95


def test_a_member_that_stays_away_prevents_exercises() -> None:
    scenario = still()
    exercises = counted(played(scenario, {MEMBERS[1]: 0}), "exercise")
    assert not exercises.any()
    assert (counted(played(scenario, dict.fromkeys(MEMBERS, 1)), "exercise") == MONTHS).all()


@pytest.mark.parametrize(("level", "part"), [(0, 0.0), (1, 0.5), (2, 1.0)])
def test_an_enforcer_looks_away_or_enforces_as_decided(level: int, part: float) -> None:
    scenario = still(
        councils__board=council(enforcers={"broker": number(1.0)}), rules__council__workaround=0.0
    )
    board = state_after(scenario, {ENFORCES: level}, 1).institutions.councils["board"]
    assert board.enforcement == pytest.approx(part * board.strength)


def test_a_supplier_sends_and_a_buyer_orders_what_was_decided() -> None:
    scenario = still(rules__exchange__interdiction=0.0)
    for hand in ({SENDS: 0}, {ORDERS: 0}):
        assert state_after(scenario, hand, 2).institutions.exchanges["arms"].delivered.max() == 0
    full = state_after(scenario, {SENDS: 10, ORDERS: 10}, 1)
    arms, arsenal = full.institutions.exchanges["arms"], full.institutions.arsenals[0]
    lacking = arsenal.lacking(full.rules.supply, np.ones(WORLDS, dtype=bool))
    spared = (
        arms.sampled.munitions_output * 1 + full.rules.exchange.draw * arms.sampled.munitions_stock
    )
    assert (arms.delivered <= spared + 1e-9).all()
    assert np.isclose(arms.delivered, spared).any() or (arms.delivered >= lacking - 1e-9).any()


def test_partners_that_join_take_the_proposers_sanctions_further() -> None:
    scenario = _vetoed()
    strengths = [
        _board(state_after(scenario, hand, 2)).strength for hand in ({JOINS: 0}, {}, {JOINS: 1})
    ]
    apart, usual, joined = strengths
    assert (apart <= usual).all()
    assert (usual <= joined).all()
    assert (apart < joined).any()


def test_only_members_of_a_proposers_blocs_are_its_partners() -> None:
    state = state_after(still(), {}, 0)
    assert [state.codes[who] for who in find_partners(state, _board(state))] == ["neighbour"]


def test_a_joint_outcome_is_by_hand_where_a_party_to_it_is() -> None:
    log, hand = DecisionLog(), {READY[0]: 0, CONSENT: 1}
    scenario = market(**STILL | WARLIKE).model_copy(update={"months": 2})
    simulate(scenario, 0, 5, log=log, played=always(hand))
    by_hand = {decision.key for decision in log.decisions if decision.played}
    joint = {DrawKey("settle", "front"), DrawKey("home soil", "front")}
    assert by_hand == {*hand, *joint}


def test_those_who_play_are_asked_for_their_side() -> None:
    month = market(**WARLIKE).model_copy(update={"months": 1})
    for own, other in ((READY[1], READY[0]), (CONSENT, STRIKE), (MEMBERS[1], MEMBERS[0])):
        asked = Played({}, seats={own.who}, kinds={own.what, other.what})
        simulate(month, 0, 1, played=asked)
        assert own in [question.key for question in asked.asked]
        assert other not in [question.key for question in asked.asked]


def test_a_seat_is_never_asked_for_what_a_rivalry_of_its_code_draws() -> None:
    asked = Played({}, seats={"front"}, kinds={*load_playable(), "settle", "home soil"})
    log = DecisionLog(leanings=True)
    simulate(market(**WARLIKE).model_copy(update={"months": 1}), 0, 1, played=asked, log=log)
    of_rivalries = {decision.key.what for decision in log.decisions if decision.key.who == "front"}
    assert {"settle", "home soil"} <= of_rivalries
    assert not of_rivalries & {*load_playable()}
    assert not asked.asked


@pytest.mark.slow
def test_no_seat_of_the_pact_is_without_a_choice_in_more_than_a_fifth_of_the_quarters() -> None:
    alone, _, with_amounts = quarters_with_choice(real("pact"), 60).values()
    assert min(np.mean(quarters) for quarters in with_amounts.values()) > 0.8
    assert np.mean(alone["ukraine"]) < 0.1


def _vetoed() -> Scenario:
    """Return a market in which drafts are vetoed and answered by the proposers' own sanctions."""
    return still(
        rules__council__proposal=20.0,
        rules__council__veto=20.0,
        rules__council__abstains=0.0,
        rules__council__autonomous=1.0,
        rules__council__autonomous_step=0.1,
    )


def _board(state: State) -> Council:
    return state.institutions.councils["board"]
