"""What moves which way among the four states, exactly and world by world, on the opening day.

Nobody misjudges an ally here, so that a direction holds in every world. Sizes are in test_sizes.py.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.arrays import Vector
from tests.model.opening_chances import Eve
from tests.scenarios.theory.four_states import eve, odds

RIVAL, MEMBER, PATRON = "borduria", "syldavia", "ruritania"
PACTS = {
    "conditional": "unallied",
    "unconditional": "unallied",
    "quarrel": "quarrel_unallied",
    "small_patron": "small_patron_unallied",
    "umbrella": "umbrella_unallied",
    "nuclear_member": "nuclear_member_unallied",
}
"""Every scenario with a pact of two, and the same without."""


# -- deterrence -------------------------------------------------------------------------------


@pytest.mark.parametrize("move", ["challenge", "climb", "go_to_war"])
@pytest.mark.parametrize("name", PACTS)
def test_a_pact_makes_the_rival_less_likely_to_move(name: str, move: str) -> None:
    """In nearly all worlds: in a few, what is promised and not due is less than without a promise."""
    assert (odds(name, move, RIVAL) < odds(PACTS[name], move, RIVAL)).mean() > 0.95


def test_an_unconditional_pact_deters_more_than_a_conditional_one() -> None:
    """Aid is then due whoever begins, which the rival does not know."""
    assert (deterred("unconditional") > deterred("conditional")).all()


def test_a_promise_among_many_deters_less_than_one_between_two() -> None:
    assert (deterred("among_many", "unallied") < deterred("conditional")).all()


def test_a_strong_patron_deters_more_than_one_as_weak_as_its_client() -> None:
    gain = deterred("conditional") - deterred("small_patron")
    assert (gain > 0).mean() > 0.9
    assert deterred("conditional").mean() > 2 * deterred("small_patron").mean()


def test_a_nuclear_patron_deters_more_than_another_of_the_same_strength() -> None:
    assert (deterred("umbrella") > deterred("conditional")).mean() > 0.95


def test_a_nuclear_patron_adds_no_dread_where_the_member_is_nuclear_itself() -> None:
    assert (deterred("nuclear_member") < deterred("umbrella")).mean() > 0.95
    assert deterred("nuclear_member").mean() == pytest.approx(
        deterred("conditional").mean(), rel=0.05
    )


def test_a_pact_adds_less_where_the_patrons_own_quarrel_would_bring_it_in_any_case() -> None:
    assert deterred("quarrel").mean() < 0.8 * deterred("conditional").mean()


def test_the_likelier_the_patron_is_to_come_the_less_the_rival_challenges() -> None:
    record = "rules__answers__since_1946__aid_due_two__open_war"
    rare, usual, sure = (
        odds("conditional", "challenge", RIVAL, **{record: level}) for level in (-4.0, -1.0, 2.0)
    )
    assert (usual < rare).all()
    assert (sure < usual).all()


@pytest.mark.parametrize("move", ["challenge", "climb"])
def test_with_deterrence_off_the_rival_does_not_reckon_with_the_patron(move: str) -> None:
    off = {"mechanisms__deterrence": False}
    with_, without = (odds(name, move, RIVAL, **off) for name in ("conditional", "unallied"))
    assert with_.mean() == pytest.approx(without.mean(), abs=0.02)


# -- emboldening ------------------------------------------------------------------------------


@pytest.mark.parametrize("move", ["challenge", "climb", "go_to_war"])
def test_an_unconditional_pact_makes_the_member_bolder_in_every_world(move: str) -> None:
    assert (odds("unconditional", move, MEMBER) > odds("unallied", move, MEMBER)).all()


@pytest.mark.parametrize("move", ["challenge", "climb", "go_to_war"])
def test_an_unconditional_pact_emboldens_more_than_a_conditional_one(move: str) -> None:
    assert (odds("unconditional", move, MEMBER) > odds("conditional", move, MEMBER)).all()


def test_a_member_sure_to_begin_the_war_is_no_bolder_for_a_conditional_pact() -> None:
    """Where nobody knows who will begin, it is somewhat bolder: docs/theory.md, E2."""
    sure = emboldened("conditional", rules__challenge__begins=1.0)
    assert sure.mean() <= 0
    assert (emboldened("conditional") > sure).all()


def test_moral_hazard_is_a_part_of_what_emboldens_and_of_no_conditional_pact() -> None:
    off = {"mechanisms__moral_hazard": False}
    assert (emboldened("unconditional", **off) < emboldened("unconditional")).all()
    assert (emboldened("unconditional", **off) > 0).all()
    assert np.array_equal(emboldened("conditional", **off), emboldened("conditional"))


@pytest.mark.parametrize("name", ["conditional", "unconditional"])
def test_with_emboldenment_off_no_pact_makes_the_member_challenge_more(name: str) -> None:
    assert (np.abs(emboldened(name, mechanisms__emboldenment=False)) < 0.05).mean() > 0.95


# -- restraint --------------------------------------------------------------------------------


def test_a_small_patron_makes_its_client_resist_less_by_its_advice() -> None:
    def firmer(**changes: bool) -> Vector:
        with_, without = (
            odds(name, "resist", MEMBER, **changes)
            for name in ("small_patron", "small_patron_unallied")
        )
        return with_ - without

    assert (firmer() < 0).all()
    assert (firmer(mechanisms__advice=False) > 0).all()


def test_advice_makes_the_client_of_a_strong_patron_softer_but_not_soft() -> None:
    silent = odds("conditional", "resist", MEMBER, mechanisms__advice=False)
    advised = odds("conditional", "resist", MEMBER)
    assert (advised < silent).all()
    assert advised.mean() > odds("unallied", "resist", MEMBER).mean()


# -- who comes --------------------------------------------------------------------------------


def test_a_promise_makes_the_patron_likelier_to_fight() -> None:
    for name, without in PACTS.items():
        assert (willing(name) > willing(without)).all(), name


def test_a_quarrel_of_its_own_makes_the_patron_likelier_to_fight_with_a_pact_and_without() -> None:
    assert (willing("quarrel") > willing("conditional")).all()
    assert (willing("quarrel_unallied") > willing("unallied")).all()


def test_a_promise_among_many_is_less_likely_to_be_honoured() -> None:
    assert (willing("among_many") < willing("conditional")).all()


def test_past_disputes_side_by_side_and_worth_make_the_patron_likelier_to_fight() -> None:
    company = {
        "pairs__company": {
            "between": (PATRON, MEMBER),
            "joint_disputes": 1,
            "source": ("judgement",),
        }
    }
    assert (willing("conditional", **company) > willing("conditional")).all()
    assert (
        willing("conditional", ties__ruritania__syldavia__worth=0.9) > willing("conditional")
    ).all()


def test_a_nuclear_opponent_makes_the_patron_less_likely_to_fight() -> None:
    armed = willing("conditional", actors__borduria__nuclear_warheads=20)
    assert (armed <= willing("conditional")).all()
    assert (armed < willing("conditional")).mean() > 0.95


def test_whoever_begins_is_owed_less_by_a_conditional_pact_only() -> None:
    assert (began("conditional") < willing("conditional")).all()
    assert np.array_equal(began("unconditional"), willing("unconditional"))


def test_attacked_at_home_a_member_that_began_the_war_is_owed_aid_after_all() -> None:
    at_home = eve("conditional").willing(PATRON, MEMBER, began=True, home_soil=True)
    assert np.array_equal(at_home, willing("conditional"))


# -- helpers ----------------------------------------------------------------------------------


def deterred(name: str, without: str = "") -> Vector:
    """Return by how much a pact lowers the log-odds of the rival's challenge, (world,)."""
    base = odds(without or PACTS[name], "challenge", RIVAL)
    return base - odds(name, "challenge", RIVAL)


def emboldened(name: str, **changes: float) -> Vector:
    """Return by how much a pact raises the log-odds of the member's challenge, (world,)."""
    base = odds(PACTS[name], "challenge", MEMBER, **changes)
    return odds(name, "challenge", MEMBER, **changes) - base


def willing(name: str, **changes: object) -> Vector:
    """Return the log-odds that the patron fights for an attacked member, (world,)."""
    return _eve(name, **changes).willing(PATRON, MEMBER)


def began(name: str) -> Vector:
    """Return the same for a member that began the war, (world,)."""
    return _eve(name).willing(PATRON, MEMBER, began=True)


def _eve(name: str, **changes: object) -> Eve:
    return eve(name, **changes)
