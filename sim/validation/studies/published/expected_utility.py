"""T2: the expected utility of challenges, in the example of car emissions.

Bueno de Mesquita's model as Scholz, Calbert and Smith (2011) present it, in its first round: who
challenges whom with what prospects. The value of a challenge, given the chances of resistance and
of success, is computed by this model; votes, risk and the shape of utilities are the example's.

The printed formulas hide two traps. The chance of success is divided by the votes over all pairs of
positions, so chances are small and do not sum to 1. And an actor judges what others expect of it by
its own attitude to risk, not by theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import contest_value, expected_move_value
from sim.validation.studies.published.comparison import PublishedResult, ResultSpec
from sim.validation.studies.published.examples import read_example, read_example_column


@dataclass(frozen=True)
class Issue:
    """An issue on which actors with capability and salience take positions.

    Attributes:
        capability: capability of each actor, (actor,).
        position: position of each actor, (actor,).
        salience: salience of the issue to each actor, (actor,).
        risk: exponent of each actor's attitude to risk, 1 neutral, (actor,).
    """

    capability: Vector
    position: Vector
    salience: Vector
    risk: Vector

    @property
    def weight(self) -> Vector:
        """Capability times salience, (actor,)."""
        return self.capability * self.salience

    @property
    def position_range(self) -> float:
        """The distance between the outermost positions."""
        return float(np.ptp(self.position))

    @property
    def weighted_median(self) -> float:
        """The position with as much weight below as above it."""
        order = self.position.argsort(kind="stable")
        reached = self.weight[order].cumsum()
        return float(self.position[order][np.searchsorted(reached, reached[-1] / 2)])

    @property
    def weighted_mean(self) -> float:
        """The mean position by weight."""
        return float(np.average(self.position, weights=self.weight))

    def votes(self, first: float, second: float) -> Vector:
        """Return the votes for a position against another, (actor,); below 0 against it."""
        to_first, to_second = (
            abs(self.position - position) / self.position_range for position in (first, second)
        )
        return self.weight * (to_second**self.risk - to_first**self.risk)

    def success_chance(self, first: float, second: float) -> float:
        """Return the chance that a position prevails over another."""
        total = sum(abs(self.votes(a, b)).sum() for a in self.position for b in self.position)
        return float(self.votes(first, second).clip(min=0).sum() / total)

    def challenge_gain(self, challenger: int, target: int, judge: int) -> float:
        """Return the gain from a challenge, by the attitude of `judge` to risk."""
        risk = float(self.risk[judge])
        distance = abs(self.position[challenger] - self.position[target]) / self.position_range
        shares = (1 - distance) / 2, 0.5, (1 + distance) / 2
        won, unchanged, lost = (2 - 4 * share**risk for share in shares)
        chance = self.success_chance(float(self.position[challenger]), float(self.position[target]))
        stake, middle = np.asarray((won - lost) / 2), np.asarray((won + lost) / 2)
        fight = contest_value(stake, np.asarray(chance), -middle)
        return float(expected_move_value(self.salience[target], np.asarray(won), fight)) - unchanged


def emissions_example() -> Issue:
    """Return the example as published: with every attitude to risk neutral."""
    capability, position, salience = (
        read_example_column("emissions", column) for column in ("c", "x", "s")
    )
    return Issue(capability, position, salience, np.ones_like(position))


def risk_exponents(issue: Issue) -> Vector:
    """Return exponents of risk, (actor,): the actor in least danger has taken most risk."""
    actors = range(len(issue.position))
    danger = np.array(
        [
            sum(issue.challenge_gain(other, actor, other) for other in actors if other != actor)
            for actor in actors
        ]
    )
    low, high = danger.min(), danger.max()
    security = (2 * danger - high - low) / (high - low)
    return (1 - security / 3) / (1 + security / 3)


def expected_utility_result(spec: ResultSpec) -> PublishedResult:
    """Return the first round of the example: positions, votes, risks, chances, challenges."""
    neutral = emissions_example()
    issue = replace(neutral, risk=risk_exponents(neutral))
    names = _actor_names()

    def figure(quantity: str, first: Any = None, second: Any = None) -> float:
        if quantity == "votes":
            return 100 * float(neutral.votes(first, second).sum())
        if quantity == "chance":
            return issue.success_chance(first, second)
        if quantity == "risk":
            return float(issue.risk[names.index(first)])
        if quantity in ("own", "attributed"):
            judge, other = names.index(first), names.index(second)
            pair = (judge, other) if quantity == "own" else (other, judge)
            return issue.challenge_gain(*pair, judge)
        return neutral.weighted_median if quantity == "median" else neutral.weighted_mean

    return spec.compare(figure)


def _actor_names() -> list[str]:
    return [row["actor"] for row in read_example("emissions")]
