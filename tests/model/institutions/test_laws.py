"""The conservation laws of institutions hold in every world and month."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.institutions.laws import LAWS, Law
from tests.model.institutions.market import market
from tests.model.institutions.month_by_month import watched
from tests.worlds import changed, number, real, shock

CEILINGS = {f"actors__{who}__output_ceiling": number(2.0, 1.0, 3.0) for who in ("buyer", "seller")}
MARKET = market(months=8, **CEILINGS)
COUNTED = {
    "exchanges__arms__munitions_stock": 20,
    "exchanges__arms__munitions_output": 2,
    "exchanges__arms__missiles_stock": 300,
    "exchanges__arms__missiles_output": 30,
    "exchanges__arms__troops_pool": 60,
    "exchanges__arms__contingent": 30,
    "exchanges__arms__debt": 10,
    "exchanges__gifts__munitions_stock": 5,
    "actors__buyer__munitions__use": 2,
    "actors__buyer__munitions__production": 2,
    "actors__buyer__munitions__stock": 5,
    "actors__enemy__munitions__use": 1,
    "rules__technology__value_2": 8,
    "rules__technology__value_3": 8,
}
SHARES = [
    "rules__exchange__draw",
    "rules__exchange__interdiction",
    "rules__exchange__returned",
    "rules__exchange__casualties",
    "rules__observation__open_detection",
    "rules__technology__gain_3",
    "rules__technology__works",
    "rules__council__step",
    "rules__council__defection",
    "rules__council__workaround_gain",
    "rules__balancing__coordination_gain",
    "rules__balancing__coordination_decay",
    "rules__restraint__backlash",
    "rules__restraint__turning",
    "councils__board__enforcement",
    "councils__board__laxity__broker",
    "patronages__broker_seller__dependence",
    "patronages__buyer_seller__dependence",
]
LEANINGS = [
    "rules__exchange__willing",
    "rules__technology__willing",
    "rules__council__proposal",
    "rules__council__dependence",
    "rules__provocation__programme",
    "rules__provocation__cover",
    "rules__restraint__willing",
]
SWITCHES = [
    "council",
    "technology",
    "memory",
    "provocation",
    "balancing",
    "restraint",
    "payment",
    "output",
]

assumed = st.fixed_dictionaries(
    {},
    optional={
        **{path: st.floats(0, most) for path, most in COUNTED.items()},
        **{path: st.floats(0, 1) for path in SHARES},
        **{path: st.floats(-4, 4) for path in LEANINGS},
        **{f"mechanisms__{name}": st.booleans() for name in SWITCHES},
        "shocks__truce": st.integers(1, 8).map(lambda month: shock("ceasefire", month, on="front")),
        "shocks__raid": st.integers(1, 8).map(
            lambda month: shock("home_soil_attack", month, "buyer", on="front")
        ),
    },
)
"""Arbitrary changes of the market: stocks, shares, affinities, switches and shocks."""


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS.keys())
def test_in_the_market(law: Law) -> None:
    for month in watched(market(), 100):
        law(*month)


@given(assumed)
@settings(max_examples=8, deadline=None)
def test_whatever_is_assumed(changes: dict[str, Any]) -> None:
    _lawful(changes)


@pytest.mark.slow
@given(assumed)
@settings(max_examples=100, deadline=None)
def test_whatever_is_assumed_however_long_one_looks(changes: dict[str, Any]) -> None:
    _lawful(changes)


@pytest.mark.slow
def test_in_the_real_scenario() -> None:
    for month in watched(real("pact"), 100):
        for law in LAWS.values():
            law(*month)


def _lawful(changes: dict[str, Any]) -> None:
    if not changes.get("mechanisms__council", True):
        changes |= {"mechanisms__political_cover": False}
    if not changes.get("mechanisms__provocation", True):
        changes |= {"mechanisms__calming_down": False}
    for month in watched(changed(MARKET, **changes), 10):
        for law in LAWS.values():
            law(*month)
