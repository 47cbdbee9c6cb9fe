"""Choices in a crisis as they were in the historical record; constant in every world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from sim.model.arrays import Vector
from sim.model.entities.rivalry import Rivalry
from sim.model.foresight.coalition import ExpectedContest
from sim.model.places import EVERYWHERE, Index, Places
from sim.model.state import State
from sim.model.theory.contest import challenge_value
from sim.model.theory.quantal_response import log_odds
from sim.model.theory.rates import monthly_hazard


@dataclass(frozen=True)
class Baseline:
    """The choices of one side of a rivalry in the historical record, each a vector (world,).

    Those of all sides together are tables, (side row, world) each.

    Attributes:
        challenge: log-odds of a challenge.
        resist: log-odds of resisting.
        climb: log-odds of escalating below war.
        war: log-odds of going to war.
        challenge_value: expected utility of a challenge.
        win_chance_attacking: chance to prevail when attacking.
        win_chance_attacked: chance to prevail when attacked by the other side.
        nuclear: chance that a nuclear power supports the other side.
    """

    challenge: Vector
    resist: Vector
    climb: Vector
    war: Vector
    challenge_value: Vector
    win_chance_attacking: Vector
    win_chance_attacked: Vector
    nuclear: Vector

    @classmethod
    def of_sides(cls, sides: Sequence[Baseline]) -> Baseline:
        """Return the choices of all sides as tables, (side row, world) each."""
        return cls(
            **{
                each.name: np.stack([getattr(side, each.name) for side in sides])
                for each in fields(cls)
            }
        )

    def patched(self, worlds: Index, anew: Baseline) -> Baseline:
        """Return the choices of a side, in some worlds as worked out anew, (case,) each."""
        changed = {}
        for each in fields(self):
            changed[each.name] = getattr(self, each.name).copy()
            changed[each.name][worlds] = getattr(anew, each.name)
        return Baseline(**changed)


def build_baseline(
    state: State,
    rivalry: Rivalry,
    side: int,
    attacking: ExpectedContest,
    attacked: ExpectedContest,
    at: Places = EVERYWHERE,
) -> Baseline:
    """Return the baseline, given the contests in which the side attacks and is attacked."""
    challenge, escalate = state.rules.challenge.at(at), state.rules.escalate.at(at)
    winning, reciprocation = attacking.attacker_win_chance, at.of(rivalry.reciprocation)
    either = monthly_hazard(escalate.war_given_force, escalate.dies)  # by either side, and resisted
    return Baseline(
        challenge=log_odds(at.of(rivalry.onset_chance[side])),
        resist=log_odds(reciprocation),
        climb=log_odds(escalate.climb),
        war=log_odds(either / (2 * reciprocation.clip(0.05))),
        challenge_value=challenge_value(
            at.of(rivalry.stake[side]), winning, reciprocation, challenge.dispute_cost
        ),
        win_chance_attacking=winning,
        win_chance_attacked=1 - attacked.attacker_win_chance,
        nuclear=attacking.defender.nuclear,
    )
