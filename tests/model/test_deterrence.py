"""What a promise of aid does to a quarrel: it deters the rival and emboldens the member.

Chances are compared exactly, world by world, on the eve of the first decision; outcomes as the
mean difference between twin worlds in standard errors (`rise`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.arrays import Counts
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted
from tests.model.opening_chances import Eve
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import START, changed, quarrel, rivalry, shock

WITHOUT = {"treaties__pact__concluded": False}
MOVES = ("challenge", "climb", "go_to_war")


def promised(**changes: Any) -> Scenario:
    """Return the quarrel with a pact as young as the scenario, which no record knows of yet."""
    return quarrel(treaties__pact__signed=START, **changes)


def eves(scenario: Scenario) -> tuple[Eve, Eve]:
    """Return the eves of a scenario without its pact, and with it."""
    return Eve(changed(scenario, **WITHOUT)), Eve(scenario)


# -- the rival --------------------------------------------------------------------------------


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("conditional", [True, False])
def test_a_pact_makes_the_rival_less_likely_to_move_in_every_world(
    move: str, conditional: bool
) -> None:
    without, pact = eves(promised(treaties__pact__conditional=conditional))
    assert (getattr(pact, move)("rival") < getattr(without, move)("rival")).all()


def test_the_likelier_the_ally_is_to_come_the_less_the_rival_challenges() -> None:
    worths = [Eve(quarrel(ties__patron__member__worth=worth)) for worth in (-0.5, 0.0, 0.5, 1.0)]
    odds = np.stack([eve.challenge("rival") for eve in worths])
    assert (np.diff(odds, axis=0) < 0).all()


def test_a_nuclear_ally_deters_more() -> None:
    plain, armed = Eve(promised()), Eve(promised(actors__patron__nuclear_warheads=50))
    assert (armed.challenge("rival") < plain.challenge("rival")).all()
    assert (armed.go_to_war("rival") < plain.go_to_war("rival")).all()


def test_under_a_pact_the_rival_challenges_less() -> None:
    without, pact = paired(quarrel(**WITHOUT), treaties__pact__concluded=True)
    assert rise(_challenges(without, "rival"), _challenges(pact, "rival")) < -CLEAR


def test_with_a_likelier_ally_the_rival_challenges_less() -> None:
    cool, warm = paired(quarrel(ties__patron__member__worth=0.1), ties__patron__member__worth=0.95)
    assert rise(_challenges(cool, "rival"), _challenges(warm, "rival")) < -CLEAR


# -- the member -------------------------------------------------------------------------------


@pytest.mark.parametrize("move", MOVES)
def test_an_unconditional_pact_makes_the_member_likelier_to_move_in_every_world(move: str) -> None:
    without, pact = eves(promised(treaties__pact__conditional=False))
    assert (getattr(pact, move)("member") > getattr(without, move)("member")).all()


@pytest.mark.parametrize("move", MOVES)
def test_a_conditional_pact_leaves_the_member_s_own_moves_exactly_as_they_were(move: str) -> None:
    without, pact = eves(promised())
    assert np.array_equal(getattr(pact, move)("member"), getattr(without, move)("member"))


@pytest.mark.parametrize("conditional", [True, False])
def test_a_pact_of_either_kind_makes_the_member_stand_firmer(conditional: bool) -> None:
    without, pact = eves(promised(treaties__pact__conditional=conditional))
    assert (pact.resist("member") > without.resist("member")).all()


def test_an_offence_pact_emboldens_like_an_unconditional_one() -> None:
    without, pact = eves(promised(treaties__pact__obligations=("offence",)))
    assert (pact.challenge("member") > without.challenge("member")).all()


def test_an_unconditional_member_challenges_more() -> None:
    quiet = rivalry("rival", "member", onset=(0.0, 0.6))
    scenario = promised(rivalries__feud=quiet, months=3, treaties__pact__conditional=False)
    pact, without = paired(scenario, worlds=4000, **WITHOUT)
    assert rise(_challenges(without, "member"), _challenges(pact, "member")) > CLEAR


def test_a_conditional_member_challenges_in_the_same_worlds_as_without() -> None:
    quiet = rivalry("rival", "member", onset=(0.0, 0.6))
    pact, without = paired(promised(rivalries__feud=quiet, months=1), **WITHOUT)
    assert _challenges(pact, "member").sum() > 100
    assert np.array_equal(_challenges(pact, "member"), _challenges(without, "member"))


@pytest.mark.parametrize("conditional", [True, False])
def test_once_in_a_dispute_the_member_yields_less_and_goes_to_war_more(conditional: bool) -> None:
    march = {"shocks__march": shock("dispute", 1, "rival", rung="force")}
    clause = {"treaties__pact__conditional": conditional}
    pact, without = paired(promised(**march, **clause, months=12), **WITHOUT)
    yields = (counted(history, "yield", actor="member") for history in (without, pact))
    wars = (counted(history, "war", actor="member") for history in (without, pact))
    assert rise(*yields) < -CLEAR
    assert rise(*wars) > CLEAR


# -- one without the other --------------------------------------------------------------------


@pytest.mark.parametrize("move", MOVES)
def test_deterrence_off_the_pact_is_nothing_to_the_rival_and_all_it_was_to_the_member(
    move: str,
) -> None:
    scenario = promised(treaties__pact__conditional=False, mechanisms__deterrence=False)
    without, pact = eves(scenario)
    assert np.array_equal(getattr(pact, move)("rival"), getattr(without, move)("rival"))
    assert (getattr(pact, move)("member") > getattr(without, move)("member")).all()


@pytest.mark.parametrize("move", MOVES)
def test_emboldenment_off_the_pact_is_nothing_to_the_member_and_all_it_was_to_the_rival(
    move: str,
) -> None:
    scenario = promised(treaties__pact__conditional=False, mechanisms__emboldenment=False)
    without, pact = eves(scenario)
    assert np.array_equal(getattr(pact, move)("member"), getattr(without, move)("member"))
    assert (getattr(pact, move)("rival") < getattr(without, move)("rival")).all()


@pytest.mark.parametrize("switch", ["deterrence", "emboldenment"])
def test_neither_switch_changes_who_stands_firm(switch: str) -> None:
    on, off = Eve(quarrel()), Eve(quarrel(**{f"mechanisms__{switch}": False}))
    for who in ("rival", "member"):
        assert np.array_equal(off.resist(who), on.resist(who))


def test_deterrence_off_the_rival_opens_the_same_disputes_with_a_pact_and_without() -> None:
    scenario = promised(months=1, mechanisms__deterrence=False)
    pact, without = paired(scenario, **WITHOUT)
    assert np.array_equal(_challenges(pact, "rival"), _challenges(without, "rival"))
    pact, without = paired(changed(scenario, mechanisms__deterrence=True), **WITHOUT)
    assert rise(_challenges(without, "rival"), _challenges(pact, "rival")) < -CLEAR


def _challenges(history: History, who: str) -> Counts:
    return counted(history, "challenge", actor=who)
