"""A chart over months marks what the scenario itself dates."""

from __future__ import annotations

from pathlib import Path

from sim.report.figures.months.event_marks import list_events
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario

SCENARIOS = Path(__file__).parents[4] / "scenarios"


def scenario(name: str, *settings: str) -> Scenario:
    return load_scenario(SCENARIOS / f"{name}.toml", settings).scenario


def test_a_treaty_is_marked_in_the_month_in_which_it_enters_into_force() -> None:
    signed_and_ratified = scenario("pact", "treaties.pact_2024.ratification.value=5")
    assert (6, "treaty in force") in list_events(signed_and_ratified)


def test_a_treaty_that_is_not_concluded_is_not_marked() -> None:
    within = [month for month, words in list_events(scenario("no_pact")) if month > 0]
    assert within == []


def test_a_shock_is_marked_with_what_it_is_and_where() -> None:
    marks = [words for month, words in list_events(scenario("ceasefire")) if month > 1]
    assert "ceasefire (Ukraine)" in marks
