"""T2: the expected utility of challenges, in the example of car emissions.

Bueno de Mesquita's model as Scholz, Calbert and Smith (2011) present it, in its first round: who
challenges whom with what prospects. What a challenge is worth, given how likely it is resisted and
won, is the engine's; votes, risk and the shape of utilities are the example's.

Two traps that the printed formulas hide: the chance of success is divided by the votes over all
pairs of positions, so that chances are small and do not sum to 1; and an actor judges what others
expect of it by its own attitude to risk, not by theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import contest_value, expected_move_value
from sim.validation.studies.published.comparison import FigureComparison, PublishedResult
from sim.validation.studies.published.examples import read_example, read_example_column

_TOLERANCE = 5e-7  # half of the sixth digit

_PUBLISHED_VOTES = {(7, 4): 9.05, (10, 4): 8.80, (7, 10): 0.25}
_PUBLISHED_CHANCES = {
    (4, 7): 0.003148, (7, 4): 0.008985, (4, 10): 0.008753,
    (10, 4): 0.011859, (7, 10): 0.007314, (10, 7): 0.004583,
}  # fmt: skip
_JUDGE = 1
_PUBLISHED_UTILITIES = {4: (-0.114831, 0.243297), 6: (-0.654994, 0.243297), 8: (-0.832017, 0.242256),
            0: (-0.472514, 0.242256), 2: (0.605993, 0.242256)}  # fmt: skip
"""What the judge expects of challenging others, by their place, and takes them to expect of it."""


@dataclass(frozen=True)
class Issue:
    """An issue on which actors with capability and salience take positions.

    Attributes:
        capability, position, salience: of each actor, (actor,).
        risk: exponent of each actor's attitude to risk, 1 neutral, (actor,).
    """

    capability: Vector
    position: Vector
    salience: Vector
    risk: Vector

    @property
    def weight(self) -> Vector:
        """What each actor brings to bear, (actor,)."""
        return self.capability * self.salience

    @property
    def position_range(self) -> float:
        """How far apart the outermost positions are."""
        return float(np.ptp(self.position))

    @property
    def weighted_median(self) -> float:
        """The position that as much weight lies below as above."""
        order = self.position.argsort(kind="stable")
        reached = self.weight[order].cumsum()
        return float(self.position[order][np.searchsorted(reached, reached[-1] / 2)])

    @property
    def weighted_mean(self) -> float:
        """The mean position by weight."""
        return float(np.average(self.position, weights=self.weight))

    def votes(self, first: float, second: float) -> Vector:
        """Return the votes for a position against another, (actor,); below 0 against it."""
        to_one, to_other = (
            abs(self.position - each) / self.position_range for each in (first, second)
        )
        return self.weight * (to_other**self.risk - to_one**self.risk)

    def success_chance(self, first: float, second: float) -> float:
        """Return the chance that a position prevails over another."""
        every = sum(abs(self.votes(a, b)).sum() for a in self.position for b in self.position)
        return float(self.votes(first, second).clip(min=0).sum() / every)

    def challenge_gain(self, challenger: int, target: int, judge: int) -> float:
        """Return what a challenge is worth beyond the status quo, by the risks `judge` takes."""
        risk = float(self.risk[judge])
        apart = abs(self.position[challenger] - self.position[target]) / self.position_range
        won, kept, lost = (2 - 4 * share**risk for share in ((1 - apart) / 2, 0.5, (1 + apart) / 2))
        chance = self.success_chance(float(self.position[challenger]), float(self.position[target]))
        stake, middle = (np.asarray(each) for each in ((won - lost) / 2, (won + lost) / 2))
        fight = contest_value(stake, np.asarray(chance), -middle)
        return float(expected_move_value(self.salience[target], np.asarray(won), fight)) - kept


def emissions_example() -> Issue:
    """Return the example as it is given: nobody's attitude to risk is known."""
    capability, position, salience = (
        read_example_column("emissions", of) for of in ("c", "x", "s")
    )
    return Issue(capability, position, salience, np.ones_like(position))


def risk_exponents(issue: Issue) -> Vector:
    """Return exponents of risk, (actor,): whoever is in least danger has taken most risk."""
    actors = range(len(issue.position))
    danger = np.array(
        [sum(issue.challenge_gain(other, one, other) for other in actors if other != one)
         for one in actors]
    )  # fmt: skip
    low, high = danger.min(), danger.max()
    security = (2 * danger - high - low) / (high - low)
    return (1 - security / 3) / (1 + security / 3)


def expected_utility_result() -> PublishedResult:
    """Return the first round of the example: positions, votes, risks, chances, challenges."""
    neutral = emissions_example()
    issue = replace(neutral, risk=risk_exponents(neutral))
    tried = (
        *_compare_positions(neutral),
        *_compare_risks(issue),
        *_compare_chances(issue),
        *_compare_challenges(issue),
    )
    return PublishedResult(
        code="T2",
        claim="What a challenge is worth follows from what is at stake, the chance to win and "
        "how much the other cares; from it follow attitudes to risk.",
        target="median 7, mean 7.39; votes 9.05, 8.8, .25; ten exponents of risk, six chances, "
        "ten expected utilities of the first round",
        engine_functions="foreseen, contest_value (sim/model/theory/contest.py)",
        sources=("scholz-calbert-smith-2011", "masad-bdm", "bdm-1981"),
        comparisons=tried,
        note="Positions, votes and the shares of the printed figure are the paper's; figures of "
        "six digits are a replication's. Later rounds, in which actors move, have no "
        "counterpart in the model and are left out.",
    )


def _compare_positions(issue: Issue) -> Iterator[FigureComparison]:
    yield FigureComparison("median position", 7.0, issue.weighted_median, 1e-9)
    yield FigureComparison("mean position", 7.389956, issue.weighted_mean, _TOLERANCE)
    for (one, other), votes in _PUBLISHED_VOTES.items():
        given = 100 * float(issue.votes(one, other).sum())
        yield FigureComparison(f"votes for {one} over {other}", votes, given, 1e-9)


def _compare_risks(issue: Issue) -> Iterator[FigureComparison]:
    for name, published, found in zip(
        _actor_names(), read_example_column("emissions", "risk"), issue.risk, strict=True
    ):
        yield FigureComparison(f"risk taken by {name}", float(published), float(found), _TOLERANCE)


def _compare_chances(issue: Issue) -> Iterator[FigureComparison]:
    for (one, other), chance in _PUBLISHED_CHANCES.items():
        yield FigureComparison(
            f"chance of {one} over {other}", chance, issue.success_chance(one, other), _TOLERANCE
        )


def _compare_challenges(issue: Issue) -> Iterator[FigureComparison]:
    names = _actor_names()
    for whom, (expects, expected) in _PUBLISHED_UTILITIES.items():
        pair = f"{names[_JUDGE]} and {names[whom]}"
        own, others = (
            issue.challenge_gain(_JUDGE, whom, _JUDGE),
            issue.challenge_gain(whom, _JUDGE, _JUDGE),
        )
        yield FigureComparison(f"{pair}: what the first expects", expects, own, _TOLERANCE)
        yield FigureComparison(
            f"{pair}: what it takes the second to expect", expected, others, _TOLERANCE
        )


def _actor_names() -> list[str]:
    return [line["actor"] for line in read_example("emissions")]
