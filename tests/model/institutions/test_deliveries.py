"""Deliveries: what raises them, what lowers them, and what remains after a ceasefire."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.arrays import Vector, total
from sim.model.entities.exchange import Exchange
from sim.model.theory.exchange import allocate_deliveries, delivery_considerations
from tests.model.institutions.market import exchange, still
from tests.model.institutions.month_by_month import after, watched
from tests.model.oracle_agreement import coefficients_of, shares
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import shock

WORLDS = 300

MORE: dict[str, dict[str, Any]] = {
    "a buyer that fires more": {"actors__buyer__munitions__use": 0.8},
    "a buyer that makes less": {"actors__buyer__munitions__production": 0.1},
    "a supplier with more to spare": {"exchanges__arms__munitions_stock": 9},
    "a supplier that makes more": {"exchanges__arms__munitions_output": 0.4},
    "a gift": {"exchanges__arms__paid": False},
    "a buyer of one's own mind": {"actors__buyer__ideal_point": -0.8},
    "sanctions that nobody enforces": {"councils__board__enforcement": 0.0},
    "sanctions that a veto would cover": {"rules__council__veto": 9.0},
}
"""Changes that raise deliveries in some worlds and lower them in none."""

ASKED: dict[str, Any] = {
    "exchanges__arms__munitions_stock": 3,
    "rules__exchange__sanctions": 1.0,
    "rules__supply__reserve": 12,
}
"""A buyer with a demand above all offers, so that the supplier's willingness decides."""

UNSHELTERED = {"mechanisms__political_cover": False}
MONTH = 4
TRUCE = {"shocks__truce": shock("ceasefire", MONTH, on="front")}


@pytest.mark.parametrize("why", MORE)
def test_more_is_delivered_in_the_first_month_for(why: str) -> None:
    before, now = delivered(**ASKED), delivered(**ASKED | MORE[why])
    assert (now >= before).all()
    assert (now > before).mean() > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("why", MORE)
def test_more_is_delivered_in_all_for(why: str) -> None:
    before, now = paired(still(**ASKED), WORLDS, **MORE[why])
    assert rise(before.worlds["munitions_arms"], now.worlds["munitions_arms"]) > CLEAR


@given(
    *[shares] * 5,
    st.floats(0.01, 1),
    st.sampled_from(["need", "payment", "depletion", "sanctions", "relation"]),
)
def test_each_consideration_moves_a_supplier_its_own_way(
    need: float,
    payment: float,
    gone: float,
    sanctions: float,
    relation: float,
    more: float,
    of: str,
) -> None:
    rules = coefficients_of(
        willing=-2.0, need=2.0, payment=1.5, depletion=1.5, sanctions=0.5, relation=1.0
    )
    case = {"need": need, "payment": payment, "depletion": gone, "sanctions": sanctions}
    case |= {"relation": relation}
    moved = _odds(rules, case | {of: case[of] + more})
    turn = -1 if of in ("depletion", "sanctions") else 1
    assert np.all(turn * (moved - _odds(rules, case)) > 0)


def test_a_buyer_with_empty_stores_gets_more_where_there_is_more_to_be_had() -> None:
    plenty = {"exchanges__arms__munitions_stock": 40, "actors__buyer__munitions__stock": 2}
    before, now = delivered(**plenty), delivered(**plenty | {"actors__buyer__munitions__stock": 0})
    assert (now > before).mean() > 0.9
    assert (now >= before).all()


# -- what runs out, and what is stopped -------------------------------------------------------


def test_a_supplier_that_makes_nothing_delivers_less_month_by_month() -> None:
    spent = {"exchanges__arms__munitions_output": 0.0, "rules__exchange__payment": 0.0}
    months = [
        now.arms.delivered
        for _, now, _ in watched(
            still(**ASKED | spent, mechanisms__council=False, **UNSHELTERED), 50
        )
    ]
    assert (np.diff(months, axis=0) < 0).all()


def test_a_supplier_that_minds_running_out_delivers_less() -> None:
    careless = still(**ASKED | {"rules__exchange__depletion": 0.0})
    before, now = paired(careless, WORLDS, rules__exchange__depletion=3.0)
    assert (now.worlds["munitions_arms"] <= before.worlds["munitions_arms"]).all()
    assert (now.worlds["munitions_arms"] < before.worlds["munitions_arms"]).mean() > 0.9


