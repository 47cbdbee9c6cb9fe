"""Who prevails in a trial of strength, and what it is worth to try."""

from __future__ import annotations

import numpy as np

from sim.model.vectors import Vector


def win_chance(own: Vector, other: Vector) -> Vector:
    """Return the chance that `own` strength prevails over `other`; even when neither has any.

    The ratio form of the contest success function (Bueno de Mesquita 1981; Tullock 1980).
    """
    both = own + other
    return np.divide(own, both, out=np.full_like(both, 0.5), where=both > 0)


def contest_value(stake: Vector, winning: Vector, cost: Vector) -> Vector:
    """Return the expected utility of contesting a stake: won with `winning`, lost otherwise."""
    return stake * (2 * winning - 1) - cost


def challenge_value(stake: Vector, winning: Vector, resisted: Vector, cost: Vector) -> Vector:
    """Return the expected utility of a challenge, the status quo being 0.

    Unresisted it gains the stake; resisted it becomes a contest. The two-move game of Signorino
    (1999) with the contest in place of a war payoff.
    """
    return (1 - resisted) * stake + resisted * contest_value(stake, winning, cost)


def side_taken(with_first: Vector, with_second: Vector, first: Vector, second: Vector) -> Vector:
    """Return the utility of joining the first side rather than the second.

    Args:
        with_first: chance that the first side wins if one joins it.
        with_second: chance that the second side wins if one joins that.
        first: worth of the first side's victory.
        second: worth of the second side's victory.

    Source: Altfeld and Bueno de Mesquita (1979). Zero where one's entry changes nothing.
    """
    return (with_first + with_second - 1) * (first - second)
