"""A chart over months marks what the scenario itself dates."""

from __future__ import annotations

from pathlib import Path

from sim.report.figures.months.event_marks import list_events
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario
from tests.worlds import act, quarrel, treaty

SCENARIOS = Path(__file__).parents[4] / "scenarios"


def scenario(name: str, *settings: str) -> Scenario:
    return load_scenario(SCENARIOS / f"{name}.toml", settings).scenario


def test_a_treaty_is_marked_in_the_month_in_which_it_enters_into_force() -> None:
    signed_and_ratified = scenario("pact", "treaties.pact_2024.ratification.value=5")
    assert (6, "treaty in force") in list_events(signed_and_ratified)


def test_a_treaty_that_is_not_concluded_is_not_marked() -> None:
    marks = list_events(scenario("no_pact"))
    assert [words for month, words in marks if month > 0 and words.endswith("in force")] == []


def test_a_shock_is_marked_with_what_it_is_and_where() -> None:
    marks = [words for month, words in list_events(scenario("ceasefire")) if month > 1]
    assert "ceasefire (Ukraine)" in marks


def test_an_act_on_a_treaty_is_marked_with_who_does_it() -> None:
    opens = quarrel(
        treaties__text=treaty("patron", "backer", signed=None) | {"name": "A text"},
        shocks__sign=act("sign", 2, "text"),
        shocks__go=act("leave", 5, "pact", "patron"),
    )
    assert list_events(opens)[-2:] == [(2, "sign A text"), (5, "Somebody: leave A treaty")]
