"""Moves in words: what was asked, and what was decided."""

from __future__ import annotations

from sim.analysis.stories.phrases import join_with_and, load_phrases, with_article
from sim.analysis.stories.story import subject_name
from sim.model.calendar import first_day
from sim.model.decision_log import DrawKey
from sim.scenario.playable import load_playable
from sim.scenario.schema.past import MoveSpec
from sim.scenario.schema.scenario import Scenario


def move_key(move: MoveSpec) -> DrawKey:
    """Return the key of the decision that a move takes."""
    return DrawKey(move.what, move.who, move.towards, move.about)


def describe_question(scenario: Scenario, key: DrawKey) -> str:
    """Return what was to be decided, such as "whether Russia restrains the DPRK"."""
    questions = load_phrases()["question"]
    template: str = questions.get(key.what, questions["other"])
    return template.format(
        what=key.what,
        who=_name(scenario, key.who),
        towards=_name(scenario, key.towards),
        about=_subject(scenario, key.about),
    )


def name_level(what: str, level: int) -> str:
    """Return what was decided in words, such as "restrain" or "no challenge"."""
    return load_playable()[what].level_in_words(level)


def format_month(scenario: Scenario, month: int) -> str:
    """Return a month as text, such as "Aug 2025"."""
    return f"{first_day(month, scenario.start):%b %Y}"


def _name(scenario: Scenario, code: str) -> str:
    return with_article(scenario.actors[code].name) if code in scenario.actors else code


def _subject(scenario: Scenario, code: str) -> str:
    if bloc := scenario.blocs.get(code):
        return join_with_and([_name(scenario, member) for member in bloc.members])
    singular, _ = load_phrases()["provocations"].get(code, ("", ""))
    return singular or subject_name(scenario, code)
