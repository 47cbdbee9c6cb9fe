"""When an ally intervenes: what makes it likelier or less likely, and what a commitment binds.

Willingness is compared exactly, world by world; outcomes as the mean difference between twin worlds
in standard errors (`rise`), in the months after the rival has attacked the member everywhere.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.model.entities.rivalry import WAR
from sim.model.entities.war import OPEN_WAR
from sim.model.model import AllianceModel
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import counted
from tests.model.opening_chances import Eve
from tests.model.paired_worlds import CLEAR, paired, rise
from tests.worlds import START, actor, number, pair, quarrel, rivalry, shock, treaty, war

LAPSED = {"treaties__pact__ends": date(2020, 1, 1)}
SIGNED_ONLY = {
    "treaties__pact__signed": date(2024, 1, 1),
    "treaties__pact__in_force": date(2030, 1, 1),
}
IN_FORCE = {"treaties__pact__signed": date(2024, 1, 1)}

NO_PACT = {"treaties__pact__concluded": False}
SMALL_NEIGHBOUR = {"actors__patron__major_power": False, "actors__patron__borders": ["rival"]}

LESS: dict[str, dict[str, Any]] = {
    "a nuclear opponent": {"actors__rival__nuclear_warheads": 50},
    "less at stake in the partner": {"ties__patron__member__worth": 0.0},
    "a treaty signed and not in force": SIGNED_ONLY,
    "a treaty that has lapsed": LAPSED,
    "no treaty": {"treaties__pact__concluded": False},
    "another war": {
        "actors__outsider": actor(0.03, (40, 0)),
        "rivalries__siege": rivalry("outsider", "patron"),
        "wars__siege": war("siege", "outsider", "patron"),
    },
}
"""What makes an ally less willing than in the quarrel as it is."""

MORE: dict[str, dict[str, Any]] = {
    "troops in place": {"ties__patron__member__stationed": number(5)},
    "a quarrel of its own with the opponent": {"pairs__feud": pair("rival", "patron", rivals=True)},
    "past disputes with the opponent": {"pairs__feud": pair("rival", "patron", disputes=3)},
    "the opponent next door, across water": {
        "pairs__feud": pair("rival", "patron", sea_neighbours=True)
    },
    "the opponent next door, by land": {"actors__patron__borders": ["rival"]},
    "a dispute fought at the partner's side": {
        "pairs__company": pair("member", "patron", joint_disputes=1)
    },
}
"""What makes it more willing."""


def attacked(**changes: Any) -> Scenario:
    """Return the quarrel with an attack on the member in the first month of every world."""
    attack = {"shocks__attack": shock("dispute", 1, "rival"), "rules__war__home_soil": 0.0}
    return quarrel(**attack | changes, months=3)


# -- more and less ----------------------------------------------------------------------------


@pytest.mark.parametrize("why", LESS)
def test_an_ally_is_less_willing_in_every_world_for(why: str) -> None:
    before, after = Eve(quarrel()), Eve(quarrel(**LESS[why]))
    assert (after.willing("patron", "member") < before.willing("patron", "member")).all()


@pytest.mark.parametrize("why", MORE)
def test_an_ally_is_more_willing_in_every_world_for(why: str) -> None:
    before, after = Eve(quarrel()), Eve(quarrel(**MORE[why]))
    assert (after.willing("patron", "member") > before.willing("patron", "member")).all()


@pytest.mark.parametrize("why", LESS)
def test_the_ally_comes_less_often_for(why: str) -> None:
    before, after = paired(attacked(), **LESS[why])
    assert rise(before.worlds["entered_patron"], after.worlds["entered_patron"]) < -CLEAR


@pytest.mark.parametrize("why", MORE)
def test_the_ally_comes_more_often_for(why: str) -> None:
    before, after = paired(attacked(), **MORE[why])
    assert rise(before.worlds["entered_patron"], after.worlds["entered_patron"]) > CLEAR


def test_reputation_adds_its_weight_times_what_others_believe_beyond_the_prior() -> None:
    light, heavy = (Eve(quarrel(rules__honour__reputation=weight)) for weight in (0.2, 1.2))
    for eve in (light, heavy):
        eve.context.state.memory.honoured[1, 2] += 3.0
    above = heavy.relationship("patron", "member").reputation
    gained = heavy.willing("patron", "member") - light.willing("patron", "member")
    assert (above > 0).all()
    assert gained == pytest.approx(above)


@pytest.mark.parametrize("facts", [{"rivals": True}, {"disputes": 1}, {"sea_neighbours": True}])
def test_every_kind_of_quarrel_weighs_the_same(facts: dict[str, Any]) -> None:
    plain, quarrels = Eve(quarrel()), Eve(quarrel(pairs__feud=pair("rival", "patron", **facts)))
    added = quarrels.willing("patron", "member") - plain.willing("patron", "member")
    assert added == pytest.approx(plain.context.state.rules.honour.own_quarrel)


def test_a_quarrel_with_the_partner_is_none_with_the_opponent() -> None:
    plain = Eve(quarrel())
    other = Eve(quarrel(pairs__feud=pair("member", "patron", rivals=True)))
    assert np.array_equal(plain.willing("patron", "member"), other.willing("patron", "member"))


def test_what_an_ally_is_far_from_or_strong_for_is_nothing_to_it() -> None:
    """In 95 wars distance, strength and rank carried nothing for allies that owe aid."""
    changes = {"actors__patron__capital__longitude": 110.0, "actors__patron__capability": 0.4}
    before, after = Eve(quarrel()), Eve(quarrel(**changes))
    assert np.array_equal(before.willing("patron", "member"), after.willing("patron", "member"))


def test_an_ally_is_called_once_a_month_however_often_its_partner_has_cause() -> None:
    """The backer's entry gives the member fresh cause to call the patron that refused it."""
    _, history = paired(attacked(), 2000, treaties__league__conditional=False)
    called = counted(history, "called", subject="pact", month=1)
    refused = counted(history, "reneged", subject="pact", month=1) > 0
    opposed = counted(history, "sends", actor="backer", month=1, level=OPEN_WAR) > 0
    assert (refused & opposed).sum() > 100
    assert (called == 1).all()


