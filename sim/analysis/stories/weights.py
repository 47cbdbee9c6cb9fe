"""The main reasons for and against a decision, its chance, and the random draw that settled it."""

from __future__ import annotations

from typing import NamedTuple

from sim.analysis.stories.phrases import join_with_and, load_phrases, named_chance
from sim.analysis.stories.replay import Choice

_MAX_REASONS = 3
"""The largest number of reasons that a story gives for one decision."""
_NEGLIGIBLE_LOG_ODDS = 0.1
"""Log-odds below which a reason is not reported."""
_LIKELY_MARGIN = 0.25
"""Where the chance is nearer to a half than this, neither outcome is called against the odds."""
_CLOSE_DRAW_SHARE = 0.1
"""A draw nearer to the chance than this share of the lesser chance is called close."""


class WeighedTerm(NamedTuple):
    """One reason: its name, its log-odds, and its words in a story."""

    name: str
    log_odds: float
    words: str


def weigh_terms(choice: Choice) -> list[WeighedTerm]:
    """Return the reasons for and against, the strongest first, without the baselines."""
    baselines = load_phrases()["starting"]["terms"]
    reasons = [
        WeighedTerm(name, value, choice.words.get(name) or _term_words(name, value))
        for name, value in choice.terms.items()
        if name not in baselines and abs(value) >= _NEGLIGIBLE_LOG_ODDS
    ]
    return sorted(reasons, key=lambda reason: -abs(reason.log_odds))


def explain_choice(choice: Choice) -> str:
    """Return the chance, the draw and the main reasons of a decision, in one or two sentences."""
    parts = (_chance_sentence(choice), _reasons_sentence(weigh_terms(choice)[:_MAX_REASONS]))
    return " ".join(filter(None, parts))


def describe_draw(choice: Choice, level: int = 1) -> str:
    """Return whether the draw fell below the chance, and whether that was close or unlikely.

    The chance is that of at least `level`. What was decided by hand has no draw.
    """
    if choice.played:
        return "by hand"
    chance, reached = choice.chances[level - 1], choice.level >= level
    close = abs(choice.draw - chance) < _CLOSE_DRAW_SHARE * min(chance, 1 - chance)
    recurs = reached and choice.key.what in load_phrases()["monthly"]["decisions"] and chance < 0.5
    expected = reached == (chance >= 0.5) or abs(chance - 0.5) < _LIKELY_MARGIN or recurs
    remarks = ["yes" if reached else "no"]
    remarks += ["narrowly"] if close else []
    remarks += [] if expected else ["against the odds"]
    return ", ".join(remarks)


def _term_words(name: str, value: float) -> str:
    words = load_phrases()["terms"]["default"].get(name, [name.replace("_", " ")] * 2)
    return str(words[value < 0])


def _reasons_sentence(reasons: list[WeighedTerm]) -> str:
    positive = [reason.words for reason in reasons if reason.log_odds > 0]
    negative = [reason.words for reason in reasons if reason.log_odds < 0]
    sides = [
        f"{preposition} {join_with_and(words)}"
        for preposition, words in (("for:", positive), ("against:", negative))
        if words
    ]
    noun = "Main reason" if len(reasons) == 1 else "Main reasons"
    return f"{noun} {'; '.join(sides)}." if sides else ""


def _chance_sentence(choice: Choice) -> str:
    if choice.played:
        return f"Decided by hand; the model gave it {named_chance(choice.chance)}."
    level = _reported_level(choice)
    draw, chance = format_distinct(choice.draw, choice.chances[level - 1])
    lesser = f", of any aid {100 * choice.chances[0]:.0f}%" if level > 1 else ""
    drawn = describe_draw(choice, level)
    return f"Chance of {_subject_of_chance(choice, level)} {chance}{lesser} (draw {draw}: {drawn})."


def _reported_level(choice: Choice) -> int:
    """Return the level whose chance is given: of aid the one decided on, otherwise the lowest."""
    is_aid = choice.key.what in load_phrases()["aid_decisions"]["decisions"]
    return max(choice.level, 1) if is_aid else 1


def _subject_of_chance(choice: Choice, level: int) -> str:
    """Return what the chance is a chance of, in words."""
    phrases = load_phrases()
    if level == 1:
        return str(phrases["chance_of"].get(choice.key.what, phrases["chance_of"]["other"]))
    recurs = choice.key.what in phrases["monthly"]["decisions"]
    return f"{phrases['aids'][str(level)]}{' in that month' if recurs else ''}"


def format_distinct(draw: float, chance: float) -> tuple[str, str]:
    """Return the draw as a fraction and the chance in percent, in digits that distinguish them."""
    digits = 2
    while digits < 6 and (
        _equal_when_rounded(draw, chance, digits) or _rounds_to_bound(draw, chance, digits)
    ):
        digits += 1
    return f"{draw:.{digits}f}", f"{100 * chance:.{digits - 2}f}%"


def _equal_when_rounded(first: float, second: float, digits: int) -> bool:
    return round(first, digits) == round(second, digits)


def _rounds_to_bound(draw: float, chance: float, digits: int) -> bool:
    return not (0 < round(chance, digits) < 1 and round(draw, digits) > 0)
