"""What weighed most in a decision, how likely it was, and what luck had to do with it."""

from __future__ import annotations

from typing import NamedTuple

from sim.analysis.stories.phrases import chance_in_words, fill_sentence, join_with_and, load_phrases
from sim.analysis.stories.replay import Choice

_MAX_REASONS = 3
"""Considerations that a story tells of one decision."""
_NEGLIGIBLE_LOG_ODDS = 0.05
"""Log-odds below which a consideration is not worth a word."""
_TOSS_UP_MARGIN = 0.08
"""A chance nearer to a half than this is a toss-up, with which luck has always to do."""
_CLOSE_DRAW_SHARE = 0.1
"""A draw nearer to the chance than this share of the lesser chance is called close."""


class WeighedTerm(NamedTuple):
    """One consideration: its name, its log-odds, and how a story calls it."""

    name: str
    log_odds: float
    words: str


def weigh_terms(choice: Choice) -> list[WeighedTerm]:
    """Return what spoke for and against, the weightiest first; starting points are left out."""
    starting = load_phrases()["starting"]["terms"]
    told = [
        WeighedTerm(name, value, _term_words(name, value))
        for name, value in choice.terms.items()
        if name not in starting and abs(value) >= _NEGLIGIBLE_LOG_ODDS
    ]
    return sorted(told, key=lambda weight: -abs(weight.log_odds))


def explain_choice(choice: Choice) -> str:
    """Return why it was decided so, in one to three sentences."""
    parts = (_chance_sentence(choice), _reasons_sentence(weigh_terms(choice)[:_MAX_REASONS]))
    return " ".join(filter(None, parts))


def _term_words(name: str, value: float) -> str:
    words = load_phrases()["terms"]["default"].get(name, [name.replace("_", " ")] * 2)
    return str(words[value < 0])


def _reasons_sentence(weighed_terms: list[WeighedTerm]) -> str:
    speaks = [weight.words for weight in weighed_terms if weight.log_odds > 0]
    against = [weight.words for weight in weighed_terms if weight.log_odds < 0]
    if speaks and against:
        return f"For it spoke {join_with_and(speaks)}; against it, {join_with_and(against)}."
    if speaks or against:
        way = "For" if speaks else "Against"
        return f"{way} it spoke {join_with_and(speaks or against)}."
    return ""


def _chance_sentence(choice: Choice) -> str:
    chance, deeds = choice.chances[0], load_phrases()["chance_of"]
    deed = deeds.get(choice.key.what, deeds["other"])
    drawn, needed = _format_distinct(choice.draw, chance)
    return fill_sentence(
        "the chance of {deed} was {odds}{further}, {luck} (drawn {drawn}, below {needed} needed).",
        deed=deed,
        odds=chance_in_words(chance),
        further=_further_chance(choice),
        luck=draw_clause(choice),
        drawn=drawn,
        needed=needed,
    )


def _further_chance(choice: Choice) -> str:
    """Return the chance of going as far as it did, where there were further levels."""
    if choice.key.what != "answer" or choice.level < 2:
        return ""
    aid = load_phrases()["aids"][str(choice.level)]
    return f", of {aid} {chance_in_words(choice.chances[choice.level - 1])}"


def draw_clause(choice: Choice) -> str:
    """Return what luck made of the chance, as the rest of a sentence."""
    chance, done = choice.chances[0], choice.level > 0
    near = abs(choice.draw - chance) < _CLOSE_DRAW_SHARE * min(chance, 1 - chance)
    by = ", by a hair" if near else ""
    if done and choice.key.what in load_phrases()["monthly"]["decisions"] and chance < 0.5:
        return f"and this was the month{by}"
    if done == (chance >= 0.5) or abs(chance - 0.5) < _TOSS_UP_MARGIN:
        return f"and so it fell out{by}"
    if done:
        return f"and luck brought it about{by}"
    return f"and luck went against it{by}"


def _format_distinct(draw: float, chance: float) -> tuple[str, str]:
    """Return both in as many digits as tell them from each other, and the chance from 0 and 1."""
    digits = 2
    while digits < 6 and (
        _equal_when_rounded(draw, chance, digits) or _rounds_to_bound(draw, chance, digits)
    ):
        digits += 1
    return f"{draw:.{digits}f}", f"{chance:.{digits}f}"


def _equal_when_rounded(first: float, second: float, digits: int) -> bool:
    return round(first, digits) == round(second, digits)


def _rounds_to_bound(draw: float, chance: float, digits: int) -> bool:
    return not (0 < round(chance, digits) < 1 and round(draw, digits) > 0)
