"""Whose help makes the prospects of a contest what they are: one's own allies, or the other's.

Nothing is decided by it; it is worked out for the reasons of a decision only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.model.arrays import Terms, Vector, total
from sim.model.decisions.coalition import ExpectedContest
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.contest import challenge_value, win_chance
from sim.model.theory.crisis import contest_considerations
from sim.model.theory.quantal_response import log_odds, logistic


@dataclass(frozen=True)
class ContestComparison:
    """A fight that side `attacking` would begin, as it is expected and as it was in the record."""

    rivalry: Rivalry
    attacking: int
    expected: ExpectedContest
    baseline: ExpectedContest

    def split_prospects(self, value: Callable[[Vector], Vector]) -> tuple[Vector, Vector]:
        """Return what the attacker's allies and the defender's add to prospects, in log-odds.

        `value` gives the log-odds that go with a chance, (world,), that the attacker prevails.
        """
        expected, record = self.expected, self.baseline
        half_way = value(win_chance(expected.attacker.strength, record.defender.strength))
        return half_way - value(record.attacker_win_chance), value(
            expected.attacker_win_chance
        ) - half_way


def split_challenge_terms(terms: Terms, state: State, comparison: ContestComparison) -> Terms:
    """Return the terms of a challenge, the prospects split by whose help they rest on."""
    rivalry, side = comparison.rivalry, comparison.attacking
    rationality, cost = state.rules.choice.rationality, state.rules.challenge.dispute_cost

    def value(winning: Vector) -> Vector:
        reply = contest_considerations(
            log_odds(rivalry.reciprocation),
            rationality,
            rivalry.stake[1 - side],
            1 - winning,
            1 - comparison.baseline.attacker_win_chance,
        )
        resisted = logistic(total(reply.values()))
        return rationality * challenge_value(rivalry.stake[side], winning, resisted, cost)

    own, others = comparison.split_prospects(value)
    return _replace_prospects(terms, own, others)


def split_resist_terms(terms: Terms, state: State, comparison: ContestComparison) -> Terms:
    """Return the terms of standing up to a challenge, split likewise."""
    weight = _prospects_weight(state, comparison, 1 - comparison.attacking)
    others, own = comparison.split_prospects(lambda winning: -weight * winning)
    return _replace_prospects(terms, own, others)


def split_climb_terms(terms: Terms, state: State, comparison: ContestComparison) -> Terms:
    """Return the terms of a climb, split likewise; of going to war, prospects stay whole."""
    weight, below = (
        _prospects_weight(state, comparison, comparison.attacking),
        ~comparison.rivalry.at_force,
    )
    own, others = comparison.split_prospects(lambda winning: weight * winning)
    whole = terms["prospects"] * comparison.rivalry.at_force
    return _replace_prospects(terms, own * below, others * below) | {"prospects": whole}


def _prospects_weight(state: State, comparison: ContestComparison, side: int) -> Vector:
    return state.rules.choice.rationality * comparison.rivalry.stake[side] * 2


def _replace_prospects(terms: Terms, own: Vector, others: Vector) -> Terms:
    rest = {name: term for name, term in terms.items() if name != "prospects"}
    return rest | {"own_help": own, "their_help": others}
