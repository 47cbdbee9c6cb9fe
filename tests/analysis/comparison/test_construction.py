"""What only one of two scenarios can have, or assumes, is no finding."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sim.analysis.comparison.construction import find_constructed, group_by_rule
from sim.model.measures.needs import Rule
from sim.model.measures.registry import list_measures
from sim.scenario.schema.scenario import Scenario
from tests.worlds import changed, real, shock

PACT = real("pact")


def constructed(other: Scenario) -> dict[str, Rule]:
    """Return what differs by construction between the pact and another scenario."""
    return find_constructed(list_measures(PACT), PACT, other)


def test_between_the_pact_and_none_calls_and_soldiers_are_by_construction() -> None:
    rules = constructed(real("no_pact"))
    assert rules["invoked_pact_2024"] is Rule.CALL
    assert rules["in_force_pact_2024"] is Rule.TREATY
    assert rules["troops_arms_2023"] is Rule.SOLDIERS
    for name in ("war_korea", "war_wider", "peace_ukraine", "entered_dprk", "together_pact_2024"):
        assert name not in rules


def test_between_the_pact_and_american_commitment_nothing_is() -> None:
    assert constructed(real("us_commitment")) == {}


def test_without_the_gate_soldiers_are_a_finding() -> None:
    free = [changed(real(name), mechanisms__soldiers_gate=False) for name in ("pact", "no_pact")]
    rules = find_constructed(list_measures(free[0]), *free)
    assert rules["invoked_pact_2024"] is Rule.CALL
    assert "troops_arms_2023" not in rules


@pytest.mark.parametrize(
    ("event", "names"),
    [
        (shock("ceasefire", 3, on="ukraine"), {"peace_ukraine"}),
        (shock("home_soil_attack", 3, "russia", on="ukraine"), {"home_soil_ukraine"}),
        (
            shock("dispute", 3, "rok", on="korea") | {"rung": "force"},
            {"force_korea", "disputed_korea", "force_disputed_korea"},
        ),
        (
            shock("dispute", 3, "rok", on="korea") | {"rung": "war"},
            {"force_korea", "war_korea", "war_any"}
            | {"disputed_korea", "force_disputed_korea", "war_disputed_korea"},
        ),
        (shock("dispute", 3, "rok", on="korea") | {"rung": "threat"}, {"disputed_korea"}),
        (
            shock("arming", 3, "rok", on="ukraine"),
            {"arms_threatened_rok_ukraine", "arms_sent_rok_ukraine"},
        ),
        (shock("talks", 3, on="korea"), set()),
    ],
)
def test_what_an_assumed_event_brings_about_is_by_construction(
    event: dict[str, Any], names: set[str]
) -> None:
    rules = constructed(changed(PACT, shocks__assumed=event))
    assert rules == dict.fromkeys(names, Rule.EVENT)


def test_an_event_that_both_assume_is_none() -> None:
    event = {"shocks__assumed": shock("ceasefire", 3, on="ukraine")}
    both = [changed(real(name), **event) for name in ("pact", "us_commitment")]
    assert find_constructed(list_measures(both[0]), *both) == {}


def test_measures_are_grouped_by_their_rule_in_their_order() -> None:
    groups = group_by_rule(list_measures(PACT), constructed(real("no_pact")))
    assert [*groups] == [Rule.TREATY, Rule.CALL, Rule.SOLDIERS]
    assert [measure.name for measure in groups[Rule.SOLDIERS]] == [
        "troops_arms_2023",
        "soldiers_arms_2023",
        "fallen_arms_2023",
        "troops_month_arms_2023",
    ]


def test_a_treaty_that_lapses_later_is_one_that_can_be_called_on() -> None:
    assert constructed(changed(PACT, treaties__pact_2024__ends=date(2026, 1, 1))) == {}
