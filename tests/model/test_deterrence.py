"""Effects of a defence commitment on a rivalry: it deters the rival and emboldens the member.

Chances are compared exactly, world by world, on the eve of the first decision; outcomes as the
mean difference between twin worlds in standard errors (`rise`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.model.arrays import Counts, Vector
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted
from tests.model.opening_chances import Eve
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import START, changed, quarrel, rivalry, shock

WITHOUT = {"treaties__pact__concluded": False}
MOVES = ("challenge", "climb", "go_to_war")


LONG_AGO = date(2020, 1, 1)

SURE = {
    "mechanisms__misjudgement": False,
    "mechanisms__advice": False,
    "mechanisms__moral_hazard": False,
}
"""Rivals that know how willing allies are, and allies that add strength and nothing else."""


def promised(**changes: Any) -> Scenario:
    """Return the quarrel with a pact signed on day one, which no baseline includes."""
    return quarrel(treaties__pact__signed=START, **SURE | changes)


def eves(scenario: Scenario) -> tuple[Eve, Eve]:
    """Return the opening chances of a scenario without its pact, and with it."""
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
    worths = [Eve(promised(ties__patron__member__worth=worth)) for worth in (-0.5, 0.0, 0.5)]
    odds = np.stack([eve.challenge("rival") for eve in worths])
    assert (np.diff(odds, axis=0) < 0).all()


def test_a_nuclear_ally_deters_more() -> None:
    plain, armed = Eve(promised()), Eve(promised(actors__patron__nuclear_warheads=50))
    assert (armed.challenge("rival") < plain.challenge("rival")).all()
    assert (armed.go_to_war("rival") < plain.go_to_war("rival")).all()


def test_under_a_pact_the_rival_challenges_less() -> None:
    without, pact = paired(quarrel(**WITHOUT), treaties__pact__concluded=True)
    assert rise(_challenges(without, "rival"), _challenges(pact, "rival")) < -CLEAR


def test_the_more_such_allies_came_the_less_the_rival_challenges() -> None:
    record = "rules__answers__since_1946__aid_due_two__open_war"
    rare, sure = paired(promised(**{record: -3.0}), 6000, **{record: 3.0})
    assert rise(_challenges(rare, "rival"), _challenges(sure, "rival")) < -CLEAR


def test_how_willing_an_ally_was_in_the_record_moves_no_choice() -> None:
    """Rates were measured with that ally in view: its worth is in them already."""
    cool, warm = (Eve(quarrel(ties__patron__member__worth=worth, **SURE)) for worth in (0.1, 0.9))
    assert warm.challenge("rival") == pytest.approx(cool.challenge("rival"), abs=0.02)


# -- the member -------------------------------------------------------------------------------


@pytest.mark.parametrize("move", MOVES)
def test_an_unconditional_pact_makes_the_member_likelier_to_move_in_every_world(move: str) -> None:
    without, pact = eves(promised(treaties__pact__conditional=False))
    assert (getattr(pact, move)("member") > getattr(without, move)("member")).all()


@pytest.mark.parametrize("move", MOVES)
def test_a_conditional_pact_emboldens_the_member_less_than_an_unconditional_one(move: str) -> None:
    pact, unconditional = Eve(promised()), Eve(promised(treaties__pact__conditional=False))
    assert (getattr(pact, move)("member") < getattr(unconditional, move)("member")).all()


@pytest.mark.parametrize("move", ["challenge", "climb"])
def test_a_conditional_pact_emboldens_the_member_a_little(move: str) -> None:
    """In half of all wars the other side begins, and then aid is due."""
    without, pact = eves(promised())
    assert (getattr(pact, move)("member") > getattr(without, move)("member")).all()


def test_the_surer_the_challenger_is_to_begin_the_less_a_conditional_pact_emboldens() -> None:
    gains = []
    for begins in (0.0, 0.5, 1.0):
        without, pact = eves(promised(rules__challenge__begins=begins))
        gains.append(pact.challenge("member") - without.challenge("member"))
    assert (gains[0] > gains[1]).all()
    assert (gains[1] > gains[2]).all()


def test_the_surer_the_challenger_is_to_begin_the_more_a_conditional_pact_deters() -> None:
    losses = []
    for begins in (0.0, 0.5, 1.0):
        without, pact = eves(promised(rules__challenge__begins=begins))
        losses.append(without.challenge("rival") - pact.challenge("rival"))
    assert (losses[0] < losses[1]).all()
    assert (losses[1] < losses[2]).all()


def test_who_begins_is_nothing_to_an_unconditional_pact() -> None:
    clause = {"treaties__pact__conditional": False, "treaties__league__ends": LONG_AGO}
    odds = [Eve(promised(rules__challenge__begins=begins, **clause)) for begins in (0.2, 0.8)]
    assert odds[0].challenge("rival") == pytest.approx(odds[1].challenge("rival"))


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


@pytest.mark.parametrize("conditional", [True, False])
def test_allies_advise_a_target_to_settle(conditional: bool) -> None:
    silent = promised(treaties__pact__conditional=conditional)
    advised = Eve(changed(silent, mechanisms__advice=True))
    assert (advised.resist("member") < Eve(silent).resist("member")).all()


def test_an_ally_with_a_quarrel_of_its_own_advises_less_to_settle() -> None:
    def advice(**facts: Any) -> Vector:
        silent = promised(**{f"pairs__feud__{name}": fact for name, fact in facts.items()})
        advised = changed(silent, mechanisms__advice=True)
        helps = Eve(silent).aid("patron", "member")[0]
        return (Eve(advised).resist("member") - Eve(silent).resist("member")) / helps

    feud = {"between": ("rival", "patron"), "source": ("disputes",)}
    assert (advice(**feud, rivals=True, disputes=1) > advice(**feud)).all()


def test_advice_is_private_so_the_rival_does_not_reckon_with_it() -> None:
    silent = promised()
    advised = changed(silent, mechanisms__advice=True)
    assert np.array_equal(Eve(advised).challenge("rival"), Eve(silent).challenge("rival"))


def test_an_unconditional_pact_makes_bolder_than_the_strength_it_adds() -> None:
    pact = promised(treaties__pact__conditional=False)
    bold = Eve(changed(pact, mechanisms__moral_hazard=True))
    assert (bold.challenge("member") > Eve(pact).challenge("member")).all()
    assert np.array_equal(bold.challenge("rival"), Eve(pact).challenge("rival"))


def test_a_conditional_pact_is_no_moral_hazard() -> None:
    pact = promised()
    bold = Eve(changed(pact, mechanisms__moral_hazard=True))
    assert np.array_equal(bold.challenge("member"), Eve(pact).challenge("member"))


@pytest.mark.parametrize("conditional", [True, False])
def test_once_in_a_dispute_the_member_yields_less_and_goes_to_war_more(conditional: bool) -> None:
    march = {"shocks__march": shock("dispute", 1, "rival", rung="force")}
    clause = {"treaties__pact__conditional": conditional}
    pact, without = paired(promised(**march, **clause, months=12), 8000, **WITHOUT)
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
    quiet = rivalry("rival", "member", onset=(0.6, 0.0))
    scenario = promised(months=1, mechanisms__deterrence=False, rivalries__feud=quiet)
    pact, without = paired(scenario, 8000, **WITHOUT)
    assert np.array_equal(_challenges(pact, "rival"), _challenges(without, "rival"))
    pact, without = paired(changed(scenario, mechanisms__deterrence=True), 8000, **WITHOUT)
    assert rise(_challenges(without, "rival"), _challenges(pact, "rival")) < -CLEAR


def _challenges(history: History, who: str) -> Counts:
    return counted(history, "challenge", actor=who)