# -- who began it, and whose soil -------------------------------------------------------------


def test_a_partner_that_began_the_war_gets_less_than_one_attacked() -> None:
    eve = Eve(quarrel())
    attacked = eve.willing("patron", "member")
    assert (eve.willing("patron", "member", began=True) < attacked).all()


def test_a_partner_that_began_the_war_gets_more_once_its_own_soil_is_attacked() -> None:
    eve = Eve(quarrel())
    began = eve.willing("patron", "member", began=True)
    assert (eve.willing("patron", "member", began=True, home_soil=True) > began).all()


@pytest.mark.parametrize(
    "clause", [{"conditional": False}, {"obligations": ("offence",)}], ids=["any war", "offence"]
)
def test_an_unconditional_promise_is_as_good_in_an_attack(clause: dict[str, Any]) -> None:
    eve = Eve(quarrel(**{f"treaties__pact__{name}": value for name, value in clause.items()}))
    began, attacked = (eve.willing("patron", "member", began=began) for began in (True, False))
    assert np.array_equal(began, attacked)


def test_a_conditional_treaty_is_not_invoked_by_a_partner_that_began_the_war() -> None:
    attack = shock("dispute", 1, "member")
    defends, begins = paired(attacked(), shocks__attack=attack)
    assert defends.worlds["invoked_pact"].all()
    assert not begins.worlds["invoked_pact"].any()
    assert rise(defends.worlds["entered_patron"], begins.worlds["entered_patron"]) < -CLEAR


def test_attacked_on_its_own_soil_it_may_invoke_it_all_the_same() -> None:
    begun = attacked(shocks__attack=shock("dispute", 1, "member"))
    spared, struck = paired(begun, shocks__raid=shock("home_soil_attack", 2, "member"))
    at_war = struck.months["rung_feud"].reshape(-1, 3)[:, 0] == WAR
    arrived = counted(struck, "sends", actor="patron", month=1, level=OPEN_WAR) > 0
    called = counted(struck, "called", subject="pact", month=2) > 0
    assert np.array_equal(called, at_war & ~arrived)
    assert rise(spared.worlds["entered_patron"], struck.worlds["entered_patron"]) > CLEAR


# -- what binds -------------------------------------------------------------------------------


