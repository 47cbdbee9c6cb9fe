"""T3, T4, T6 and T15: sides to take, games of two and three moves, credible threats, critical risk.

All but T3 are one question: what is a move worth that the other side may resist?
"""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Terms, Vector, total
from sim.model.theory.contest import challenge_value, expected_move_value, side_preference
from sim.model.theory.crisis import challenge_considerations, contest_considerations
from sim.model.theory.quantal_response import logistic
from sim.validation.studies.published.comparison import FigureComparison, PublishedResult

_EVEN_LOG_ODDS = 0.0
_TOLERANCE = 5e-7  # half of the sixth digit


def choosing_sides_result() -> PublishedResult:
    """Return what joining is worth to a third party."""
    cases = (
        ("wins with .7 and .6, stake 1", (0.7, 0.6, 1.0, 0.0), 0.30),
        ("its entry changes nothing", (0.7, 0.3, 1.0, 0.0), 0.0),
        ("it likes both alike", (0.7, 0.6, 0.4, 0.4), 0.0),
    )
    return PublishedResult(
        code="T3",
        claim="A third party weighs how far its entry moves the outcome times what it has at "
        "stake, and gains nothing where it moves nothing.",
        target=".30 in the example; exactly 0 where its entry changes nothing",
        engine_functions="side_taken (sim/model/theory/contest.py)",
        sources=("altfeld-bdm-1979",),
        comparisons=tuple(
            FigureComparison(what, published, float(side_preference(*map(np.asarray, case))), 1e-12)
            for what, case, published in cases
        ),
    )


class MoveChances(NamedTuple):
    """Chances of each move of a game, given that it is reached."""

    challenge: float
    resist: float
    stand: float = 1.0


_PUBLISHED_TWO_MOVES = {1: (0.543700, 0.549834), 5: (0.381558, 0.731059), 10: (0.038718, 0.880797)}
_PUBLISHED_WARS = {1: 0.298945, 5: 0.278941, 10: 0.034103}
_PUBLISHED_THREE_MOVES = {1: (0.481375, 0.721149, 0.549834), 2: (0.367835, 0.858468, 0.598688)}


def quantal_response_result() -> PublishedResult:
    """Return the chances of the moves in two published games."""
    tried = []
    for rationality, published in _PUBLISHED_TWO_MOVES.items():
        moves = solve_two_moves(rationality)
        war = moves.challenge * moves.resist
        case = f"two moves, rationality {rationality}"
        tried += [
            FigureComparison(f"{case}: challenge", published[0], moves.challenge, _TOLERANCE),
            FigureComparison(f"{case}: resist", published[1], moves.resist, _TOLERANCE),
            FigureComparison(f"{case}: war", _PUBLISHED_WARS[rationality], war, _TOLERANCE),
        ]
    for rationality, chances in _PUBLISHED_THREE_MOVES.items():
        for name, one, other in zip(
            MoveChances._fields, chances, solve_three_moves(rationality), strict=True
        ):
            what = f"three moves, rationality {rationality}: {name}"
            tried.append(FigureComparison(what, one, other, _TOLERANCE))
    return PublishedResult(
        code="T4",
        claim="Whoever may err looks ahead to others who may err; the chance of war does not "
        "simply rise or fall with rationality.",
        target="war .2989, .2789, .0341 at rationality 1, 5, 10; challenge .4814 and .3678 in the "
        "game of three moves",
        engine_functions="challenge_considerations, contest_considerations (sim/model/theory/crisis.py), "
        "challenge_value, expected_move_value (sim/model/theory/contest.py)",
        sources=("signorino-1999", "mckelvey-palfrey-1995"),
        comparisons=tuple(tried),
        note="Challenge and reply in the worlds are this game, but for the record's weight.",
    )


def solve_two_moves(rationality: float) -> MoveChances:
    """Return how the game of challenge and reply is played, by the rules as actors use them.

    The challenger has 0 from the status quo, 1 if the other gives in, -.5 from war; the other -1
    from giving in and -.8 from war. In the engine's words the stake is 1, giving in is a contest
    lost for sure, war one that the target wins with .1; for the challenger war is an even contest
    that costs .5.
    """
    worlds = [_as_vector(each) for each in (_EVEN_LOG_ODDS, rationality, 1.0, 0.1, 0.0, 0.5, 0.5)]
    record, firm, stake, target_wins, lost, wins, cost = worlds
    resist = _chance_from_terms(contest_considerations(record, firm, stake, target_wins, lost))
    value = challenge_value(stake, wins, resist, cost)
    challenge = _chance_from_terms(challenge_considerations(record, firm, value, _as_vector(0.0)))
    return MoveChances(float(challenge), float(resist))


