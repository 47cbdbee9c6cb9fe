"""When a buyer pays with technology, and the effect on the threat that others perceive."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.arrays import Mask, Vector, total
from sim.model.simulate import simulate
from sim.model.theory.exchange import transfer_considerations
from tests.model.compare_histories import counted
from tests.model.institutions.market import exchange, still
from tests.model.institutions.month_by_month import after
from tests.model.oracle_agreement import coefficients_of, shares
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import number, real, shock

FREE: dict[str, Any] = {"rules__technology__willing": -1.5}
"""A buyer not too reluctant, so that the first month shows a difference."""

WORTHLESS: dict[str, Any] = {f"rules__technology__value_{tier}": 0.0 for tier in (2, 3, 4)}
UNJUDGED: dict[str, Any] = {"mechanisms__council": False, "mechanisms__political_cover": False}

MORE: dict[str, dict[str, Any]] = {
    "more debt": {"exchanges__arms__debt": 6.0},
    "debt that weighs more": {"rules__exchange__debt_scale": 2.0},
    "more need": {"actors__buyer__munitions__production": 0.1},
    "less reluctance": {"rules__technology__cost_3": 0.5},
    "soldiers, where they were sent": {
        "rules__exchange__troops": -9.0,
        "rules__technology__after_troops": 2.5,
    },
}
LESS: dict[str, dict[str, Any]] = {
    "a firmer objection": {"exchanges__arms__objectors__broker": 1.0},
    "an objection that weighs more": {"rules__technology__objection": 2.0},
    "another who objects": {"exchanges__arms__objectors__leader": number(0.9)},
    "a fear of spreading it": {"rules__technology__proliferation": 3.0},
    "peace": {"shocks__truce": shock("ceasefire", 1, on="front")},
}


@pytest.mark.parametrize("why", MORE)
def test_technology_is_given_in_more_worlds_and_in_all_where_it_was_for(why: str) -> None:
    before, now = _first_month(), _first_month(**MORE[why])
    assert (now >= before).all()
    assert now.sum() > before.sum() + 20


@pytest.mark.parametrize("why", LESS)
def test_technology_is_given_in_fewer_worlds_and_in_none_where_it_was_not_for(why: str) -> None:
    before, now = _first_month(), _first_month(**LESS[why])
    assert (now <= before).all()
    assert now.sum() < before.sum() - 20


@pytest.mark.slow
@pytest.mark.parametrize("why", [*MORE, *LESS])
def test_and_over_the_months(why: str) -> None:
    turn = 1 if why in MORE else -1
    before, now = paired(still(rules__technology__willing=-2.5), 1500, **(MORE | LESS)[why])
    assert turn * rise(before.worlds["technology_arms"], now.worlds["technology_arms"]) > CLEAR


@given(
    *[shares] * 6,
    st.sampled_from(["debt", "need", "cost", "objection", "troops", "detente"]),
    st.floats(0.01, 1),
)
def test_each_consideration_moves_a_buyer_its_own_way(
    debt: float,
    need: float,
    cost: float,
    objection: float,
    troops: float,
    detente: float,
    of: str,
    more: float,
) -> None:
    weights = {"debt": 2.0, "need": 1.0, "proliferation": 1.0, "objection": 0.5, "detente": 1.0}
    rules = coefficients_of(willing=-3.0, after_troops=1.2, **weights)
    case = {"debt": debt, "need": need, "cost": cost, "objection": objection}
    case |= {"troops": troops, "detente": detente}
    turn = 1 if of in ("debt", "need", "troops") else -1
    before, now = (
        total(transfer_considerations(rules, **_worlds(case)).values())
        for case in (case, case | {of: case[of] + more})
    )
    assert np.all(turn * (now - before) > 0)


def test_a_detente_makes_technology_rarer_at_peace_and_not_at_war() -> None:
    truce = {"shocks__truce": shock("ceasefire", 1, on="front")}
    for peace, rarer in ((truce, True), ({}, False)):
        before, now = (
            _first_month(**peace, rules__technology__detente=detente) for detente in (0.0, 2.0)
        )
        assert (now.sum() < before.sum() - 20) == rarer
        assert rarer or np.array_equal(before, now)


def test_the_dearer_the_tier_the_rarer() -> None:
    worlds = after(still(), 3000, 18).institutions.exchanges["arms"].transferred
    second, third, fourth = worlds.sum(axis=1)
    assert second > third > fourth > 0


def test_the_highest_tier_is_given_only_by_those_that_have_given_the_one_below() -> None:
    cheap = {"rules__technology__cost_4": 0.0, "rules__technology__cost_3": 9.0}
    for scenario in (still(**FREE), still(**FREE, **cheap)):
        _, third, fourth = after(scenario, 500, 12).institutions.exchanges["arms"].transferred
        assert not (fourth & ~third).any()


def test_each_tier_is_given_once_and_named_when_it_is() -> None:
    block = simulate(still(**FREE), 0, 500)
    for tier in (2, 3, 4):
        given_ = counted(block, "technology", level=tier)
        assert given_.max() == 1
        assert np.array_equal(given_ > 0, block.worlds[f"tier{tier}_arms"])
    assert block.worlds["technology_arms"].max() == 4


def test_a_gift_is_not_paid_for_with_technology() -> None:
    history = simulate(still(exchanges__gifts=exchange("leader", "enemy", paid=False)), 0, 300)
    assert not counted(history, "technology", subject="gifts").any()


# -- what it does -----------------------------------------------------------------------------


WITHOUT = {"mechanisms__technology": False}


def test_technology_raises_the_programme_and_spreads_what_it_may_come_to() -> None:
    given_, none = paired(still(**FREE, **UNJUDGED), 1000, **WITHOUT)
    with_it, without = given_.worlds["programme_seller"], none.worlds["programme_seller"]
    assert rise(without, with_it) > CLEAR
    assert (with_it >= without).all()
    gained = (with_it - without)[given_.worlds["tier3_arms"]]
    assert (gained < 1e-9).mean() > 0.2  # it may fail
    assert gained.std() > 0.02
    certain = {"actors__seller__programme__level": 0.5, "actors__seller__programme__drift": 0.007}
    narrow, sure = paired(still(**FREE, **UNJUDGED, **certain), 1000, **WITHOUT)
    assert sure.worlds["programme_seller"].std() < 1e-9
    assert narrow.worlds["programme_seller"].std() > 0.02


def test_the_more_is_given_the_higher_and_wider_the_programme() -> None:
    scarce, ample = paired(still(rules__technology__willing=-5.0), 1000, **FREE)
    low, high = scarce.worlds["programme_seller"], ample.worlds["programme_seller"]
    assert rise(low, high) > CLEAR
    assert high.std() > 1.1 * low.std()


def test_what_is_given_is_seen_as_a_threat_and_answered_by_working_together() -> None:
    given_, none = paired(still(**FREE, rules__technology__works=1.0), 2000, **WITHOUT)
    threat, before = (history.months["threat_ring"].reshape(2000, -1) for history in (given_, none))
    assert rise(before.mean(axis=1), threat.mean(axis=1)) > CLEAR
    for measure in ("coordination_ring", "exercises_ring", "provocations_seller"):
        assert rise(none.worlds[measure], given_.worlds[measure]) > CLEAR, measure
    reassured = (counted(history, "reassures") for history in (none, given_))
    assert rise(*reassured) > CLEAR


def test_what_has_not_been_built_yet_frightens_nobody() -> None:
    failed = still(**FREE, **UNJUDGED, rules__technology__works=0.0)
    given_, none = paired(failed, 500, **WITHOUT)
    assert np.array_equal(given_.months["threat_ring"], none.months["threat_ring"])


@pytest.mark.slow
def test_so_it_is_in_the_real_scenario() -> None:
    given_, none = paired(real("pact"), 2000, **WITHOUT)
    with_it, without = given_.worlds["programme_dprk"], none.worlds["programme_dprk"]
    assert rise(without, with_it) > CLEAR
    assert with_it.std() > 1.05 * without.std()
    threat, before = (
        history.months["threat_pacific"].reshape(2000, -1) for history in (given_, none)
    )
    assert rise(before.mean(axis=1), threat.mean(axis=1)) > CLEAR
    assert rise(none.worlds["coordination_pacific"], given_.worlds["coordination_pacific"]) > CLEAR


def _first_month(**changes: Any) -> Mask:
    """Return which tiers are given in the first month, (tier, world); none pays for another."""
    given_: Mask = (
        after(still(**FREE | WORTHLESS | changes), 2000, 1)
        .institutions.exchanges["arms"]
        .transferred
    )
    return given_


def _worlds(case: dict[str, float]) -> dict[str, Vector]:
    return {name: np.array([value]) for name, value in case.items()}
