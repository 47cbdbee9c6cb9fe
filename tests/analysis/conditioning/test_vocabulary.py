from __future__ import annotations

from sim.analysis.conditioning.vocabulary import (
    ALIASES,
    Pattern,
    describe_patterns,
    entity_codes,
    find_patterns,
)
from sim.model.recording.events import EVENTS
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from tests import worlds
from tests.docs.pages import RESULTS, in_code_style
from tests.model.recording.recorded_events import recorded_events


def test_every_event_of_the_model_can_be_named_and_no_other() -> None:
    assert sorted(set(EVENTS) - {"entrapped"}) == sorted(recorded_events() - {"entrapped"})
    assert "entrapped" in in_code_style(RESULTS)


def test_every_alias_stands_for_events_of_the_model() -> None:
    patterns = [pattern for each in ALIASES.values() for pattern in each]
    assert {pattern.event for pattern in patterns} <= set(EVENTS)
    assert {pattern.subject for pattern in patterns} <= {"", *PROVOCATION_CLASSES}


def test_only_ceasefire_is_both_an_alias_and_an_event() -> None:
    assert set(ALIASES) & set(EVENTS) == {"ceasefire"}


def test_what_an_alias_stands_for_is_said() -> None:
    assert describe_patterns("nuclear_test") == "provocation nuclear"
    assert describe_patterns("intervention") == "sends of level 3 or joins"
    assert describe_patterns("war") == ""


def test_a_name_may_be_of_another_version_of_the_model() -> None:
    assert find_patterns("parade", {"parade"}) == (Pattern("parade"),)
    assert find_patterns("parade", set()) == ()


def test_codes_are_those_of_every_part_of_a_scenario() -> None:
    codes = set(entity_codes(worlds.real("pact")))
    assert {"dprk", "pact_2024", "korea", "arms_2023", "security_council", "icbm"} <= codes
    assert {"pacific", "russia_dprk", "rok_ukraine"} <= codes
