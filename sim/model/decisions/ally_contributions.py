"""Whose help makes the prospects of a contest what they are: one's own allies, or the other's.

Nothing is decided by it; it is worked out for the reasons of a decision only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.model.arrays import Terms, Vector, total
from sim.model.decisions.coalition import Outlook
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.contest import challenge_value, win_chance
from sim.model.theory.crisis import contest_considerations
from sim.model.theory.quantal_response import chance, log_odds


@dataclass(frozen=True)
class Fight:
    """A fight that side `attacking` would begin, as it is expected and as it was in the record."""

    rivalry: Rivalry
    attacking: int
    expected: Outlook
    record: Outlook

    def parts(self, value: Callable[[Vector], Vector]) -> tuple[Vector, Vector]:
        """Return what the attacker's allies and the defender's add to prospects, in log-odds.

        `value` gives the log-odds that go with a chance, (world,), that the attacker prevails.
        """
        expected, record = self.expected, self.record
        half_way = value(win_chance(expected.attacker.strength, record.defender.strength))
        return half_way - value(record.winning), value(expected.winning) - half_way


def challenge_by_help(terms: Terms, state: State, fight: Fight) -> Terms:
    """Return the terms of a challenge, the prospects split by whose help they rest on."""
    rivalry, side = fight.rivalry, fight.attacking
    rationality, cost = state.rules.choice.rationality, state.rules.challenge.dispute_cost

    def value(winning: Vector) -> Vector:
        reply = contest_considerations(
            log_odds(rivalry.reciprocation),
            rationality,
            rivalry.stake[1 - side],
            1 - winning,
            1 - fight.record.winning,
        )
        resisted = chance(total(reply.values()))
        return rationality * challenge_value(rivalry.stake[side], winning, resisted, cost)

    own, others = fight.parts(value)
    return _split(terms, own, others)


def resist_by_help(terms: Terms, state: State, fight: Fight) -> Terms:
    """Return the terms of standing up to a challenge, split likewise."""
    weight = _weight(state, fight, 1 - fight.attacking)
    others, own = fight.parts(lambda winning: -weight * winning)
    return _split(terms, own, others)


def climb_by_help(terms: Terms, state: State, fight: Fight) -> Terms:
    """Return the terms of a climb, split likewise; of going to war, prospects stay whole."""
    weight, below = _weight(state, fight, fight.attacking), ~fight.rivalry.forceful
    own, others = fight.parts(lambda winning: weight * winning)
    whole = terms["prospects"] * fight.rivalry.forceful
    return _split(terms, own * below, others * below) | {"prospects": whole}


def _weight(state: State, fight: Fight, side: int) -> Vector:
    return state.rules.choice.rationality * fight.rivalry.stake[side] * 2


def _split(terms: Terms, own: Vector, others: Vector) -> Terms:
    rest = {name: term for name, term in terms.items() if name != "prospects"}
    return rest | {"own_help": own, "their_help": others}
