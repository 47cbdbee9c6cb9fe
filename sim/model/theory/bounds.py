"""Bounds on the chances of a crisis: so much at least and at most, whatever the allies come to do.

They are the rules of `sim.model.theory.crisis` asked for the best case of one side, every ally of
its own that could come and none of the other's, and for the worst; each further consideration is at
the end that adds most, or least. Weights of utility, stakes and costs are not negative, as scenario
files require; other weights may have either sign. A new term of a rule needs its range here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Terms, Vector
from sim.model.theory.contest import challenge_value, win_chance
from sim.model.theory.crisis import contest_considerations
from sim.model.theory.quantal_response import logistic

_ROUNDING = 1e-9
"""Log-odds added to a bound, far more than what the order of a sum can change."""
_MAX_EXPONENT = 600.0
"""Log-odds below the negative of this give the same probability in floating point."""


@dataclass(frozen=True)
class Range:
    """The least and the most that a number can be."""

    least: Vector
    most: Vector

    def __add__(self, other: Range) -> Range:
        """Return the range of the sum of two numbers."""
        return Range(self.least + other.least, self.most + other.most)

    def part(self, which: int) -> Range:
        """Return the range of one of several numbers, by its place on the first axis."""
        return Range(self.least[which], self.most[which])

    def times(self, weight: Vector) -> Range:
        """Return the range of the number times a weight of either sign."""
        ends = weight * self.least, weight * self.most
        return Range(np.minimum(*ends), np.maximum(*ends))

    @property
    def chances(self) -> Range:
        """The range of a chance whose log-odds have this range."""
        return Range(logistic(self.least - _ROUNDING), logistic(self.most + _ROUNDING))


def least_odds_against(most: Vector) -> Vector:
    """Return the least odds against a choice whose log-odds are at most so many."""
    odds: Vector = np.exp(np.minimum(-(most + _ROUNDING), _MAX_EXPONENT))
    return odds


def strength_range(own: Vector, aid: Vector) -> Range:
    """Return the range of a side's strength, given all parts that aid could add.

    Args:
        own: strength of the side alone, or strengths in several contests, (contest, ...).
        aid: the parts, (level, ally, ...).
    """
    least, most = (end(aid, 0).sum(axis=(0, 1)) for end in (np.minimum, np.maximum))
    return Range(np.maximum(own + least, 0), own + most)


def win_chance_range(own: Range, other: Range) -> Range:
    """Return the range of the chance to prevail."""
    return Range(win_chance(own.least, other.most), win_chance(own.most, other.least))


def challenge_value_at_most(
    stake: Vector, winning: Vector, cost: Vector, resistance: Iterable[Vector]
) -> Vector:
    """Return the most that a challenge is worth, given the most that its chance to prevail can be.

    A challenge is worth the more the surer it is to prevail, and then resistance is least likely.

    Args:
        stake: value of the stake to the challenger.
        winning: chance that the challenger prevails, at most.
        cost: of a dispute.
        resistance: the target's log-odds of resisting in the record, its rationality, its stake
            and its chance to prevail in the record.
    """
    record, rationality, opposed, usual = resistance
    terms = contest_considerations(record, rationality, opposed, 1 - winning, usual)
    resisted = logistic(terms["record"] + terms["prospects"])
    return challenge_value(stake, winning, resisted, cost)


def contest_range(
    record: Vector, rationality: Vector, stake: Vector, winning: Range, usual: Vector
) -> Range:
    """Return the range of the log-odds of a contest, without further considerations."""
    least, most = (
        contest_considerations(record, rationality, stake, end, usual)
        for end in (winning.least, winning.most)
    )
    return Range(
        least["record"] + least["prospects"],
        most["record"] + most["prospects"],
    )


def highest_terms(one: Terms, other: Terms) -> Terms:
    """Return the considerations of a decision, each the higher of two."""
    return {name: np.maximum(term, other[name]) for name, term in one.items()}
