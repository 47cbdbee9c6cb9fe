"""Who prevails in a trial of strength, and what it is worth to try."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector

_TINY = float(np.finfo(float).tiny)
"""Too little to be seen beside any strength, and enough to be divided where there is none."""


def win_chance(own: Vector, other: Vector) -> Vector:
    """Return the chance that `own` strength prevails over `other`; even when neither has any.

    The ratio form of the contest success function (Bueno de Mesquita 1981; Tullock 1980).
    """
    return (own + _TINY) / (own + other + 2 * _TINY)


def contest_value(stake: Vector, winning: Vector, cost: Vector) -> Vector:
    """Return the expected utility of contesting a stake: won with `winning`, lost otherwise."""
    return stake * (2 * winning - 1) - cost


def expected_move_value(
    resisted: Vector, unresisted_value: Vector, resisted_value: Vector
) -> Vector:
    """Return what a move is worth that the other side resists with chance `resisted`.

    Args:
        resisted: chance of resistance.
        unresisted_value: worth of the move if it is let pass.
        resisted_value: worth of what follows if it is resisted, itself looked ahead to where more follows.

    One step of looking ahead (backward induction): the expected utility of Bueno de Mesquita
    (1981), each node of the games of Signorino (1999), and what the thresholds of Zagare and
    Kilgour (2000) compare with the status quo.
    """
    return (1 - resisted) * unresisted_value + resisted * resisted_value


def challenge_value(stake: Vector, winning: Vector, resisted: Vector, cost: Vector) -> Vector:
    """Return the expected utility of a challenge, the status quo being 0.

    Unresisted it gains the stake; resisted it becomes a contest. The two-move game of Signorino
    (1999) with the contest in place of a war payoff.
    """
    return expected_move_value(resisted, stake, contest_value(stake, winning, cost))


def side_preference(
    with_first: Vector, with_second: Vector, first: Vector, second: Vector
) -> Vector:
    """Return the utility of joining the first side rather than the second.

    Args:
        with_first: chance that the first side wins if one joins it.
        with_second: chance that the second side wins if one joins that.
        first: worth of the first side's victory.
        second: worth of the second side's victory.

    Source: Altfeld and Bueno de Mesquita (1979). Zero where one's entry changes nothing.
    """
    return (with_first + with_second - 1) * (first - second)
