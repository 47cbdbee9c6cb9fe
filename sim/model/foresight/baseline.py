"""Choices in a crisis as they were in the historical record; constant in every world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from sim.model.arrays import Vector
from sim.model.foresight.coalition import ExpectedContest
from sim.model.places import Index
from sim.model.state import State
from sim.model.theory.contest import challenge_value
from sim.model.theory.quantal_response import log_odds
from sim.model.theory.rates import monthly_hazard


@dataclass(frozen=True)
class BaselineContests:
    """What of the record rests on allies, of sides that attack, (world,) or (case,) each.

    Attributes:
        challenge_value: expected utility of a challenge.
        win_chance_attacking: chance to prevail when attacking.
        nuclear: chance that a nuclear power supports the other side.
    """

    challenge_value: Vector
    win_chance_attacking: Vector
    nuclear: Vector

    @classmethod
    def of(
        cls, stake: Vector, reciprocation: Vector, cost: Vector, contest: ExpectedContest
    ) -> BaselineContests:
        """Return what rests on allies, given the contests in the record.

        Args:
            stake: value of the stake to the attacker.
            reciprocation: share of challenges that are resisted.
            cost: of a dispute.
            contest: in which the side attacks.
        """
        winning = contest.attacker_win_chance
        value = challenge_value(stake, winning, reciprocation, cost)
        return cls(value, winning, contest.defender.nuclear)

    @classmethod
    def together(cls, sides: Sequence[BaselineContests]) -> BaselineContests:
        """Return what rests on allies of all sides, (side row, world) each, given it of each."""
        names = [each.name for each in fields(cls)]
        return cls(*(np.stack([getattr(side, name) for side in sides]) for name in names))


class Baseline:
    """The choices of all sides in the historical record, (side row, world) each.

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

    def __init__(self, state: State, contests: BaselineContests) -> None:
        """Find the record, given the contests of all sides, (side row, world) each."""
        escalate, rivalries = state.rules.escalate, state.rivalries.values()
        reciprocation = np.repeat([rivalry.reciprocation for rivalry in rivalries], 2, axis=0)
        either = monthly_hazard(escalate.war_given_force, escalate.dies)  # by either, and resisted
        onset = np.concatenate([rivalry.onset_chance for rivalry in rivalries])
        self.challenge = log_odds(onset)
        self.resist = log_odds(reciprocation)
        self.climb = np.tile(log_odds(escalate.climb), (len(onset), 1))
        self.war = log_odds(either / (2 * reciprocation.clip(0.05)))
        self.challenge_value = contests.challenge_value
        self.win_chance_attacking = contests.win_chance_attacking
        self.win_chance_attacked = 1 - contests.win_chance_attacking[np.arange(len(onset)) ^ 1]
        self.nuclear = contests.nuclear

    def patch(self, sides: Index, worlds: Index, contests: BaselineContests) -> None:
        """Replace what rests on allies, of each side in one world, (case,) each.

        With every side that of its opponent is replaced as well.
        """
        for each in fields(contests):
            getattr(self, each.name)[sides, worlds] = getattr(contests, each.name)
        self.win_chance_attacked[sides, worlds] = 1 - self.win_chance_attacking[sides ^ 1, worlds]
