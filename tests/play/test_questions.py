"""Decisions are put as questions: at most six standing orders, and initiatives in words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.model.decision_log import Decision, DrawKey
from sim.play.questions import (
    MOST_STANDING,
    build_crisis,
    build_sheet,
    find_expected,
    months_in_words,
)
from sim.play.sheet import Mode, Question
from sim.play.words import load_words, words_of
from sim.scenario.playable import Occasion, list_occasions, load_playable
from tests.play.conftest import ShortGame
from tests.worlds import real, tangle


def _questions(short: ShortGame) -> dict[str, Question]:
    return {each.id: each for sheet in short.opening.sheets for each in sheet.questions}


def test_every_decision_that_can_be_taken_by_hand_has_words() -> None:
    scenario = real("taiwan_korea")
    unsaid = {it.what for it in list_occasions(scenario) if not words_of(it).question}
    assert unsaid == {"opening"}
    assert {
        name for name in load_playable() if not any(_is_of(name, it) for it in load_words())
    } == set()


def _is_of(what: str, named: str) -> bool:
    return named == what or named.startswith(f"{what} ")


def test_every_option_is_a_level_that_exists() -> None:
    playable = load_playable()
    for name, words in load_words().items():
        what = name if name in playable else name.rpartition(" ")[0]
        for text, *levels in words.options:
            assert isinstance(text, str)
            highest = [playable[each].highest for each in (what, words.beside) if each]
            assert all(0 <= int(it) <= most for it, most in zip(levels, highest, strict=True))


def test_every_delegation_has_a_real_choice_and_no_sheet_is_long(short: ShortGame) -> None:
    for sheet in short.opening.sheets:
        assert 2 <= len(sheet.standing) <= MOST_STANDING
        assert {question.seat for question in sheet.questions} == {sheet.seat}
        assert sheet.when == "June to August 2024"


def test_a_standing_order_is_left_to_the_model_first_and_an_initiative_not_taken(
    short: ShortGame,
) -> None:
    for question in _questions(short).values():
        first = question.options[0]
        standing = question.mode is Mode.STANDING
        assert first.words == ("Leave it to the model" if standing else "No")
        assert first.levels[0] == (None if standing else 0)
        assert all(len(option.levels) == len(question.keys) for option in question.options)


def test_one_line_orders_what_is_done_in_any_dispute(short: ShortGame) -> None:
    climb = _questions(short)["standing:climb:japan"]
    assert {key.towards for key in climb.keys} == {"dprk", "china", "russia", "rok"}
    assert [set(option.levels) for option in climb.options] == [{None}, {0}, {1}]


def test_a_dispute_is_opened_at_a_rung(short: ShortGame) -> None:
    dispute = _questions(short)["initiative:challenge:rok:japan:rok_japan"]
    assert dispute.text == "Open a dispute with Japan"
    assert dispute.keys[1] == DrawKey("opening", "rok", "", "rok_japan")
    assert [option.levels for option in dispute.options] == [(0, None), (1, 0), (1, 1), (1, 2)]


def test_what_cannot_come_up_is_not_on_a_sheet(short: ShortGame) -> None:
    asked = _questions(short)
    assert not [name for name in asked if "technology_4" in name or "send_arms" in name]
    assert not [name for name in asked if "challenge:russia:ukraine" in name]  # they are at war


def _decision(month: int, *key: str, arises: bool = True) -> Decision:
    no = np.zeros(1)
    return Decision(month, DrawKey(*key), np.array([arises]), {}, (no,), no, no.astype(np.int8))


def test_what_chance_brings_within_a_quarter_cannot_be_read_off_its_sheet() -> None:
    war, peace = ("join", "china", "dprk", "korea"), ("restrain", "china", "dprk")
    lasting, over = ("admit", "russia", "dprk", "arms"), ("send arms", "rok", "ukraine", "x")
    log = [
        *(_decision(month, *peace) for month in range(1, 7)),
        *(_decision(month, *lasting, arises=month > 2) for month in range(1, 7)),
        *(_decision(month, *over) for month in range(1, 4)),
        *(_decision(month, *war) for month in (4, 5)),
        _decision(6, "troops", "dprk", "russia", "arms"),
    ]
    assert find_expected(log, range(4, 7)) == {
        Occasion(*peace): 4,
        Occasion(*lasting): 4,
        Occasion("troops", "dprk", "russia", "arms"): 6,
    }
    assert set(find_expected(log, range(1, 4))) == {Occasion(*peace), Occasion(*over)}


def test_an_initiative_waits_for_the_month_in_which_it_can_be_taken(short: ShortGame) -> None:
    occasion = Occasion("troops", "dprk", "russia", "arms_2023")
    sheet = build_sheet(short.scenario, "dprk", range(4, 7), {occasion: 6}, {})
    assert [(question.id, question.month) for question in sheet.initiatives] == [
        ("initiative:troops:dprk:russia:arms_2023", 6)
    ]


def test_the_first_in_rank_stand_first(short: ShortGame) -> None:
    [sheet] = [sheet for sheet in short.opening.sheets if sheet.seat == "usa"]
    ranks = [words_of(Occasion(*question.keys[0])).rank for question in sheet.standing]
    assert all(one <= other for one, other in pairwise(ranks))


def test_a_preset_that_no_longer_exists_is_dropped(short: ShortGame) -> None:
    before = {"standing:climb:japan": 9}
    sheet = build_sheet(short.scenario, "japan", range(1, 4), {}, before)
    assert {question.default for question in sheet.standing} == {0}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (("answer", "china", "dprk", "korea"), "The DPRK, at war, calls on you (Korea)."),
        (("resist climb", "rok", "dprk", "korea"), "The DPRK escalates its dispute with you"),
        (("vote", "china", "dprk", "security_council"), "is on the table in the UN Security Cou"),
        (("resist challenge", "russia", "japan", "russia_japan"), "with you. How do you answer?"),
    ],
)
def test_a_crisis_names_who_and_what(
    short: ShortGame, key: tuple[str, str, str, str], text: str
) -> None:
    question = build_crisis(short.scenario, 4, DrawKey(*key))
    assert text in question.text
    assert (question.seat, question.month, question.mode) == (key[1], 4, Mode.CRISIS)
    assert question.id.startswith("m4:")


def test_a_quarter_is_named_by_its_months(short: ShortGame) -> None:
    spans = [range(1, 4), range(6, 9), range(7, 8)]
    assert [months_in_words(short.scenario, span) for span in spans] == [
        "June to August 2024",
        "November 2024 to January 2025",
        "December 2024",
    ]


def test_an_invented_scenario_has_sheets_too() -> None:
    scenario = tangle()
    for seat in scenario.actors:
        build_sheet(scenario, seat, range(1, 4), dict.fromkeys(list_occasions(scenario), 1), {})