def test_a_signature_binds_less_than_force_and_more_than_nothing() -> None:
    nothing, signed, force = (
        Eve(quarrel(**changes)).willing("patron", "member")
        for changes in ({"treaties__pact__concluded": False}, SIGNED_ONLY, IN_FORCE)
    )
    assert (nothing < signed).all()
    assert (signed < force).all()


def test_a_treaty_of_three_counts_as_one_of_many() -> None:
    two = Eve(quarrel()).anchor("patron", "member")
    three = Eve(quarrel(treaties__pact=treaty("patron", "member", "friend")))
    record = three.context.state.rules.answers["aid_due_more"].open_war
    assert np.array_equal(three.anchor("patron", "member").open_war, record)
    assert not np.array_equal(two.open_war, record)


def test_so_does_one_that_many_signed_although_only_two_are_actors() -> None:
    many = Eve(quarrel(treaties__pact__signatories=30))
    record = many.context.state.rules.answers["aid_due_more"].open_war
    assert np.array_equal(many.anchor("patron", "member").open_war, record)


@pytest.mark.parametrize(
    ("changes", "began", "owed"),
    [
        ({}, False, "aid_due_two"),
        ({}, True, "aid_not_due"),
        ({"treaties__pact__obligations": ("consultation",)}, False, "consultation"),
        (NO_PACT, False, "major_power"),
        (NO_PACT | {"actors__patron__major_power": False}, False, "bystander"),
        (NO_PACT | SMALL_NEIGHBOUR, False, "neighbour"),
    ],
)
def test_the_record_an_answer_starts_from_is_that_of_what_is_owed(
    changes: dict[str, Any], began: bool, owed: str
) -> None:
    eve = Eve(quarrel(**changes))
    record = eve.context.state.rules.answers[owed].open_war
    assert np.array_equal(eve.anchor("patron", "member", began=began).open_war, record)


def test_a_promise_makes_no_kind_of_aid_less_likely() -> None:
    promised, free = Eve(quarrel()), Eve(quarrel(treaties__pact__concluded=False))
    for bound, unbound in zip(
        promised.aid("patron", "member"), free.aid("patron", "member"), strict=True
    ):
        assert (bound > unbound).all()


def test_a_lapsed_treaty_binds_no_more_than_none() -> None:
    lapsed = Eve(quarrel(**LAPSED)).willing("patron", "member")
    none = Eve(quarrel(treaties__pact__concluded=False)).willing("patron", "member")
    assert np.array_equal(lapsed, none)


def test_a_lapsed_treaty_is_never_invoked() -> None:
    _, lapsed = paired(attacked(), 300, **LAPSED)
    assert not lapsed.worlds["invoked_pact"].any()


def test_a_replaced_treaty_ends_in_the_month_in_which_the_other_enters_into_force() -> None:
    heir = treaty("patron", "member", signed=START, replaces="pact", ratification=number(4, 2, 6))
    old, new = _binding(paired(quarrel(), 300, treaties__heir=heir)[1])
    assert np.array_equal(old == 1, new < 1)
    assert {*(old == 1).sum(axis=1)} == {3, 4, 5, 6}  # months until 2 to 6 have passed


def test_a_treaty_is_not_replaced_by_one_that_was_not_concluded() -> None:
    heir = treaty("patron", "member", signed=START, replaces="pact", concluded=False)
    old, new = _binding(paired(quarrel(), 60, treaties__heir=heir)[1])
    assert (old == 1).all()
    assert not new.any()


def test_an_ally_sworn_to_both_sides_goes_to_war_for_one() -> None:
    sworn = {
        "treaties__pact__conditional": False,
        "treaties__league": treaty("patron", "rival", conditional=False),
        "rules__answers__since_1946__aid_due_two__open_war": 6.0,
    }
    block = AllianceModel(attacked(**sworn), 0, 200)
    block.step()
    block.close()
    patron = block.context.state.codes.index("patron")
    fights = block.context.state.rivalries["feud"].war.level[:, patron] == OPEN_WAR
    assert fights.any(axis=0).mean() > 0.8
    assert not fights.all(axis=0).any()


def _binding(history: History) -> tuple[Any, Any]:
    """Return how far the pact and its heir bind, (world, month)."""
    worlds = len(history.worlds["world"])
    names = "binding_pact", "binding_heir"
    old, new = (history.months[name].reshape(worlds, -1) for name in names)
    return old, new
