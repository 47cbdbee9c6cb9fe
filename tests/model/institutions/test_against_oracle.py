"""Every month of every institution agrees, in every world, with an oracle written apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.model.institutions.market import still
from tests.model.institutions.month_by_month import watched
from tests.model.institutions.oracle import SEVERITIES, ExpectedMonth
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
    "wars__front__support": {"leader": {"side": "enemy", "aid": "materiel", "source": "judgement"}},
}
"""A market in which much happens within a year, the last months of it at peace."""


Reader = Callable[[ExpectedMonth], Any]


AMOUNTS: dict[str, tuple[Reader, Reader]] = {
    "munitions shipped": (
        ExpectedMonth.shipped,
        lambda t: t.was("arms", "stock") + t.given("arms", "munitions_output")
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
    "reliance": (ExpectedMonth.reliance, lambda t: t.now("arms", "reliance")),
    "tension": (
        ExpectedMonth.tension,
        lambda t: t.now("seller_provoker", "tension")
        / t.now("seller_provoker", "baseline_tension"),
    ),
    "readiness for a satellite": (
        lambda t: t.readiness("satellite"),
        lambda t: t._now.seller_provoker.readiness["satellite"][t.at],
    ),
    "the buyer's rupture": (
        lambda t: t.rupture("buyer"),
        lambda t: t._now.board.rupture[
            t._now.board.voters.index(t._state.codes.index("buyer")), t.at
        ],
    ),
    "cover": (ExpectedMonth.cover, lambda t: t.now("board", "cover")),
    "enforcement": (ExpectedMonth.enforcement, lambda t: t.now("board", "enforcement")),
    "threat": (ExpectedMonth.threat, lambda t: t.now("ring", "threat")),
    "dependence on the broker": (
        lambda t: t.dependence()["broker"],
        lambda t: t.now("broker_seller", "dependence"),
    ),
    "dependence on the buyer": (
        lambda t: t.dependence()["buyer"],
        lambda t: t.now("buyer_seller", "dependence"),
    ),
}  # fmt: skip
"""Amounts by the oracle, and as simulated."""


def _provocations(kind: str) -> tuple[Reader, Reader]:
    return (lambda t: t.provocations(kind)), (lambda t: t.count(kind))


def _restraint(patron: str) -> tuple[Reader, Reader]:
    return (
        lambda t: t.restrains(patron),
        lambda t: t.more(f"{patron}_seller", "restrained"),
    )


def _backlash(patron: str) -> tuple[Reader, Reader]:
    return (
        lambda t: t.lashes_back(patron),
        lambda t: t.more(f"{patron}_seller", "backlashes"),
    )


EVENTS: dict[str, tuple[Reader, Reader]] = {
    **{f"{kind} provocations": _provocations(kind) for kind in SEVERITIES},
    "a draft": (ExpectedMonth.drafted, lambda t: t.more("board", "drafts")),
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
            and t.now("arms", "troops_present") > 0
            and t.detected("troops")
        ),
        lambda t: t.more("arms", "troops_seen"),
    ),
    "a denial ended": (
        lambda t: not t.was("arms", "admitted") and t.admits(),
        lambda t: t.more("arms", "admitted"),
    ),
    "an exercise": (ExpectedMonth.exercises, lambda t: t.more("ring", "exercises")),
    "a reassurance": (ExpectedMonth.reassures, lambda t: t.more("ring", "reassurances")),
    "arms threatened": (
        lambda t: (
            t.at_war and not t.was("answer", "threatened") and t.moved_to_arms("threaten arms")
        ),
        lambda t: t.more("answer", "threatened"),
    ),
    "arms sent": (
        lambda t: (
            t.at_war
            and t.was("answer", "threatened")
            and not t.was("answer", "sent")
            and t.moved_to_arms("send arms")
        ),
        lambda t: t.more("answer", "sent"),
    ),
    **{f"restraint by the {patron}": _restraint(patron) for patron in ("broker", "buyer")},
    **{f"backlash against the {patron}": _backlash(patron) for patron in ("broker", "buyer")},
}
"""Events by the oracle, and as simulated."""


@pytest.mark.parametrize("amount", AMOUNTS)
def test_an_amount_is_in_every_world_and_month_that_of_the_oracle(amount: str) -> None:
    expected, simulated = AMOUNTS[amount]
    for month in _months():
        assert simulated(month) == pytest.approx(expected(month), rel=1e-9, abs=1e-9), month.where


@pytest.mark.parametrize("event", EVENTS)
def test_what_happens_happens_where_the_oracle_expects_it(event: str) -> None:
    expected, simulated = EVENTS[event]
    happened = [simulated(month) for month in _months()]
    for month, outcome in zip(_months(), happened, strict=True):
        assert expected(month) == outcome, month.where
    assert any(happened)
    assert not all(happened)


def test_technology_is_given_tier_by_tier_and_pays_off_what_is_owed() -> None:
    given = 0
    for month in _months():
        debt, level = month.owed(), month.was("seller_programme", "level")
        for row, tier in enumerate((2, 3, 4)):
            new = not month.had(row) and month.technology(tier, debt)
            new &= tier < 4 or month.has(row - 1)
            assert new == (month.has(row) and not month.had(row)), month.where
            debt = max(debt - month.rule("technology", f"value_{tier}") * new, 0)
            level += month.gained(tier) * (1 - level) * new
            given += new
        level += month.now("seller_programme", "drift") * (1 - level)
        assert month.now("seller_programme", "level") == pytest.approx(level), month.where
        assert month.now("arms", "debt") == pytest.approx(debt), month.where
    assert given > 20


@cache
def _months() -> tuple[ExpectedMonth, ...]:
    return tuple(
        ExpectedMonth(before, now, state, at)
        for before, now, state in watched(still(**LIVELY), WORLDS)
        for at in range(WORLDS)
    )
