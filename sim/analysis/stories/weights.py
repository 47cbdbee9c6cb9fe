"""What weighed most in a decision, how likely it was, and what luck had to do with it."""

from __future__ import annotations

from typing import NamedTuple

from sim.analysis.stories.phrases import listed, odds, phrases, sentence
from sim.analysis.stories.replay import Choice

MOST = 3
"""Considerations that a story tells of one decision."""
_FELT = 0.05
"""Log-odds below which a consideration is not worth a word."""
_EVEN = 0.08
"""A chance nearer to a half than this is a toss-up, with which luck has always to do."""
_HAIR = 0.1
"""A draw nearer to the chance than this share of the lesser chance is called close."""


class Weight(NamedTuple):
    """One consideration: its name, its log-odds, and how a story calls it."""

    name: str
    log_odds: float
    words: str


def weights(choice: Choice) -> list[Weight]:
    """Return what spoke for and against, the weightiest first; starting points are left out."""
    starting = phrases()["starting"]["terms"]
    told = [
        Weight(name, value, _called(name, value))
        for name, value in choice.terms.items()
        if name not in starting and abs(value) >= _FELT
    ]
    return sorted(told, key=lambda weight: -abs(weight.log_odds))


def reason(choice: Choice) -> str:
    """Return why it was decided so, in one to three sentences."""
    parts = (_likely(choice), _weighed(weights(choice)[:MOST]))
    return " ".join(filter(None, parts))


def _called(name: str, value: float) -> str:
    words = phrases()["terms"]["default"].get(name, [name.replace("_", " ")] * 2)
    return str(words[value < 0])


def _weighed(told: list[Weight]) -> str:
    speaks = [weight.words for weight in told if weight.log_odds > 0]
    against = [weight.words for weight in told if weight.log_odds < 0]
    if speaks and against:
        return f"For it spoke {listed(speaks)}; against it, {listed(against)}."
    if speaks or against:
        way = "For" if speaks else "Against"
        return f"{way} it spoke {listed(speaks or against)}."
    return ""


def _likely(choice: Choice) -> str:
    chance, deeds = choice.chances[0], phrases()["chance_of"]
    deed = deeds.get(choice.occasion.what, deeds["other"])
    drawn, needed = _apart(choice.drawn, chance)
    return sentence(
        "the chance of {deed} was {odds}{further}, {luck} (drawn {drawn}, below {needed} needed).",
        deed=deed,
        odds=odds(chance),
        further=_further(choice),
        luck=luck(choice),
        drawn=drawn,
        needed=needed,
    )


def _further(choice: Choice) -> str:
    """Return the chance of going as far as it did, where there were further levels."""
    if choice.occasion.what != "answer" or choice.level < 2:
        return ""
    aid = phrases()["aids"][str(choice.level)]
    return f", of {aid} {odds(choice.chances[choice.level - 1])}"


def luck(choice: Choice) -> str:
    """Return what luck made of the chance, as the rest of a sentence."""
    chance, done = choice.chances[0], choice.level > 0
    near = abs(choice.drawn - chance) < _HAIR * min(chance, 1 - chance)
    by = ", by a hair" if near else ""
    if done and choice.occasion.what in phrases()["monthly"]["decisions"] and chance < 0.5:
        return f"and this was the month{by}"
    if done == (chance >= 0.5) or abs(chance - 0.5) < _EVEN:
        return f"and so it fell out{by}"
    if done:
        return f"and luck brought it about{by}"
    return f"and luck went against it{by}"


def _apart(drawn: float, chance: float) -> tuple[str, str]:
    """Return both in as many digits as tell them from each other, and the chance from 0 and 1."""
    digits = 2
    while digits < 6 and (_same(drawn, chance, digits) or _extreme(drawn, chance, digits)):
        digits += 1
    return f"{drawn:.{digits}f}", f"{chance:.{digits}f}"


def _same(one: float, other: float, digits: int) -> bool:
    return round(one, digits) == round(other, digits)


def _extreme(drawn: float, chance: float, digits: int) -> bool:
    return not (0 < round(chance, digits) < 1 and round(drawn, digits) > 0)
