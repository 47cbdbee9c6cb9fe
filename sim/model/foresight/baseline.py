"""Choices in a crisis as they were in the historical record; constant in every world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from sim.model.arrays import Vector
from sim.model.entities.rivalry import Rivalry
from sim.model.foresight.coalition import ExpectedContest
from sim.model.places import Index
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

    def patch(self, sides: Index, worlds: Index, contests: BaselineContests) -> None:
        """Replace in tables what rests on allies, of each side in one world, (case,) each."""
        for each in fields(contests):
            getattr(self, each.name)[sides, worlds] = getattr(contests, each.name)


@dataclass(frozen=True)
class BaselineContests:
    """What of a baseline rests on the allies of both sides; attributes as above."""

    challenge_value: Vector
    win_chance_attacking: Vector
    win_chance_attacked: Vector
    nuclear: Vector


def build_baseline(
    state: State, rivalry: Rivalry, side: int, attacking: ExpectedContest, attacked: ExpectedContest
) -> Baseline:
    """Return the baseline, given the contests in which the side attacks and is attacked."""
    rules, escalate = state.rules, state.rules.escalate
    either = monthly_hazard(escalate.war_given_force, escalate.dies)  # by either side, and resisted
    contests = baseline_contests(
        rivalry.stake[side],
        rivalry.reciprocation,
        rules.challenge.dispute_cost,
        attacking=attacking,
        attacked=attacked,
    )
    return Baseline(
        challenge=log_odds(rivalry.onset_chance[side]),
        resist=log_odds(rivalry.reciprocation),
        climb=log_odds(escalate.climb),
        war=log_odds(either / (2 * rivalry.reciprocation.clip(0.05))),
        challenge_value=contests.challenge_value,
        win_chance_attacking=contests.win_chance_attacking,
        win_chance_attacked=contests.win_chance_attacked,
        nuclear=contests.nuclear,
    )


def baseline_contests(
    stake: Vector,
    reciprocation: Vector,
    dispute_cost: Vector,
    *,
    attacking: ExpectedContest,
    attacked: ExpectedContest,
) -> BaselineContests:
    """Return what of a baseline rests on allies, given the contests in the record, (place,)."""
    winning = attacking.attacker_win_chance
    return BaselineContests(
        challenge_value=challenge_value(stake, winning, reciprocation, dispute_cost),
        win_chance_attacking=winning,
        win_chance_attacked=1 - attacked.attacker_win_chance,
        nuclear=attacking.defender.nuclear,
    )