def solve_three_moves(rationality: float) -> MoveChances:
    """Return how it is played where a challenger that is resisted may still back down.

    The challenger has 0 from the status quo, 1 if the other gives in, -.6 from backing down, -.4
    from war; the other -1 from giving in, .5 where the challenger backs down, -.5 from war.
    """

    def chosen(value: Vector | float, otherwise: float) -> Vector:
        worlds = [_as_vector(each) for each in (_EVEN_LOG_ODDS, rationality, value, otherwise)]
        return _chance_from_terms(challenge_considerations(*worlds))

    stand = chosen(-0.4, otherwise=-0.6)
    resist = chosen(expected_move_value(stand, _as_vector(0.5), _as_vector(-0.5)), otherwise=-1.0)
    met = expected_move_value(stand, _as_vector(-0.6), _as_vector(-0.4))
    challenge = chosen(expected_move_value(resist, _as_vector(1.0), met), otherwise=0.0)
    return MoveChances(float(challenge), float(resist), float(stand))


class OutcomeValues(NamedTuple):
    """What the ends of a game of deterrence are worth to one player."""

    status_quo: float
    defender_gives_in: float
    """The defender gives in."""
    challenger_backs_down: float
    """The challenger backs down when resisted."""
    conflict: float
    """Conflict, to a player of the type for which this is asked."""


_CHALLENGER_VALUES = OutcomeValues(
    status_quo=0.6, defender_gives_in=1.0, challenger_backs_down=0.0, conflict=0.2
)
_DEFENDER_VALUES = OutcomeValues(
    status_quo=0.8, defender_gives_in=0.0, challenger_backs_down=1.0, conflict=-0.6
)
_PUBLISHED_REGIONS = ((0.55, 0.5, "deterred"), (0.45, 0.5, "separating"), (0.3, 0.7, "attack"),
           (0.3, 0.4, "bluff"))  # fmt: skip


def perfect_deterrence_result() -> PublishedResult:
    """Return the thresholds of credibility, and what happens between them."""
    one, other = _CHALLENGER_VALUES, _DEFENDER_VALUES
    thresholds = (
        ("credibility that deters whoever would fight", 0.5, one.defender_gives_in, one.conflict,
         one.status_quo),
        ("credibility that deters whoever would back down", 0.4, one.defender_gives_in, one.challenger_backs_down,
         one.status_quo),
        ("challenger's credibility that makes a bluffing defender give in", 0.625,
         other.challenger_backs_down, other.conflict, other.defender_gives_in),
    )  # fmt: skip
    tried = [
        FigureComparison(what, published, critical_resistance(*worth), 1e-9)
        for what, published, *worth in thresholds
    ]
    tried += [
        FigureComparison(
            f"credibilities {defender:g} and {challenger:g}",
            region,
            _deterrence_region(defender, challenger),
        )
        for defender, challenger, region in _PUBLISHED_REGIONS
    ]
    return PublishedResult(
        code="T6",
        claim="Whether a threat deters depends on how credible it is, on what a fight costs and "
        "on how much the status quo is worth.",
        target="thresholds .5, .4 and .625, and the regions between them",
        engine_functions="foreseen (sim/model/theory/contest.py)",
        sources=("zagare-kilgour-2000", "own-derivation"),
        comparisons=tuple(tried),
        note="Thresholds are where the engine's look ahead is worth just what holding still is.",
    )


def critical_risk_result() -> PublishedResult:
    """Return the risk of disaster at which standing firm is worth no more than yielding."""
    return PublishedResult(
        code="T15",
        claim="One stands firm in a crisis up to a critical risk of disaster.",
        target=".10 where victory is worth 1, yielding 0 and disaster -9",
        engine_functions="foreseen (sim/model/theory/contest.py)",
        sources=("powell-1990", "powell-2015"),
        comparisons=(
            FigureComparison("critical risk", 0.10, critical_resistance(1.0, -9.0, 0.0), 1e-9),
        ),
    )


def critical_resistance(if_unresisted: float, if_resisted: float, status_quo: float) -> float:
    """Return the chance of resistance at which a move is worth just what holding still is.

    It is not a number where the move is worth more, or less, whatever the chance.
    """
    from scipy.optimize import brentq  # noqa: PLC0415  scipy takes a while to load

    def gain(resisted: float) -> float:
        return _move_value(resisted, if_unresisted, if_resisted) - status_quo

    return float(brentq(gain, 0, 1, xtol=1e-14)) if gain(0) * gain(1) <= 0 else nan


def _deterrence_region(defender: float, challenger: float) -> str:
    """Return what happens where the two would fight with these chances.

    A challenger attacks where that is worth more than the status quo; a defender that would rather
    not fight calls a bluff where that is worth more than giving in.
    """
    one, other = _CHALLENGER_VALUES, _DEFENDER_VALUES
    if _move_value(defender, one.defender_gives_in, one.conflict) < one.status_quo:
        return "deterred"
    if _move_value(defender, one.defender_gives_in, one.challenger_backs_down) < one.status_quo:
        return "separating"
    calls = (
        _move_value(challenger, other.challenger_backs_down, other.conflict)
        > other.defender_gives_in
    )
    return "bluff" if calls else "attack"


def _move_value(resistance: float, if_unresisted: float, if_resisted: float) -> float:
    return float(expected_move_value(*map(_as_vector, (resistance, if_unresisted, if_resisted))))


def _chance_from_terms(terms: Terms) -> Vector:
    return logistic(total(terms.values()))


def _as_vector(value: Vector | float) -> Vector:
    return np.asarray(value, dtype=np.float64)
