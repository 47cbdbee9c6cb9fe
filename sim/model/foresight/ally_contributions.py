"""Splits the prospects of a contest by whose allies they depend on: one's own, or the opponent's.

No decision uses the split; it is computed for the decision log only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.model.arrays import Terms, Vector, total
from sim.model.entities.rivalry import Rivalry
from sim.model.foresight.coalition import ExpectedContest
from sim.model.state import State
from sim.model.theory.contest import challenge_value, win_chance
from sim.model.theory.crisis import contest_considerations
from sim.model.theory.quantal_response import log_odds, logistic


@dataclass(frozen=True)
class ContestComparison:
    """A contest that side `attacking` would begin: as expected, and in the historical record."""

    rivalry: Rivalry
    attacking: int
    expected: ExpectedContest
    baseline: ExpectedContest

    def split_prospects(self, value: Callable[[Vector], Vector]) -> tuple[Vector, Vector]:
        """Return what the attacker's and the defender's allies add to the prospects, in log-odds.

        `value` maps the attacker's chance to prevail, (world,), to log-odds.
        """
        expected, baseline = self.expected, self.baseline
        half_way = value(win_chance(expected.attacker.strength, baseline.defender.strength))
        by_attacker = half_way - value(baseline.attacker_win_chance)
        by_defender = value(expected.attacker_win_chance) - half_way
        return by_attacker, by_defender


def split_challenge_terms(terms: Terms, state: State, comparison: ContestComparison) -> Terms:
    """Return the terms of a challenge, the prospects split by whose allies they depend on."""
    rivalry, side = comparison.rivalry, comparison.attacking
    rationality, cost = state.rules.choice.rationality, state.rules.challenge.dispute_cost

    def value(winning: Vector) -> Vector:
        response = contest_considerations(
            log_odds(rivalry.reciprocation),
            rationality,
            rivalry.stake[1 - side],
            1 - winning,
            1 - comparison.baseline.attacker_win_chance,
        )
        resisted = logistic(total(response.values()))
        return rationality * challenge_value(rivalry.stake[side], winning, resisted, cost)

    own, others = comparison.split_prospects(value)
    return _replace_prospects(terms, own, others)


def split_resist_terms(terms: Terms, state: State, comparison: ContestComparison) -> Terms:
    """Return the terms of resisting, with the prospects split."""
    weight = _prospects_weight(state, comparison, 1 - comparison.attacking)
    others, own = comparison.split_prospects(lambda winning: -weight * winning)
    return _replace_prospects(terms, own, others)


def split_climb_terms(terms: Terms, state: State, comparison: ContestComparison) -> Terms:
    """Return the terms of escalating, with the prospects split below war and unsplit at war."""
    weight = _prospects_weight(state, comparison, comparison.attacking)
    below = ~comparison.rivalry.at_force
    own, others = comparison.split_prospects(lambda winning: weight * winning)
    unsplit = terms["prospects"] * comparison.rivalry.at_force
    return _replace_prospects(terms, own * below, others * below) | {"prospects": unsplit}


def _prospects_weight(state: State, comparison: ContestComparison, side: int) -> Vector:
    return state.rules.choice.rationality * comparison.rivalry.stake[side] * 2


def _replace_prospects(terms: Terms, own: Vector, others: Vector) -> Terms:
    rest = {name: term for name, term in terms.items() if name != "prospects"}
    return rest | {"own_help": own, "their_help": others}
