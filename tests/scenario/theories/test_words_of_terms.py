"""The terms of a theory are told in the words in which it states them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.analysis.stories.promise import historical_reference, split_chance
from sim.analysis.stories.weights import explain_choice
from sim.model.decision_log import DrawKey
from sim.model.theory.honouring.pure_interest import PureInterest
from sim.scenario.theories.words import find_term_words
from tests.analysis.stories.example_worlds import by_hand, choice
from tests.worlds import changed, number, quarrel

KEY = DrawKey("answer", "usa", "rok", "korea")
WORDS = {"record": "the record", "audience": "its voters would punish it"}
ANSWER = replace(choice(3, KEY, {"record": -2.0, "audience": 1.0}, 0.3, 0.2), words=WORDS)
UNDER_THEORY = changed(
    quarrel(), theories__honour={"use": "pure_interest", "interest": number(1.0)}
)


def test_a_reason_of_a_theory_is_given_in_its_own_words() -> None:
    assert "for: its voters would punish it." in explain_choice(ANSWER)


def test_why_a_promise_was_kept_is_split_over_the_terms_of_the_theory() -> None:
    explained = split_chance(by_hand(), ANSWER, *historical_reference(ANSWER))
    assert list(explained.shares) == list(WORDS.values())
    assert explained.shares["the record"] == pytest.approx(0)
    assert sum(explained.shares.values()) == pytest.approx(
        explained.chance - explained.reference_chance
    )


def test_words_are_of_the_place_that_decides_and_none_of_the_packages_own_rules() -> None:
    assert find_term_words(UNDER_THEORY, "answer") == PureInterest.terms
    assert find_term_words(UNDER_THEORY, "join") == PureInterest.terms
    assert not find_term_words(UNDER_THEORY, "challenge")
    assert not find_term_words(quarrel(), "answer")
    assert not find_term_words(UNDER_THEORY, "exercise")
