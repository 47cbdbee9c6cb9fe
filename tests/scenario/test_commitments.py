"""What dated acts make of a scenario's treaties."""

from __future__ import annotations

import pytest

from sim.model.measures.needs import Need, Rule
from sim.scenario.commitments import can_bind, is_signed, list_last_parties, list_parties
from sim.scenario.schema.rivalries import ShockSpec
from sim.scenario.schema.scenario import Scenario
from tests.worlds import act, quarrel, treaty

TEXT = treaty("patron", "member", signed=None, notice=2)


def with_text(**changes: object) -> Scenario:
    """Return the quarrel with a text that nobody has signed."""
    return quarrel(months=8, treaties__text=TEXT, **changes)


def test_a_text_is_signed_if_an_event_says_so() -> None:
    unsigned, signed = with_text(), with_text(shocks__sign=act("sign", 3, "text"))
    assert (is_signed(unsigned, "text"), is_signed(signed, "text")) == (False, True)
    assert (can_bind(unsigned, "text"), can_bind(signed, "text")) == (False, True)
    assert is_signed(unsigned, "pact")


def test_a_treaty_that_has_lapsed_binds_if_it_is_signed_again() -> None:
    ended = {"treaties__pact__ends": "2010-01-01"}
    again = with_text(**ended, shocks__sign=act("sign", 3, "pact"))
    assert (can_bind(with_text(**ended), "pact"), can_bind(again, "pact")) == (False, True)


def test_parties_are_those_that_join_and_in_the_end_those_that_stay() -> None:
    joined = with_text(shocks__join=act("accede", 3, "pact", "friend"))
    assert list_parties(joined, "pact") == ("patron", "member", "friend")
    left = with_text(
        shocks__join=act("accede", 3, "pact", "friend"),
        shocks__go=act("leave", 4, "pact", "member"),
    )
    assert list_last_parties(left, "pact") == ("patron", "friend")


@pytest.mark.parametrize(("month", "staying"), [(4, ("member", "friend")), (7, None)])
def test_who_gave_notice_is_a_party_until_it_runs_out(
    month: int, staying: tuple[str, ...] | None
) -> None:
    scenario = with_text(
        shocks__sign=act("sign", 1, "text"),
        shocks__join=act("accede", 2, "text", "friend"),
    )
    leaving = act("leave", month, "text", "patron")
    parties = list_last_parties(
        scenario.model_copy(update={"shocks": _with(scenario, leaving)}), "text"
    )
    assert parties == (staying or ("patron", "member", "friend"))


def test_the_last_two_parties_are_named_after_they_part() -> None:
    parted = with_text(shocks__go=act("leave", 3, "pact", "member"))
    assert list_last_parties(parted, "pact") == ("patron", "member")


def test_an_outcome_that_needs_a_promise_finds_it_in_a_dated_signature_or_accession() -> None:
    call = Need(Rule.CALL, treaty="text")
    assert not call.is_met(with_text())
    assert call.is_met(with_text(shocks__sign=act("sign", 3, "text")))
    joins = Need(Rule.CALL, treaty="pact", ally="friend")
    assert not joins.is_met(with_text())
    assert joins.is_met(with_text(shocks__join=act("accede", 3, "pact", "friend")))


def _with(scenario: Scenario, leaving: dict[str, object]) -> dict[str, object]:
    return {**scenario.shocks, "go": ShockSpec.model_validate(leaving)}
