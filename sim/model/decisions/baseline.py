"""What the choices of a crisis looked like in the record, which no world changes."""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.arrays import Vector
from sim.model.decisions.coalition import Outlook
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State
from sim.model.theory.contest import challenge_value
from sim.model.theory.quantal_response import log_odds
from sim.model.theory.rates import hazard


@dataclass(frozen=True)
class Usual:
    """The choices of one side of a rivalry in the record, every field a vector (world,).

    Attributes:
        challenge, resist, climb, war: log-odds of the choice.
        value: expected utility of a challenge.
        winning: chance to prevail, attacking.
        losing: chance to prevail when attacked by the other side.
        nuclear: chance that a nuclear power stands with the other side.
    """

    challenge: Vector
    resist: Vector
    climb: Vector
    war: Vector
    value: Vector
    winning: Vector
    losing: Vector
    nuclear: Vector


def usual(
    state: State, rivalry: Rivalry, side: int, attacking: Outlook, attacked: Outlook
) -> Usual:
    """Return it, given the fights of the record in which the side attacks, and is attacked."""
    rules, escalate, winning = state.rules, state.rules.escalate, attacking.winning
    either = hazard(escalate.war_given_force, escalate.dies)  # by either side, and resisted
    return Usual(
        challenge=log_odds(rivalry.record[side]),
        resist=log_odds(rivalry.reciprocation),
        climb=log_odds(escalate.climb),
        war=log_odds(either / (2 * rivalry.reciprocation.clip(0.05))),
        value=challenge_value(
            rivalry.stake[side], winning, rivalry.reciprocation, rules.challenge.dispute_cost
        ),
        winning=winning,
        losing=1 - attacked.winning,
        nuclear=attacking.defender.nuclear,
    )
