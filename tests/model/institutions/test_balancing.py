"""The opposing bloc: it responds to threat by coordination, and a member may arm an enemy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.decisions.modifiers import bloc_credibility, exercise_calming, exercised_against
from sim.model.entities.war import MATERIEL
from sim.model.recording.history import History
from sim.model.simulate import simulate
from tests.model.compare_histories import counted
from tests.model.institutions.market import market, still
from tests.model.institutions.month_by_month import after, opened, watched
from tests.model.institutions.timing import NEVER, first
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import START, shock, treaty

THREATENING: dict[str, Any] = {
    "actors__seller__programme__drift": 0.05,
    "rules__observation__open_detection": 1.0,
}
NEW_PACT = {"treaties__new": treaty("broker", "seller", signed=START)}
TALKS = {"shocks__talks": shock("talks", 1, on="strait") | {"months": 18}}


# -- threat and coordination ------------------------------------------------------------------


def test_threat_is_one_on_the_first_day_and_grows_with_the_programme_seen() -> None:
    quiet = {f"provokers__seller__{name}": 0.0 for name in ("rate", "long_run", "excitation")}
    bloc = opened(still(), 50).context.state.institutions.blocs["ring"]
    assert (bloc.threat == 1).all()
    for before, now, state in watched(still(**THREATENING, **quiet), 100):
        able = now.seller_programme.seen / now.seller_programme.initial_level
        tension = state.institutions.provokers["seller"].relative_tension
        assert now.ring.threat == pytest.approx(np.sqrt(able * tension))
        assert (now.seller_programme.seen > before.seller_programme.seen).all()


@pytest.mark.parametrize(
    "why", [THREATENING, NEW_PACT], ids=["a growing programme", "a new promise to the adversary"]
)
def test_the_bloc_exercises_and_coordinates_more_for(why: dict[str, Any]) -> None:
    before, now = paired(still(), 1500, **why)
    for measure in ("exercises_ring", "coordination_ring"):
        assert rise(before.worlds[measure], now.worlds[measure]) > CLEAR, measure


@pytest.mark.parametrize(
    "pledge",
    [
        {"concluded": False},
        {"obligations": ("consultation",)},
        {"protects": ("broker",)},
        {"signed": START.replace(year=2010)},
    ],
    ids=["not concluded", "no aid", "aid to others", "an old one"],
)
def test_only_a_new_promise_of_aid_to_the_adversary_counts(pledge: dict[str, Any]) -> None:
    unmoved = {"rules__restraint__abandonment": 0.0}
    before, now = paired(still(**unmoved), 200, treaties__new=NEW_PACT["treaties__new"] | pledge)
    assert np.array_equal(before.months["coordination_ring"], now.months["coordination_ring"])


def test_while_rivals_talk_the_bloc_exercises_less() -> None:
    before, now = paired(still(rules__provocation__talks=0.0), 1500, **TALKS)
    assert rise(before.worlds["exercises_ring"], now.worlds["exercises_ring"]) < -CLEAR


def test_an_exercise_adds_to_coordination_and_a_month_without_wears_the_gain_off() -> None:
    for before, now, state in watched(still(), 200):
        rules, held = state.rules.balancing, state.institutions.blocs["ring"].exercising
        old = before.ring.coordination
        better = old + rules.coordination_gain * (1 - old)
        worse = old - rules.coordination_decay * (old - now.ring.initial_coordination)
        assert now.ring.coordination == pytest.approx(np.where(held, better, worse))
        assert (now.ring.exercises - before.ring.exercises == held).all()


def test_the_leader_reassures_only_where_the_threat_has_grown() -> None:
    calm = still(rules__balancing__reassurance=1.0, rules__observation__open_detection=0.0,
                 provokers__seller__rate=0.0, provokers__seller__long_run=0.0,
                 provokers__seller__excitation=0.0)  # fmt: skip
    assert not counted(simulate(calm, 0, 100), "reassures").any()
    before, now = paired(still(), 1500, **THREATENING)
    assert rise(counted(before, "reassures"), counted(now, "reassures")) > CLEAR


def test_a_reassurance_makes_the_leader_s_word_better_believed() -> None:
    silent = {**THREATENING, "rules__balancing__reassurance_gain": 0.0,
              "rules__balancing__reassurance": 0.2}  # fmt: skip
    without = after(still(**silent), 200, 12)
    with_it = after(still(**silent | {"rules__balancing__reassurance_gain": 0.3}), 200, 12)
    neighbour, leader = (with_it.codes.index(who) for who in ("neighbour", "leader"))
    belief_without, belief_with = (
        state.memory.belief(neighbour, leader) for state in (without, with_it)
    )
    reassured = with_it.institutions.blocs["ring"].reassurances > 0
    assert reassured.mean() > 0.1
    assert np.array_equal(belief_with > belief_without, reassured)
    back = [state.memory.belief(leader, neighbour) for state in (without, with_it)]
    assert np.array_equal(back[0], back[1])


def test_coordination_gained_makes_help_in_the_bloc_likelier_and_nobody_else_s() -> None:
    state = after(still(rules__balancing__credibility=1.0, rules__balancing__exercise=9.0), 100, 5)
    leader, neighbour, seller = (
        state.codes.index(who) for who in ("leader", "neighbour", "seller")
    )
    gained = state.institutions.blocs["ring"].gained
    assert np.array_equal(bloc_credibility(state, leader, neighbour), gained)
    assert (gained > 0).all()
    assert not bloc_credibility(state, leader, seller).any()
    assert not bloc_credibility(state, seller, neighbour).any()


def test_an_exercise_calms_disputes_across_the_line_only() -> None:
    state = after(still(rules__balancing__calming=-0.5), 300, 3)
    held = state.institutions.blocs["ring"].exercising
    assert 0.1 < held.mean() < 0.9
    assert np.array_equal(exercise_calming(state, *state.rivalries["strait"].rivals), -0.5 * held)
    for code in ("front", "chill", "cool"):
        assert not exercise_calming(state, *state.rivalries[code].rivals).any()
    assert np.array_equal(exercised_against(state, state.codes.index("seller")), held)
    assert not exercised_against(state, state.codes.index("neighbour")).any()


def test_disputes_climb_less_in_months_of_exercises() -> None:
    hot = {"rivalries__strait__onset__seller": 0.9, "rules__escalate__climb": 0.3,
           "rules__balancing__exercise": 9.0, "rules__provocation__exercises": 0.0}  # fmt: skip
    before, now = paired(
        market(**hot, rules__balancing__calming=0.0), 1500, rules__balancing__calming=-2.0
    )
    climbs = (counted(history, "climb", subject="strait") for history in (before, now))
    assert rise(*climbs) < -CLEAR


# -- arming a rival's enemy -------------------------------------------------------------------

SOON: dict[str, Any] = {
    "rules__balancing__arms_threat": -1.0,
    "rules__balancing__arms_act": -1.0,
    "rules__exchange__troops": 1.0,
}


def test_it_threatens_before_it_acts() -> None:
    history = simulate(market(**SOON), 0, 500)
    threatened, sent = first(history, "threatens_arms"), first(history, "arms_sent")
    assert (sent < NEVER).mean() > 0.3
    assert (sent[sent < NEVER] > threatened[sent < NEVER]).all()
    warned = first(history, "warns")
    assert np.array_equal(warned, threatened)


@pytest.mark.parametrize(
    ("why", "change", "turn"),
    [
        ("technology seen", {"rules__balancing__arms_tier": 2.0}, 1),
        ("soldiers seen", {"rules__balancing__arms_troops": 3.0}, 1),
        ("a warning", {"rules__balancing__arms_warning": 3.0}, -1),
    ],
    ids=["technology seen", "soldiers seen", "a warning"],
)
def test_it_sends_arms_more_or_less_often_for(why: str, change: dict[str, Any], turn: int) -> None:
    plain = {f"rules__balancing__{reason}": 0.0 for reason in ("arms_tier", "arms_troops")}
    before, now = paired(
        still(**SOON | plain | {"rules__balancing__arms_act": -3.0,
                                "rules__balancing__arms_warning": 0.0}),
        1000,
        **change,
    )  # fmt: skip
    assert turn * rise(before.worlds["arms_sent_answer"], now.worlds["arms_sent_answer"]) > CLEAR


def test_what_is_not_seen_moves_nobody_to_arms() -> None:
    unseen = {"rules__observation__detection": 0.0, "exchanges__arms__secrecy": 1.0}
    plain, moved = paired(
        still(**SOON, **unseen), 300, rules__balancing__arms_tier=3.0,
        rules__balancing__arms_troops=3.0,
    )  # fmt: skip
    assert np.array_equal(first(plain, "arms_sent"), first(moved, "arms_sent"))


def test_nobody_answers_an_exchange_that_nobody_knows_of() -> None:
    secret = {"exchanges__arms__disclosed": False, "exchanges__arms__secrecy": 1.0}
    history = simulate(still(**SOON, **secret, rules__observation__detection=0.0), 0, 200)
    assert not history.worlds["arms_threatened_answer"].any()


def test_nobody_threatens_or_sends_arms_for_a_war_that_is_over() -> None:
    history = simulate(still(**SOON, shocks__truce=shock("ceasefire", 4, on="front")), 0, 300)
    assert _latest(history, "threatens_arms") < 4
    assert _latest(history, "arms_sent") < 4


def test_arms_sent_strengthen_the_enemy_and_are_resented() -> None:
    arming = shock("arming", 3, "neighbour", on="front")
    never = {"rules__balancing__arms_threat": -50.0, "rules__memory__reneged": -0.2}
    before, now = (
        after(still(**never, **shocks), 100, 4) for shocks in ({}, {"shocks__arms": arming})
    )
    neighbour, buyer = (now.codes.index(who) for who in ("neighbour", "buyer"))
    assert (now.rivalries["front"].war.level[1, neighbour] == MATERIEL).all()
    assert not before.rivalries["front"].war.level[1, neighbour].any()
    for pair in ((neighbour, buyer), (buyer, neighbour)):
        assert now.memory.affinity[pair] == pytest.approx(
            np.maximum(before.memory.affinity[pair] - 0.2, 0)
        )
    assert now.institutions.armings["answer"].sent.all()


def test_arms_are_sent_once() -> None:
    arming = {"shocks__arms": shock("arming", 3, "neighbour", on="front")}
    assert counted(simulate(market(**SOON, **arming), 0, 300), "arms_sent").max() == 1


# -- helpers ----------------------------------------------------------------------------------


def _latest(history: History, event: str) -> int:
    months = history.events["month"][history.events["event"] == event]
    return int(months.max())
