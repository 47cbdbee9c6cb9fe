"""Bounds on the chances of a crisis: no more than so much, whatever the allies come to do.

They are the rules of `sim.model.theory.crisis` asked for the best case of one side: every ally of
its own that could come and none of the other's, with each further consideration at its end. They
rest on signs that all scenarios have so far (utilities, costs and stakes not negative); where a
world has another sign, its bound is that of no knowledge. A new term of a rule needs its bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.theory.contest import challenge_value, win_chance
from sim.model.theory.crisis import contest_considerations
from sim.model.theory.quantal_response import logistic

_ROUNDING = 1e-9
"""Log-odds added to a bound, far more than what the order of a sum can change."""


@dataclass(frozen=True)
class StrengthRange:
    """The least and the most strength of a side, whichever of its allies come, (world,) each."""

    least: Vector
    most: Vector


def strength_range(own: Vector, aid: Iterable[Vector]) -> StrengthRange:
    """Return the range of a side's strength, given all parts that aid could add, (world,) each."""
    parts = list(aid)
    return StrengthRange(
        total([own, *(np.minimum(part, 0) for part in parts)]),
        total([own, *(np.maximum(part, 0) for part in parts)]),
    )


def win_chance_at_most(own: StrengthRange, other: StrengthRange) -> Vector:
    """Return the chance to prevail with all help of one's own and none for the other."""
    return win_chance(own.most, np.maximum(other.least, 0))


def win_chance_at_least(own: StrengthRange, other: StrengthRange) -> Vector:
    """Return the chance to prevail with no help of one's own and all for the other."""
    return win_chance(np.maximum(own.least, 0), other.most)


def either_end(
    weight: Vector, least: Vector | float, most: Vector | float
) -> tuple[Vector, Vector]:
    """Return the least and the most of a weight times a number between two others."""
    ends = weight * least, weight * most
    return np.minimum(*ends), np.maximum(*ends)


def challenge_prospects_at_most(
    rationality: Vector,
    stakes: tuple[Vector, Vector],
    cost: Vector,
    winning: Vector,
    baseline_value: Vector,
    resistance: tuple[Vector, Vector],
) -> Vector:
    """Return the most that the prospects of a challenge add, in log-odds.

    A challenge is worth the more the surer it is to prevail, and then resistance is least likely.

    Args:
        rationality: log-odds per unit of utility.
        stakes: value of the stake to the challenger, and to its target.
        cost: of a dispute.
        winning: chance that the challenger prevails, at most.
        baseline_value: value of the challenge in the record.
        resistance: log-odds in the record that the target resists, and its chance to prevail there.
    """
    stake, opposed = stakes
    record, baseline_winning = resistance
    terms = contest_considerations(record, rationality, opposed, 1 - winning, baseline_winning)
    resisted = logistic(total(terms.values()))
    value = challenge_value(stake, winning, resisted, cost)
    known = (rationality >= 0) & (stake >= 0) & (opposed >= 0) & (cost >= 0)
    return np.where(known, rationality * (value - baseline_value), np.inf)


def chance_at_most(terms: Iterable[Vector]) -> Vector:
    """Return the chance of a choice none of whose terms is larger than these, in log-odds."""
    return logistic(total(terms) + _ROUNDING)
