"""A signature and a notice are explained against the measured rate, and told in stories."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.stories.phrases import load_phrases
from sim.analysis.stories.point_columns import Point
from sim.analysis.stories.point_legends import code_legend, instrument_name, list_instruments
from sim.analysis.stories.point_words import point_sentence
from sim.analysis.stories.promise import find_promise
from sim.analysis.stories.render_promise import (
    promise_record,
    render_promise_markdown,
    render_promise_text,
)
from sim.analysis.stories.replay import Choice, Event, WorldRecord
from sim.analysis.stories.story import compose_events, compose_story
from sim.analysis.stories.tell import list_acts, split_act
from sim.errors import RequestError
from sim.model.decision_log import DrawKey
from tests.analysis.stories.example_worlds import by_hand, choice
from tests.worlds import real

PACT = "new_defence_russia_china"
SIGNED = Event(9, "signed", "russia", "china", PACT, 0)
NOTICE = Event(12, "notice", "dprk", "", "pact_2024", 0)
log_odds = st.floats(-2, 2)


def _conclude(**terms: float) -> Choice:
    z = sum(terms.values())
    chance = 1 - (1 - 1 / (1 + exp(-z))) ** (1 / 12)
    return choice(9, DrawKey("conclude", "russia", "china", "defence"), terms, chance, 0.0)


def _leave(share: float = 0.4) -> Choice:
    terms = {"record": -6.0, "supporters": 1.8, "audience": -0.6}
    chance = 1 - (1 - 1 / (1 + exp(4.8))) ** (share / 12)
    key = DrawKey("leave", "dprk", "", "pact_2024")
    return choice(12, key, terms | {"own_share": -0.9}, chance, 0.0)


def _world() -> WorldRecord:
    acts = [_conclude(record=-5.0, affinity=0.5, counter=0.3), _leave()]
    hand = by_hand()
    events = sorted([*hand.events, SIGNED, NOTICE], key=lambda event: event.month)
    return replace(hand, events=events, choices=[*hand.choices, *acts])


# -- why --------------------------------------------------------------------------------------


@given(log_odds, log_odds)
def test_the_shares_add_up_from_the_measured_rate_to_the_chance(near: float, rival: float) -> None:
    act = _conclude(record=-5.0, affinity=near, counter=rival)
    explained = split_act(by_hand(), act)
    assert explained.chance == pytest.approx(act.chances[0])
    assert explained.reference_chance == pytest.approx(_conclude(record=-5.0).chances[0])
    gained = explained.chance - explained.reference_chance
    assert sum(explained.shares.values()) == pytest.approx(gained)
    assert explained.shares["affinity"] * near >= 0


def test_the_share_of_the_party_that_leaves_is_in_both_chances() -> None:
    explained = split_act(by_hand(), _leave())
    alone = 1 - (1 - 1 / (1 + exp(6.0))) ** (0.4 / 12)
    assert explained.reference_chance == pytest.approx(alone)
    assert [*explained.shares] == ["supporters", "audience"]


def test_a_signature_is_named_by_who_signs_beside_the_answers() -> None:
    world = _world()
    acts = list_acts(world)
    assert find_promise(world, "russia@9", acts).key.what == "conclude"
    assert find_promise(world, "dprk", acts).key.what == "leave"
    with pytest.raises(RequestError, match=r"russia@9 \(Russia and China\), dprk@12 \(the DPRK\)"):
        find_promise(world, "japan", acts)


def test_the_explanation_reads_as_that_of_an_answer() -> None:
    world = _world()
    for act, heading in zip(
        list_acts(world),
        ("Why Russia and China signed a defence pact", "Why the DPRK gave notice of the Treaty"),
        strict=True,
    ):
        explained = split_act(world, act)
        text, page = render_promise_text(explained), render_promise_markdown(explained)
        assert text.startswith(heading) or heading in text
        assert "| Chance in that month |" in page
        assert promise_record(explained)["chance"] == explained.chance
        assert "aid" not in page.partition("| Input")[2]


# -- in stories -------------------------------------------------------------------------------


def test_a_story_tells_who_signed_and_who_gave_notice_with_the_reasons() -> None:
    lines = {line.event: line for month in compose_story(_world()) for line in month.lines}
    assert lines["signed"].text == "Russia and China sign the Russia-China defence pact."
    assert lines["signed"].choice
    assert lines["notice"].text.startswith("The DPRK gives notice of the Treaty on")
    assert "new supporters" in lines["notice"].reason


def test_changes_of_standing_are_told_once_by_the_calendar() -> None:
    events = [Event(9, name, "russia", "dprk", "pact_2024", 0) for name in ("in_force", "replaced")]
    world = replace(by_hand(), events=events)
    told = [line.event for month in compose_story(world) for line in month.lines]
    assert not {"in_force", "replaced"} & {*told}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("concluded", "Russia and China sign the Russia-China defence pact."),
        ("acceded", "Russia accedes to the Russia-China defence pact."),
        ("left", "Russia leaves the Russia-China defence pact."),
        ("new_supporters", "In Russia the leadership comes to rest on new supporters."),
        ("visit", "Russia pays a visit to China."),
    ],
)
def test_turning_points_are_sentences_that_make_sense_alone(kind: str, sentence: str) -> None:
    point = Point(9, kind, "russia", "china", PACT, 0)
    assert point_sentence(real("pact"), point) == sentence


@pytest.mark.parametrize(
    ("name", "month", "event"),
    [
        ("russia_china_sign", 1, Event(1, "signed", "russia", "china", "russia_china_2024", 0)),
        ("pact", 1, Event(1, "visit", "russia", "dprk", "", 0)),
        ("us_notice", 12, Event(12, "notice", "usa", "", "us_rok_1953", 0)),
        ("pact_after_succession", 7, Event(7, "new_supporters", "dprk", "", "", 0)),
    ],
)
def test_what_the_scenario_assumes_is_said_to_be_assumed(
    name: str, month: int, event: Event
) -> None:
    world = replace(by_hand(), scenario=real(name), choices=[])
    [line] = compose_events(world, [event])
    assert line.reason == "The scenario assumes it.", month


def test_every_pact_of_two_that_could_be_concluded_has_a_code_and_a_name() -> None:
    scenario = real("pact")
    listed = dict(list_instruments(scenario))
    pairs = len(scenario.actors) * (len(scenario.actors) - 1) // 2
    assert len(listed) == pairs * len(load_phrases()["instruments"])
    assert {*listed} <= {*code_legend(scenario)}
    assert instrument_name(scenario, PACT) == "Russia-China defence pact"
    assert instrument_name(scenario, "pact_2024") == ""
