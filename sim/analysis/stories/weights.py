"""The main reasons for and against a decision, its chance, and the random draw that settled it."""

from __future__ import annotations

from typing import NamedTuple

from sim.analysis.stories.phrases import join_with_and, load_phrases
from sim.analysis.stories.replay import Choice

_MAX_REASONS = 3
"""The largest number of reasons that a story gives for one decision."""
_NEGLIGIBLE_LOG_ODDS = 0.05
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
        WeighedTerm(name, value, _term_words(name, value))
        for name, value in choice.terms.items()
        if name not in baselines and abs(value) >= _NEGLIGIBLE_LOG_ODDS
    ]
    return sorted(reasons, key=lambda reason: -abs(reason.log_odds))


def explain_choice(choice: Choice) -> str:
    """Return the chance, the draw and the main reasons of a decision, in one or two sentences."""
    parts = (_chance_sentence(choice), _reasons_sentence(weigh_terms(choice)[:_MAX_REASONS]))
    return " ".join(filter(None, parts))


def describe_draw(choice: Choice) -> str:
    """Return whether the draw fell below the chance, and whether that was close or unlikely."""
    chance, reached = choice.chances[0], choice.level > 0
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
    subjects = load_phrases()["chance_of"]
    subject = subjects.get(choice.key.what, subjects["other"])
    draw, chance = _format_distinct(choice.draw, choice.chances[0])
    further = _further_chance(choice)
    return f"Chance of {subject} {chance}{further} (draw {draw}: {describe_draw(choice)})."


def _further_chance(choice: Choice) -> str:
    """Return the chance of the level reached, where it is not the lowest."""
    if choice.key.what != "answer" or choice.level < 2:
        return ""
    aid = load_phrases()["aids"][str(choice.level)]
    return f", of {aid} {100 * choice.chances[choice.level - 1]:.2g}%"


def _format_distinct(draw: float, chance: float) -> tuple[str, str]:
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
