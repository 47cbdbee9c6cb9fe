"""T3, T4, T6, T15: choosing sides, games of moves, credible threats, critical risk.

All but T3 ask the same: what is the value of a move that the other side may resist?
"""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Terms, Vector, total
from sim.model.theory.contest import challenge_value, expected_move_value, side_preference
from sim.model.theory.crisis import challenge_considerations, contest_considerations
from sim.model.theory.quantal_response import logistic
from sim.validation.studies.published.comparison import PublishedResult, ResultSpec

_EVEN_LOG_ODDS = 0.0


def choosing_sides_result(spec: ResultSpec) -> PublishedResult:
    """Return the value of joining a war to a third party."""
    return spec.compare(_side_figure)


def _side_figure(with_first: float, with_second: float, first: float, second: float) -> float:
    return float(side_preference(*map(_as_vector, (with_first, with_second, first, second))))


class MoveChances(NamedTuple):
    """Chances of each move of a game, given that it is reached."""

    challenge: float
    resist: float
    stand: float = 1.0


def quantal_response_result(spec: ResultSpec) -> PublishedResult:
    """Return the chances of the moves in two published games."""
    return spec.compare(_move_figure)


def _move_figure(moves: int, rationality: float, quantity: str) -> float:
    chances = (solve_two_moves if moves == 2 else solve_three_moves)(rationality)
    war = chances.challenge * chances.resist * chances.stand
    return (chances._asdict() | {"war": war})[quantity]


def solve_two_moves(rationality: float) -> MoveChances:
    """Return the chances in the game of challenge and response, by the rules that actors use.

    The challenger gets 0 from the status quo, 1 if the target gives in and -.5 from war; the target
    gets -1 from giving in and -.8 from war. In terms of the model the stake is 1, giving in is a
    contest that is certainly lost, and the target wins a war with chance .1. To the challenger war
    is an even contest that costs .5.
    """
    arguments = (_EVEN_LOG_ODDS, rationality, 1.0, 0.1, 0.0, 0.5, 0.5)
    baseline, precision, stake, target_wins, lost, wins, cost = map(_as_vector, arguments)
    resist = _chance_from_terms(
        contest_considerations(baseline, precision, stake, target_wins, lost)
    )
    value = challenge_value(stake, wins, resist, cost)
    challenge = _chance_from_terms(
        challenge_considerations(baseline, precision, value, _as_vector(0.0))
    )
    return MoveChances(float(challenge), float(resist))


def solve_three_moves(rationality: float) -> MoveChances:
    """Return the chances where a challenger that is resisted may still back down.

    The challenger gets 0 from the status quo, 1 if the target gives in, -.6 from backing down and
    -.4 from war. The target gets -1 from giving in, .5 if the challenger backs down, -.5 from war.
    """

    def chance(value: Vector | float, otherwise: float) -> Vector:
        arguments = map(_as_vector, (_EVEN_LOG_ODDS, rationality, value, otherwise))
        return _chance_from_terms(challenge_considerations(*arguments))

    stand = chance(-0.4, otherwise=-0.6)
    resist = chance(expected_move_value(stand, _as_vector(0.5), _as_vector(-0.5)), otherwise=-1.0)
    resisted = expected_move_value(stand, _as_vector(-0.6), _as_vector(-0.4))
    challenge = chance(expected_move_value(resist, _as_vector(1.0), resisted), otherwise=0.0)
    return MoveChances(float(challenge), float(resist), float(stand))


class OutcomeValues(NamedTuple):
    """The value of each outcome of a game of deterrence to one player."""

    status_quo: float
    defender_gives_in: float
    """The defender gives in."""
    challenger_backs_down: float
    """The challenger backs down when resisted."""
    conflict: float
    """Conflict, to a player who would rather fight or, for the defender, rather not."""


_CHALLENGER_VALUES = OutcomeValues(
    status_quo=0.6, defender_gives_in=1.0, challenger_backs_down=0.0, conflict=0.2
)
_DEFENDER_VALUES = OutcomeValues(
    status_quo=0.8, defender_gives_in=0.0, challenger_backs_down=1.0, conflict=-0.6
)


def perfect_deterrence_result(spec: ResultSpec) -> PublishedResult:
    """Return the thresholds of credibility, and the outcomes in the regions between them."""

    def figure(**given: float) -> float | str:
        return (_deterrence_region if "defender" in given else critical_resistance)(**given)

    return spec.compare(figure)


def critical_risk_result(spec: ResultSpec) -> PublishedResult:
    """Return the risk of disaster at which standing firm is worth no more than yielding."""
    return spec.compare(critical_resistance)


def critical_resistance(if_unresisted: float, if_resisted: float, status_quo: float) -> float:
    """Return the chance of resistance at which a move is worth as much as the status quo.

    It is nan where the move is worth more, or less, at any chance of resistance.
    """
    from scipy.optimize import brentq  # noqa: PLC0415  scipy takes a while to load

    def gain(resisted: float) -> float:
        return _move_value(resisted, if_unresisted, if_resisted) - status_quo

    return float(brentq(gain, 0, 1, xtol=1e-14)) if gain(0) * gain(1) <= 0 else nan


def _deterrence_region(defender: float, challenger: float) -> str:
    """Return the outcome where the two players would fight with these chances.

    A challenger attacks if that is worth more than the status quo; a defender that would rather
    not fight calls a bluff if that is worth more than giving in.
    """
    first, second = _CHALLENGER_VALUES, _DEFENDER_VALUES
    if _move_value(defender, first.defender_gives_in, first.conflict) < first.status_quo:
        return "deterred"
    if _move_value(defender, first.defender_gives_in, first.challenger_backs_down) < (
        first.status_quo
    ):
        return "separating"
    resisting = _move_value(challenger, second.challenger_backs_down, second.conflict)
    return "bluff" if resisting > second.defender_gives_in else "attack"


def _move_value(resistance: float, if_unresisted: float, if_resisted: float) -> float:
    return float(expected_move_value(*map(_as_vector, (resistance, if_unresisted, if_resisted))))


def _chance_from_terms(terms: Terms) -> Vector:
    return logistic(total(terms.values()))


def _as_vector(value: Vector | float) -> Vector:
    return np.asarray(value, dtype=np.float64)
