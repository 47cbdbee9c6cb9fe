"""The game as a pure function of the scenario, the world and what was ordered and answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.play.gauges import Gauge
from sim.play.news import News
from sim.play.sheet import Question, Sheet
from sim.scenario.schema.scenario import Scenario

MONTHS_OF_QUARTER = 3

Choices = Mapping[str, int]
"""The number of the option chosen, by the id of the question."""


@dataclass(frozen=True)
class Orders:
    """What was decided for one quarter.

    Attributes:
        sheets: the options chosen on each order sheet that was sent in, by delegation; lines that
            are left out have their default for standing orders, and 0 for initiatives. A
            delegation without a sheet has its model decide everything.
        answers: the options chosen in crises, by question; None where the model decides.
        present: codes of the delegations that are asked in crises; the model answers for others.
    """

    sheets: Mapping[str, Choices] = field(default_factory=dict)
    answers: Mapping[str, int | None] = field(default_factory=dict)
    present: tuple[str, ...] = ()


class Move(NamedTuple):
    """One decision of a delegation, as in `[[past.moves]]`; level None leaves it to the model."""

    month: int
    what: str
    who: str
    towards: str
    about: str
    level: int | None


@dataclass(frozen=True)
class Game:
    """Where a game stands after so many quarters, or in the middle of one.

    Attributes:
        quarter: the quarter that is played next, or that waits for answers; from 1.
        quarters: number of quarters in the scenario.
        month: the last month that is simulated, in part only where answers are awaited.
        questions: the crises that wait for an answer; empty between quarters.
        sheets: the order sheets of `quarter`, by delegation in the order of the seats; empty where
            answers are awaited, and after the last quarter.
        moves: what the delegations decided in the months since the last sheets.
        news: the news of the months since the last sheets.
        gauges: as of the end of the last full quarter.
        digest: of all events and months so far: the same for the same history.
    """

    quarter: int
    quarters: int
    month: int
    questions: tuple[Question, ...]
    sheets: tuple[Sheet, ...]
    moves: tuple[Move, ...]
    news: tuple[News, ...]
    gauges: tuple[Gauge, ...]
    digest: str

    @property
    def is_over(self) -> bool:
        """Whether all quarters are played."""
        return self.quarter > self.quarters


def months_of(scenario: Scenario, quarter: int) -> range:
    """Return the months of a quarter; the last may be shorter than others."""
    first = 1 + MONTHS_OF_QUARTER * (quarter - 1)
    return range(first, min(first + MONTHS_OF_QUARTER, scenario.months + 1))


def count_quarters(scenario: Scenario) -> int:
    """Return the number of quarters of a scenario."""
    return -(-scenario.months // MONTHS_OF_QUARTER)
