"""Soldiers go where a treaty binds, as a part of the price or of a promise, and not before."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.model.entities.war import TROOPS
from sim.model.recording.history import History
from sim.model.simulate import simulate
from tests.model.compare_histories import counted
from tests.model.institutions.market import market, still
from tests.model.institutions.month_by_month import after, watched
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import changed, number, real, shock, treaty

WILLING: dict[str, Any] = {"rules__exchange__troops": 1.0}
MORE: dict[str, dict[str, Any]] = {
    "the buyer's home soil attacked": {
        "shocks__raid": shock("home_soil_attack", 1, "buyer", on="front")
    },
    "more need": {"actors__buyer__munitions__production": 0.1},
    "a lower threshold": {"rules__exchange__troops": 0.0},
}
LATER = treaty(
    "buyer", "seller", signed=date(2025, 1, 1), in_force=date(2025, 6, 1)
)  # signed in month 7
"""A promise made half a year after the scenario opens."""


@pytest.mark.parametrize("why", MORE)
def test_soldiers_are_sent_more_often_for(why: str) -> None:
    unasked = {"mechanisms__mutual_defence": False}
    before, now = (
        counted(history, "troops_sent")
        for history in paired(still(**unasked, months=1), 2000, **MORE[why])
    )
    assert (now >= before).all()
    assert now.sum() > 1.2 * before.sum() > 50


def test_none_are_sent_before_the_treaty_binds_and_some_before_it_is_in_force() -> None:
    history = simulate(still(**WILLING, treaties__deal=LATER), 0, 500)
    sent = _months(history, "troops_sent")
    assert sent.min() == 7
    assert (sent < 12).any()


def test_none_are_sent_where_no_treaty_promises_aid() -> None:
    friendly = {"treaties__deal": treaty("buyer", "seller", obligations=["consultation"])}
    for changes in ({"treaties__deal__concluded": False}, friendly):
        history = simulate(still(**WILLING, **changes), 0, 500)
        assert not history.worlds["troops_arms"].any()


def test_none_are_sent_by_a_promise_to_others() -> None:
    elsewhere = still(**WILLING, treaties__deal__theatres=("strait",))
    assert not simulate(elsewhere, 0, 500).worlds["troops_arms"].any()


def test_without_the_gate_a_supplier_needs_no_treaty() -> None:
    no_deal = {"treaties__deal__concluded": False, "mechanisms__soldiers_gate": False}
    history = simulate(still(**WILLING, **no_deal), 0, 500)
    assert history.worlds["troops_arms"].mean() > 0.5


def test_the_gate_changes_nothing_while_a_treaty_binds() -> None:
    gated, free = paired(still(**WILLING), 500, mechanisms__soldiers_gate=False)
    assert gated.worlds["troops_arms"].any()
    for name, column in gated.worlds.items():
        assert np.array_equal(column, free.worlds[name], equal_nan=column.dtype.kind == "f"), name


def test_they_fight_as_deniable_troops_and_leave_with_the_war() -> None:
    truce = {"shocks__truce": shock("ceasefire", 10, on="front")}
    for _, now, state in watched(still(**WILLING, **truce), 200):
        war = state.rivalries["front"].war
        level = war.level[0, state.codes.index("seller")]
        assert np.array_equal(level == TROOPS, (now.arms.troops_present > 0) & war.on)
        assert state.month < 10 or not now.arms.troops_present.any()


def test_those_promised_in_a_war_come_with_a_first_contingent() -> None:
    bound = market(
        rules__exchange__troops=30.0,
        rules__answers__since_1946__aid_due_two__open_war=6.0,
        rules__honour__delay=0.0,
        shocks__raid=shock("home_soil_attack", 2, "buyer", on="front"),
        rules__war__home_soil=0.0,
        rules__war__settles=0.0,
        months=4,
    )
    history = simulate(bound, 0, 500)
    came = counted(history, "sends", actor="seller", subject="front") > 0
    troops = came & (counted(history, "sends", actor="seller", subject="front", level=1) == 0)
    sent = counted(history, "troops_sent") > 0
    assert troops.sum() > 100
    assert np.array_equal(sent, troops)
    assert {*_months(history, "troops_sent")} == {2}


def test_no_more_are_sent_than_can_be_parted_with() -> None:
    few = {"exchanges__arms__troops_pool": 7, "exchanges__arms__contingent": 5}
    arms = after(still(rules__exchange__troops=-9.0, **few), 50, 6).institutions.exchanges["arms"]
    assert np.array_equal(arms.troops_sent, np.full(50, 7.0))
    assert not arms.troops_left.any()


def test_without_soldiers_to_part_with_nobody_is_sent() -> None:
    none = simulate(still(rules__exchange__troops=-9.0, exchanges__arms__troops_pool=0), 0, 100)
    assert not none.worlds["troops_arms"].any()
    assert "troops_sent" not in {*none.events["event"]}


def test_soldiers_cost_what_they_cost() -> None:
    dear = {"exchanges__arms__troops_price": number(1.0)}
    before, now = paired(still(**WILLING), 500, **dear)
    assert rise(before.worlds["debt_arms"], now.worlds["debt_arms"]) > CLEAR


@pytest.mark.slow
def test_in_the_real_scenario_none_are_sent_before_the_pact_binds() -> None:
    signed = date(2024, 12, 1)
    history = simulate(changed(real("pact"), treaties__pact_2024__signed=signed), 0, 500)
    chosen = history.events["event"] == "troops_sent"
    called = {*history.events["world"][history.events["event"] == "sends"]}
    months = [
        month
        for world, month in zip(
            history.events["world"][chosen], history.events["month"][chosen], strict=True
        )
        if world not in called
    ]
    assert len(months) > 100
    assert min(months) >= 6


def _months(history: History, event: str) -> Any:
    return history.events["month"][history.events["event"] == event]
