"""Which actors the treaties that differ between two scenarios bind."""

from __future__ import annotations

from sim.analysis.choices.of_runs import find_members
from sim.analysis.comparison.compare import list_added_treaties
from tests.worlds import act, quarrel, treaty

TEXT = treaty("patron", "backer", signed=None)
BASE = quarrel(treaties__text=TEXT)
SIGNED = quarrel(treaties__text=TEXT, shocks__sign=act("sign", 2, "text"))


def test_an_act_on_a_treaty_concerns_its_parties() -> None:
    assert find_members(SIGNED, BASE) == {"patron", "backer"}


def test_who_accedes_is_a_party() -> None:
    joins = quarrel(treaties__text=TEXT, shocks__join=act("accede", 2, "pact", "friend"))
    assert find_members(joins, BASE) == {"patron", "member", "friend"}


def test_a_text_is_added_by_the_scenario_that_signs_it() -> None:
    assert list_added_treaties(SIGNED, BASE) == ("text",)
    assert list_added_treaties(BASE, SIGNED) == ()


def test_scenarios_that_differ_in_no_treaty_have_no_members() -> None:
    assert find_members(BASE, quarrel(treaties__text=TEXT, rules__honour__busy=2.0)) == frozenset()
