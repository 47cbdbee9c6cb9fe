"""In every world and month, institutions change as the oracle computes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.model.arrangements.market import still
from tests.model.arrangements.month_by_month import watched
from tests.model.arrangements.oracle import SEVERITIES, OracleWorld
from tests.worlds import shock

WORLDS = 25
LIVELY: dict[str, Any] = {
    "rules__exchange__troops": 2.0,
    "rules__technology__willing": -2.0,
    "rules__observation__admission": -2.5,
    "rules__council__last_veto": 1.0,
    "rules__council__coerces": 0.5,
    "rules__balancing__reassurance": 0.4,
    "rules__balancing__arms_threat": -1.5,
    "rules__balancing__arms_act": -1.5,
    "rules__restraint__backlash": 0.2,
    "shocks__truce": shock("ceasefire", 10, on="front"),
}
"""A market in which much happens within a year, the last months of it at peace."""


Read = Callable[[OracleWorld], Any]


AMOUNTS: dict[str, tuple[Read, Read]] = {
    "munitions shipped": (
        OracleWorld.shipped,
        lambda t: t.was("arms", "stock") + t.now("arms", "_munitions_output")
        - t.now("arms", "stock"),
    ),
    "munitions delivered": (
        lambda t: t.shipped() * (1 - t.stopped()),
        lambda t: t.now("arms", "delivered"),
    ),
    "missiles": (
        lambda t: t.missiles() * (1 - t.stopped()),
        lambda t: t.now("arms", "missiles_sent") - t.was("arms", "missiles_sent"),
    ),
    "reliance": (OracleWorld.reliance, lambda t: t.now("arms", "reliance")),
    "tension": (
        OracleWorld.tension,
        lambda t: t.now("seller_provoker", "tension")
        / t.now("seller_provoker", "baseline_tension"),
    ),
    "cover": (OracleWorld.cover, lambda t: t.now("board", "cover")),
    "enforcement": (OracleWorld.enforcement, lambda t: t.now("board", "enforcement")),
    "threat": (OracleWorld.threat, lambda t: t.now("ring", "threat")),
    "dependence on the broker": (
        lambda t: t.dependence()["broker"],
        lambda t: t.now("broker_seller", "dependence"),
    ),
    "dependence on the buyer": (
        lambda t: t.dependence()["buyer"],
        lambda t: t.now("buyer_seller", "dependence"),
    ),
}  # fmt: skip
"""Amounts by the oracle, and by the engine."""


def _provocations(kind: str) -> tuple[Read, Read]:
    return (lambda t: t.provocations(kind)), (lambda t: t.count(kind))


def _restraint(patron: str) -> tuple[Read, Read]:
    return (
        lambda t: t.restrains(patron),
        lambda t: t.more(f"{patron}_seller", "restrained"),
    )


def _backlash(patron: str) -> tuple[Read, Read]:
    return (
        lambda t: t.turns_away(patron),
        lambda t: t.more(f"{patron}_seller", "backlashes"),
    )


OCCURRENCES: dict[str, tuple[Read, Read]] = {
    **{f"{kind} provocations": _provocations(kind) for kind in SEVERITIES},
    "a draft": (OracleWorld.drafted, lambda t: t.more("board", "drafts")),
    "a veto": (lambda t: t.drafted() and t.vetoed(), lambda t: t.more("board", "vetoes")),
    "a measure adopted": (
        lambda t: t.drafted() and not t.vetoed() and t.votes() >= 8,
        lambda t: t.more("board", "adopted"),
    ),
    "soldiers sent": (
        lambda t: t.at_war and t.sends_soldiers(),
        lambda t: t.more("arms", "troops_sent"),
    ),
    "soldiers seen": (
        lambda t: (
            not t.was("arms", "troops_seen")
            and t.now("arms", "troops_sent") > 0
            and t.detected("troops")
        ),
        lambda t: t.more("arms", "troops_seen"),
    ),
    "a denial ended": (
        lambda t: not t.was("arms", "admitted") and t.admits(),
        lambda t: t.more("arms", "admitted"),
    ),
    "an exercise": (OracleWorld.exercises, lambda t: t.more("ring", "exercises")),
    "a reassurance": (OracleWorld.reassures, lambda t: t.more("ring", "reassurances")),
    "arms threatened": (
        lambda t: t.at_war and not t.was("answer", "threatened") and t.arms("threaten arms"),
        lambda t: t.more("answer", "threatened"),
    ),
    "arms sent": (
        lambda t: (
            t.at_war
            and t.was("answer", "threatened")
            and not t.was("answer", "sent")
            and t.arms("send arms")
        ),
        lambda t: t.more("answer", "sent"),
    ),
    **{f"restraint by the {patron}": _restraint(patron) for patron in ("broker", "buyer")},
    **{f"backlash against the {patron}": _backlash(patron) for patron in ("broker", "buyer")},
}
"""Occurrences by the oracle, and by the engine."""


@pytest.mark.parametrize("amount", AMOUNTS)
def test_every_amount_is_that_of_the_oracle(amount: str) -> None:
    oracle, engine = AMOUNTS[amount]
    for month in _months():
        assert engine(month) == pytest.approx(oracle(month), rel=1e-9, abs=1e-9), month.where


@pytest.mark.parametrize("occurrence", OCCURRENCES)
def test_every_occurrence_is_where_the_oracle_has_it(occurrence: str) -> None:
    oracle, engine = OCCURRENCES[occurrence]
    outcomes = [engine(month) for month in _months()]
    for month, outcome in zip(_months(), outcomes, strict=True):
        assert oracle(month) == outcome, month.where
    assert any(outcomes)
    assert not all(outcomes)


def test_technology_is_transferred_tier_by_tier_and_reduces_the_debt() -> None:
    transferred = 0
    for month in _months():
        debt, level = month.debt(), month.was("seller_programme", "level")
        for row, tier in enumerate((2, 3, 4)):
            new = not month.had(row) and month.technology(tier, debt)
            assert new == (month.has(row) and not month.had(row)), month.where
            debt = max(debt - month.rule("technology", f"value_{tier}") * new, 0)
            level += month.gained(tier) * (1 - level) * new
            transferred += new
        level += month.now("seller_programme", "drift") * (1 - level)
        assert month.now("seller_programme", "level") == pytest.approx(level), month.where
        assert month.now("arms", "debt") == pytest.approx(debt), month.where
    assert transferred > 20


@cache
def _months() -> tuple[OracleWorld, ...]:
    return tuple(
        OracleWorld(before, now, state, at)
        for before, now, state in watched(still(**LIVELY), WORLDS)
        for at in range(WORLDS)
    )
