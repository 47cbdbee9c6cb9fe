"""The chance to prevail in a contest, and the value of contesting."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector

_TINY = float(np.finfo(float).tiny)
"""Negligible beside any strength, and enough to avoid a division of zero by zero."""


def win_chance(own: Vector, other: Vector) -> Vector:
    """Return the chance that `own` strength prevails over `other`; one half if both are zero.

    The ratio form of the contest success function (Bueno de Mesquita 1981; Tullock 1980).
    """
    return (own + _TINY) / (own + other + 2 * _TINY)


def contest_value(stake: Vector, winning: Vector, cost: Vector) -> Vector:
    """Return the expected utility of contesting a stake that is won with chance `winning`."""
    return stake * (2 * winning - 1) - cost


def expected_move_value(
    resisted: Vector, unresisted_value: Vector, resisted_value: Vector
) -> Vector:
    """Return the expected value of a move that the other side may resist.

    Args:
        resisted: chance of resistance.
        unresisted_value: value of the move if it is not resisted.
        resisted_value: value of what follows if it is resisted.

    One step of backward induction: the expected utility of Bueno de Mesquita (1981), each node of
    the games of Signorino (1999), and the value that the thresholds of Zagare and Kilgour (2000)
    compare with the status quo.
    """
    return (1 - resisted) * unresisted_value + resisted * resisted_value


def challenge_value(stake: Vector, winning: Vector, resisted: Vector, cost: Vector) -> Vector:
    """Return the expected utility of a challenge, the status quo being 0.

    Without resistance it gains the stake; with resistance it becomes a contest. It is the two-move
    game of Signorino (1999) with the contest in place of a war payoff.
    """
    return expected_move_value(resisted, stake, contest_value(stake, winning, cost))


def side_preference(
    with_first: Vector, with_second: Vector, first: Vector, second: Vector
) -> Vector:
    """Return the utility of joining the first side rather than the second.

    Args:
        with_first: chance that the first side wins if the actor joins it.
        with_second: chance that the second side wins if the actor joins that side.
        first: value of the first side's victory.
        second: value of the second side's victory.

    Source: Altfeld and Bueno de Mesquita (1979). Zero where the entry has no effect.
    """
    return (with_first + with_second - 1) * (first - second)
