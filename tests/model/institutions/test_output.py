"""Munitions output grows while an actor fights or supplies a war, and falls back after it."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.arrays import Vector
from sim.model.recording.history import History
from sim.model.simulate import simulate
from tests.model.compare_histories import same
from tests.model.institutions.market import still
from tests.model.institutions.month_by_month import watched
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import number, rivalry, shock

RAMP, MONTHS, TRUCE = 0.1, 12, 5
BUYER, SELLER, LEADER, NEIGHBOUR = "buyer", "seller", "leader", "neighbour"
CEILINGS: dict[str, Any] = {
    f"actors__{who}__output_ceiling": number(2.0, 1.5, 3.0)
    for who in (BUYER, SELLER, LEADER, NEIGHBOUR)
}
RAMPING: dict[str, Any] = CEILINGS | {"rules__supply__ramp": RAMP, "months": MONTHS}
CEASEFIRE: dict[str, Any] = {"shocks__truce": shock("ceasefire", TRUCE, on="front")}
OUTPUT = [f"output_{who}" for who in (BUYER, SELLER, LEADER, NEIGHBOUR)]


def test_who_fights_or_supplies_closes_the_same_share_of_the_gap_every_month() -> None:
    for who in (BUYER, SELLER, LEADER):
        for month, (level, ceiling) in enumerate(_levels(who), start=1):
            reached = 1.0
            for _ in range(month):
                reached = reached + RAMP * (ceiling[0] - reached)
            assert level[0] == pytest.approx(reached), (who, month)
            assert (level <= ceiling).all()


def test_an_actor_at_peace_that_supplies_nobody_makes_what_it_made() -> None:
    assert all((level == 1).all() for level, _ in _levels(NEIGHBOUR))


def test_after_a_ceasefire_output_falls_back_at_the_same_pace() -> None:
    levels = [level for level, _ in _levels(BUYER, **CEASEFIRE)]
    highest = levels[TRUCE - 2]
    assert (highest > 1).all()
    for month, level in enumerate(levels[TRUCE - 1 :], start=1):
        assert level == pytest.approx(1 + (highest - 1) * (1 - RAMP) ** month)


def test_an_actor_that_is_drawn_into_a_war_makes_more_from_that_month() -> None:
    attack = {
        "rivalries__strait": rivalry(SELLER, NEIGHBOUR, onset=(0.0, 0.0)),
        "shocks__attack": shock("dispute", 3, SELLER, on="strait"),
    }
    levels = [level for level, _ in _levels(NEIGHBOUR, **attack)]
    assert (levels[1] == 1).all()
    assert (levels[2] > 1).all()


def test_what_grows_is_production_and_what_a_supplier_can_spare() -> None:
    for before, now, state in watched(still(**RAMPING), 20):
        level = now.buyer_industry.level
        first = before.buyer_arsenal.production / before.buyer_industry.level
        assert now.buyer_arsenal.production == pytest.approx(first * level)
        spare = now.arms.sampled.munitions_output * now.seller_industry.level
        assert now.arms.output == pytest.approx(spare)
        assert state.month > 1 or (before.arms.output == before.arms.sampled.munitions_output).all()


def test_where_every_ceiling_is_one_nothing_changes() -> None:
    flat = {path: number(1.0) for path in CEILINGS}
    plain, level = simulate(still(), 0, 50), simulate(still(**flat), 0, 50)
    assert _same_but_for_output(plain, level)


def test_switched_off_every_world_is_as_without_it() -> None:
    off = still(**CEILINGS, mechanisms__output=False)
    assert _same_but_for_output(simulate(still(), 0, 50), simulate(off, 0, 50))


def test_a_buyer_that_makes_more_buys_less_pays_less_and_shelters_less() -> None:
    quiet = still(**CEILINGS, rules__supply__ramp=0.12, months=24, mechanisms__output=False)
    before, now = paired(quiet, 1500, mechanisms__output=True)
    for name in ("munitions_arms", "technology_arms", "vetoes_board"):
        assert rise(before.worlds[name], now.worlds[name]) < -CLEAR, name


def test_a_supplier_that_makes_more_delivers_more() -> None:
    alone = {"actors__seller__output_ceiling": number(2.0)}
    before, now = paired(still(**alone, mechanisms__output=False), 200, mechanisms__output=True)
    assert rise(before.worlds["munitions_arms"], now.worlds["munitions_arms"]) > CLEAR


def _levels(who: str, **changes: Any) -> list[tuple[Vector, Vector]]:
    """Return an actor's output and its ceiling at the end of every month, (world,) each."""
    industries = (
        getattr(now, f"{who}_industry") for _, now, _ in watched(still(**RAMPING | changes), 20)
    )
    return [(industry.level, industry.ceiling) for industry in industries]


def _same_but_for_output(first: History, second: History) -> bool:
    return all(
        same(getattr(first, table), getattr(second, table), leaving_out=OUTPUT)
        for table in ("worlds", "months", "events")
    )
