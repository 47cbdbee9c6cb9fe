"""Effects of need on a buyer that fires more than it produces, and on other actors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.state import State
from tests.model.institutions.market import still
from tests.model.institutions.month_by_month import after
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import changed, real

LARGER: dict[str, dict[str, Any]] = {
    "it fires more": {"actors__buyer__munitions__use": 0.7},
    "it makes less": {"actors__buyer__munitions__production": 0.15},
}
SMALL: dict[str, Any] = {
    "actors__buyer__munitions__use": 0.45,
    "actors__buyer__munitions__production": 0.3,
    "rules__technology__willing": -2.5,
}
MOVES = {
    "munitions_{0}": 1,
    "missiles_{0}": 1,
    "technology_{0}": 1,
    "vetoes_{1}": 1,
    "enforcement_{1}": -1,
}
"""Which way a larger deficit moves what is measured of an exchange and of a council."""


@pytest.mark.parametrize("how", LARGER)
def test_a_larger_deficit_is_a_larger_need_and_hangs_more_on_the_supplier(how: str) -> None:
    before, now = after(still(**SMALL), 500, 1), after(still(**SMALL | LARGER[how]), 500, 1)
    for part in (_need, _reliance):
        assert (part(now) >= part(before)).all()
        assert (part(now) > part(before)).mean() > 0.5


@pytest.mark.parametrize("how", LARGER)
def test_a_larger_deficit_shelters_the_supplier_in_every_world(how: str) -> None:
    alone = {"rules__council__company": 0.0, "provokers__seller__rate": 0.0,
             "provokers__seller__long_run": 0.0}  # fmt: skip
    quiet = SMALL | alone | {"provokers__seller__excitation": 0.0}
    before, now = after(still(**quiet), 500, 2), after(still(**quiet | LARGER[how]), 500, 2)
    council, sheltering = (state.institutions.councils["board"] for state in (before, now))
    assert (sheltering.cover >= council.cover).all()
    assert (sheltering.cover > council.cover).mean() > 0.5
    assert (sheltering.enforcement <= council.enforcement).all()
    assert (sheltering.enforcement < council.enforcement).mean() > 0.5


@pytest.mark.parametrize("how", LARGER)
def test_a_larger_deficit_brings_more_arms_technology_and_vetoes_and_weaker_sanctions(
    how: str,
) -> None:
    before, now = paired(still(months=24, **SMALL), 2000, **LARGER[how])
    for measure, turn in MOVES.items():
        name = measure.format("arms", "board")
        assert turn * rise(before.worlds[name], now.worlds[name]) > CLEAR, name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "small", "large"), [("use", 0.35, 0.7), ("production", 0.3, 0.21)]
)
def test_so_it_is_in_the_real_scenario(part: str, small: float, large: float) -> None:
    path = f"actors__russia__munitions__{part}"
    pact = real("pact")
    before, now = paired(changed(pact, **{path: small}), 1500, **{path: large})
    for measure, turn in MOVES.items():
        name = measure.format("arms_2023", "security_council")
        assert turn * rise(before.worlds[name], now.worlds[name]) > CLEAR, name


def test_no_deficit_is_no_need_and_hangs_on_nobody() -> None:
    state = after(still(actors__buyer__munitions__production=0.9), 100, 1)
    assert not _need(state).any()
    assert not _reliance(state).any()
    assert _arms(state).delivered.any()  # its stores are made good all the same


def test_a_buyer_that_produces_nothing_depends_wholly_on_its_supplier() -> None:
    state = after(still(actors__buyer__munitions__production=0.0), 100, 1)
    assert np.array_equal(_reliance(state), np.ones(100))


def test_it_depends_on_deliveries_as_far_as_they_cover_its_deficit() -> None:
    state = after(still(), 300, 1)
    arsenal = state.institutions.arsenals[state.codes.index("buyer")]
    covered = np.minimum(_arms(state).delivered, arsenal.use - arsenal.production)
    assert _reliance(state) == pytest.approx(np.minimum(covered / arsenal.production, 1))


def _arms(state: State) -> Any:
    return state.institutions.exchanges["arms"]


def _need(state: State) -> Any:
    return state.institutions.arsenals[state.codes.index("buyer")].need


def _reliance(state: State) -> Any:
    return _arms(state).reliance
