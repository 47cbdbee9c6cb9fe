"""The sentence of an event depends on what happened before and beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.analysis.stories.passages import calendar_sentences
from sim.analysis.stories.replay import Event
from sim.analysis.stories.story import event_sentence
from sim.model.entities.war import MATERIEL
from tests.analysis.stories.example_worlds import by_hand, pact_lives


def test_a_supplier_that_sends_nothing_more_is_not_told_to_send_nothing() -> None:
    kept, broken = (
        event_sentence(by_hand(), Event(1, kind, "dprk", "russia", "pact_2024", level))
        for kind, level in (("honoured", 1), ("reneged", 0))
    )
    assert kept == "The DPRK meets its defence commitment to Russia with what it already sends."
    assert broken == (
        "The DPRK answers the call with nothing beyond what it supplies anyway, though aid is due."
    )
    for kind, level in (("honoured", 1), ("honoured", 3), ("reneged", 0)):
        other = Event(1, kind, "usa", "rok", "us_rok_1953", level)
        told = event_sentence(by_hand(), other)
        assert not any(word in told for word in ("already", "anyway"))


def test_what_a_rung_stands_for_is_explained_once() -> None:
    months = 1, 2
    shows = [Event(month, "challenge", "russia", "japan", "kurils", 3) for month in months]
    record = replace(by_hand(), events=shows)
    first, second = (event_sentence(record, event) for event in shows)
    assert first.startswith(second[:-1])
    assert second == "Russia opens a dispute with Japan, with a show of force."
    assert event_sentence(record, shows[1], standalone=True) == first


def test_soldiers_that_are_there_already_meet_a_commitment_to_send_some() -> None:
    sent = Event(2, "troops_sent", "dprk", "russia", "arms_2023", 2)
    record = replace(by_hand(), events=[sent])
    earlier, later, open_war = (
        event_sentence(record, Event(month, "honoured", "dprk", "russia", "pact_2024", level))
        for month, level in ((1, 2), (3, 2), (3, 3))
    )
    assert "already" in later
    assert "already" not in earlier + open_war


def test_soldiers_sent_in_the_month_of_an_unanswered_call_are_told_with_it() -> None:
    sent = Event(2, "troops_sent", "dprk", "russia", "arms_2023", 2)
    reneged = Event(2, "reneged", "dprk", "russia", "pact_2024", 0)
    told = event_sentence(replace(by_hand(), events=[reneged, sent]), reneged)
    assert told == (
        "The DPRK leaves the call unanswered, though aid is due, but sends soldiers by its own "
        "decision."
    )


def test_one_that_helps_an_entrant_is_told_whose_war_it_is() -> None:
    entry = Event(2, "sends", "dprk", "russia", "ukraine", 3)
    helps = Event(2, "helps", "china", "dprk", "ukraine", 1)
    record = replace(by_hand(), events=[entry, helps])
    assert event_sentence(record, helps) == (
        "China has no obligation to aid the DPRK, which fights on the side of Russia, but decides "
        "on arms and supplies."
    )


def test_aid_that_changes_nothing_is_no_event() -> None:
    given = {("usa", "ukraine"), ("nato_europe", "ukraine")}  # materiel, since 2022
    helps = [
        event
        for world in range(40)
        for event in pact_lives().world_record(world).events
        if event.event == "helps" and (event.actor, event.towards) in given
    ]
    assert all(event.level > MATERIEL for event in helps)


def test_a_new_war_is_told_of_once_a_year() -> None:
    columns = dict(by_hand().month_columns)
    columns["front_usa_russia"] = np.full(36, 0.3)
    outbreak = Event(2, "war", "usa", "russia", "usa_russia", 5)
    record = replace(by_hand(), events=[outbreak], month_columns=columns)
    told = list(calendar_sentences(record, 13))
    assert (
        "The war between the United States and Russia goes on; the United States has the upper "
        "hand." in told
    )


def test_soldiers_sent_after_others_are_more_soldiers() -> None:
    sent = [Event(month, "troops_sent", "dprk", "russia", "arms_2023", 2) for month in (2, 5)]
    record = replace(by_hand(), events=sent)
    assert [event_sentence(record, event) for event in sent] == [
        "The DPRK sends soldiers to Russia.",
        "The DPRK sends more soldiers to Russia.",
    ]
