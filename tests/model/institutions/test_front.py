"""Munitions in war: a side short of them fights below full strength and loses ground."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.arrays import Vector
from sim.model.decisions.modifiers import firepower
from sim.model.decisions.war_strength import war_strengths
from sim.model.simulate import simulate
from sim.model.state import State
from tests.model.institutions.market import STILL, exchange, market
from tests.model.institutions.month_by_month import after, watched
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import number, shock

MOVING: dict[str, Any] = {
    name: value for name, value in STILL.items() if not name.startswith("rules__war__front")
} | {"rules__war__front_speed": 0.02, "rules__war__front_noise": 0.005}
"""Only the front moves."""

SHORT: dict[str, Any] = {
    "actors__buyer__munitions__stock": 0.1,
    "actors__buyer__munitions__production": 0.1,
    "exchanges__arms__munitions_stock": 1.0,
}


def strengths(state: State) -> Vector:
    """Return the strength of both sides of the war at the front, (side, world)."""
    front = np.full(state.count, list(state.rivalries).index("front"))
    return war_strengths(state, front, np.arange(state.count))


def test_a_side_is_as_strong_as_its_munitions_let_it_be() -> None:
    for _, now, state in watched(market(**MOVING, **SHORT), 100):
        buyer = state.codes.index("buyer")
        arsenal = now.buyer_arsenal
        assert (arsenal.fired_share < 1).any()
        left = 1 - state.rules.supply.fire * (1 - arsenal.fired_share)
        assert firepower(state, buyer) == pytest.approx(left)
        assert (firepower(state, state.codes.index("leader")) == 1).all()


def test_what_is_fired_is_all_there_is_or_all_that_is_wanted() -> None:
    for before, now, _ in watched(market(**MOVING, **SHORT), 100):
        old, new = before.buyer_arsenal, now.buyer_arsenal
        available = old.stock + old.production + old.imports
        assert new.fired - old.fired == pytest.approx(np.minimum(new.use, available))
        assert new.fired_share == pytest.approx(np.minimum(available / new.use, 1))


def test_a_side_that_runs_short_holds_less_ground() -> None:
    plenty, short = paired(market(**MOVING), 500, **SHORT)
    assert rise(plenty.worlds["front_front"], short.worlds["front_front"]) < -CLEAR


@pytest.mark.parametrize(
    ("who", "turn"), [("exchanges__arms", 1), ("exchanges__gifts", -1)], ids=["buyer", "enemy"]
)
def test_more_for_one_side_moves_the_front_its_way(who: str, turn: int) -> None:
    more = {f"{who}__munitions_stock": 9.0, f"{who}__munitions_output": 0.4}
    before, now = paired(market(**MOVING, **SHORT), 500, **more)
    assert turn * rise(before.worlds["front_front"], now.worlds["front_front"]) > CLEAR


def test_where_shells_do_not_matter_neither_does_their_lack() -> None:
    weightless = market(**MOVING, rules__supply__fire=0.0)
    short, plenty = paired(weightless, 100, actors__enemy__munitions__stock=9.0)
    assert np.array_equal(plenty.months["front_front"], short.months["front_front"])


def test_shells_need_a_month_to_reach_the_front() -> None:
    one, other = (
        simulate(market(**MOVING, **SHORT, months=3, **more), 0, 100)
        .months["front_front"]
        .reshape(100, 3)
        for more in ({}, {"exchanges__arms__munitions_output": 2.0})
    )
    assert np.array_equal(one[:, 0], other[:, 0])
    assert (other[:, 1] >= one[:, 1]).all()
    assert (other[:, 1] > one[:, 1]).mean() > 0.5


def test_what_a_supplier_delivers_is_fired_and_not_counted_again_as_its_help() -> None:
    support = {"seller": {"side": "buyer", "aid": "materiel", "source": "disputes"}}
    helped = {"wars__front__support": support, "rules__honour__materiel_strength": 0.2}
    plain, aided = (after(market(**MOVING, **changes), 100, 1) for changes in ({}, helped))
    plain_strength, helped_strength = (strengths(state)[0] for state in (plain, aided))
    assert (helped_strength >= plain_strength).all()
    without = after(market(**MOVING, **helped, exchanges={}, armings={}), 100, 1)
    assert (strengths(without)[0] > plain_strength).any()


# -- wearing out ------------------------------------------------------------------------------


def test_losses_weary_and_fall_on_the_weaker_side() -> None:
    mild, hard = paired(market(**MOVING, rules__supply__losses=0.0), 300, rules__supply__losses=0.5)
    assert (hard.months["weariness_front"] > mild.months["weariness_front"]).all()
    alone = market(**MOVING, rules__supply__losses=0.5, exchanges__arms__troops_pool=0)
    front = (state := after(alone, 300, 1)).rivalries["front"]
    first, second = strengths(state)
    assert front.war.strength_lost.sum(axis=0) == pytest.approx(np.full(300, 0.5 / 12))
    assert np.array_equal(front.war.strength_lost[0] < front.war.strength_lost[1], first > second)


def test_losses_that_weary_nobody_leave_patience_as_it_was() -> None:
    numb = market(**MOVING, rules__supply__weariness_of_loss=0.0)
    mild, hard = paired(numb, 100, rules__supply__losses=0.9)
    assert np.array_equal(mild.months["weariness_front"], hard.months["weariness_front"])


def test_a_wearier_war_ends_sooner() -> None:
    settling = {name: MOVING[name] for name in MOVING if name != "rules__war__settles"}
    patient, weary = paired(
        market(**settling, rules__war__weary=3.0, rules__supply__losses=0.0),
        1500,
        rules__supply__losses=0.9,
    )
    assert rise(patient.worlds["peace_front"], weary.worlds["peace_front"]) > CLEAR


def test_an_attack_on_the_aggressor_s_soil_brings_its_supplier_s_soldiers() -> None:
    raid = {"shocks__raid": shock("home_soil_attack", 2, "buyer", on="front")}
    spared, struck = paired(
        market(**MOVING, exchanges__arms=exchange("seller", "buyer")), 1000, **raid
    )
    assert struck.worlds["invoked_deal"].all()
    assert not spared.worlds["invoked_deal"].any()
    assert rise(spared.worlds["soldiers_arms"], struck.worlds["soldiers_arms"]) > CLEAR


# -- what supply does ---------------------------------------------------------------------------

HELPED: dict[str, Any] = {
    "wars__front__support": {"leader": {"side": "enemy", "aid": "materiel", "source": "disputes"}},
    "exchanges__gifts__munitions_pace": number(0.05),
    "rules__honour__materiel_strength": 0.2,
}
"""The leader arms the enemy, at a pace that its exchange names."""
CUT: dict[str, Any] = {
    "exchanges__gifts__munitions_stock": 0.0,
    "exchanges__gifts__munitions_output": 0.0,
}


def test_arms_in_use_follow_what_is_delivered() -> None:
    for before, now, state in watched(market(**MOVING, **HELPED), 50):
        left = 0.5 ** (1 / state.rules.supply.arms_half_life)
        renewed = (1 - left) * now.gifts.delivered / 0.05
        assert now.gifts.arms_in_use == pytest.approx(left * before.gifts.arms_in_use + renewed)


def test_aid_that_is_no_longer_delivered_wears_out() -> None:
    cut = market(**MOVING, **HELPED, **CUT, rules__supply__arms_half_life=3.0)
    left = after(cut, 50, 3).institutions.exchanges["gifts"].arms_in_use
    assert left == pytest.approx(np.full(50, 0.5))


def test_where_no_pace_is_named_aid_counts_in_full() -> None:
    nameless = {name: value for name, value in HELPED.items() if "pace" not in name}
    state = after(market(**MOVING, **nameless, **CUT), 50, 6)
    assert (state.institutions.exchanges["gifts"].arms_in_use == 1).all()


def test_a_side_cut_off_from_aid_loses_more_ground_than_shells_alone_explain() -> None:
    nameless = {name: value for name, value in HELPED.items() if "pace" not in name}
    losses = []
    for helped in (HELPED, nameless):
        supplied, cut = paired(market(**MOVING, **helped), 500, **CUT)
        losses.append(rise(supplied.worlds["front_front"], cut.worlds["front_front"]))
    assert losses[0] > losses[1] + CLEAR > CLEAR


def test_a_war_ends_sooner_where_one_side_is_cut_off() -> None:
    settling = {name: MOVING[name] for name in MOVING if name != "rules__war__settles"}
    scenario = market(**settling, **HELPED, rules__war__imbalance=3.0, months=36)
    supplied, cut = paired(scenario, 1000, **CUT)
    assert rise(supplied.worlds["peace_front"], cut.worlds["peace_front"]) > CLEAR


def test_a_side_whose_home_soil_was_attacked_is_weaker_at_the_front() -> None:
    raid = {"shocks__raid": shock("home_soil_attack", 1, "buyer", on="front")}
    alone = market(**MOVING, **raid, treaties={}, exchanges={}, armings={}, months=3)
    free, guarding = (strengths(state)[0] for state in (after(alone, 50, 0), after(alone, 50, 2)))
    assert (guarding < free).all()


def test_what_a_side_has_lost_no_longer_fights() -> None:
    state = after(market(**MOVING, rules__supply__losses=0.5, treaties={}), 50, 1)
    front = state.rivalries["front"]
    with_losses = strengths(state)[1]
    front.war.strength_lost[:] = 0
    assert (strengths(state)[1] > with_losses).all()