def test_interdiction_loses_more_on_the_way() -> None:
    none, some, much = (_arms(rules__exchange__interdiction=stopped) for stopped in (0.0, 0.3, 0.9))
    assert not none.munitions_stopped.any()
    assert (none.munitions_stopped < some.munitions_stopped).all()
    assert (some.munitions_stopped < much.munitions_stopped).all()
    assert (much.delivered < some.delivered).all()
    assert (some.delivered < none.delivered).all()


def test_what_is_lost_on_the_way_is_gone_for_both() -> None:
    unmoved = {"rules__exchange__sanctions": 0.0}
    free = _arms(rules__exchange__interdiction=0.0, **unmoved)
    stopped = _arms(rules__exchange__interdiction=1.0, **unmoved)
    assert np.array_equal(free.stock, stopped.stock)
    assert (stopped.munitions_delivered < free.munitions_delivered).all()


# -- suppliers together -----------------------------------------------------------------------


@given(st.lists(shares, min_size=1, max_size=4), shares)
def test_suppliers_deliver_all_they_offer_or_share_what_is_wanted(
    offered: list[float], wanted: float
) -> None:
    offers = [np.array([offer]) for offer in offered]
    parts = [float(part[0]) for part in allocate_deliveries(offers, np.array([wanted]))]
    assert sum(parts) == pytest.approx(min(sum(offered), wanted), abs=1e-12)
    assert all(part <= offer for part, offer in zip(parts, offered, strict=True))
    if sum(offered) > 0:
        of_all = [part * sum(offered) for part in parts]
        assert of_all == pytest.approx([offer * sum(parts) for offer in offered], abs=1e-12)


def test_a_second_supplier_takes_from_the_first_only_what_the_buyer_does_not_want() -> None:
    second = {"exchanges__more": exchange("broker", "buyer")}
    sated = {"rules__supply__reserve": 0.0, "exchanges__arms__munitions_stock": 9}
    alone, both = delivered(**sated), delivered(**sated, **second)
    assert (both <= alone).all()
    assert (both < alone).mean() > 0.5
    short = {"rules__supply__reserve": 99, "rules__supply__restocking": 1}
    assert np.array_equal(delivered(**short), delivered(**short, **second))


def test_a_buyer_without_a_deficit_and_with_full_stores_gets_nothing() -> None:
    content = {"actors__buyer__munitions__production": 0.9, "actors__buyer__munitions__stock": 99}
    assert not delivered(**content).any()


# -- ceasefire --------------------------------------------------------------------------------


def test_at_peace_only_stores_are_made_good() -> None:
    for before, now, state in watched(still(**TRUCE), 100):
        if state.month >= MONTH:
            rules, arsenal = state.rules.supply, now.buyer_arsenal
            short = np.maximum(rules.reserve * arsenal.use - arsenal.stock, 0)
            assert (now.arms.delivered <= short / rules.restocking + 1e-12).all()
            assert np.array_equal(now.arms.missiles_sent, before.arms.missiles_sent)
            assert not now.arms.reliance.any()


def test_a_ceasefire_lessens_deliveries_in_its_month_in_every_world() -> None:
    war, peace = (after(still(**truce), WORLDS, MONTH) for truce in ({}, TRUCE))
    assert (_of(peace).delivered < _of(war).delivered).all()


def test_after_a_ceasefire_arms_technology_and_vetoes_are_fewer_and_sanctions_better_kept() -> None:
    war, peace = paired(still(months=24, rules__technology__willing=-2.0), 2000, **TRUCE)
    for measure, turn in {
        "munitions_arms": -1,
        "missiles_arms": -1,
        "soldiers_arms": -1,
        "technology_arms": -1,
        "vetoes_board": -1,
        "enforcement_board": 1,
    }.items():
        assert turn * rise(war.worlds[measure], peace.worlds[measure]) > CLEAR, measure


# -- helpers ----------------------------------------------------------------------------------


def delivered(**changes: Any) -> Vector:
    """Return what the seller delivers in the first month."""
    return _arms(**changes).delivered


def _arms(**changes: Any) -> Exchange:
    return _of(after(still(**changes), WORLDS, 1))


def _of(state: Any) -> Exchange:
    arms: Exchange = state.institutions.exchanges["arms"]
    return arms


def _odds(rules: Any, case: dict[str, float]) -> Vector:
    return total(delivery_considerations(rules, **_worlds(case)).values())


def _worlds(case: dict[str, float]) -> dict[str, Vector]:
    return {name: np.array([value]) for name, value in case.items()}
