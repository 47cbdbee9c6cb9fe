"""Living worlds once more from their numbers, with the reasons for every decision kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from sim.model.decision_log import Decision, Occasion, Reasons
from sim.model.model import Worlds
from sim.model.recording.history import Columns, History
from sim.scenario.schema.scenario import Scenario


class Event(NamedTuple):
    """One line of the chronicle."""

    month: int
    event: str
    actor: str
    towards: str
    subject: str
    level: int


@dataclass(frozen=True)
class Choice:
    """A decision as it was taken in one world.

    Attributes:
        month, occasion: when, and the names of its die.
        terms: what spoke for and against it, in log-odds.
        chances: chance of at least level 1, at least level 2 and so on.
        drawn: what was drawn: a level is reached where this is below its chance.
        level: what was decided: 0 no, 1 yes, or how far.
    """

    month: int
    occasion: Occasion
    terms: dict[str, float]
    chances: tuple[float, ...]
    drawn: float
    level: int


@dataclass(frozen=True)
class Life:
    """One world, relived.

    Attributes:
        scenario, world: what was lived, and its number.
        events: everything the chronicle noted, in order.
        choices: every decision that was there to be taken, in order.
        months: columns of how things stood, one row per month.
        end: what was measured, by name.
    """

    scenario: Scenario
    world: int
    events: list[Event]
    choices: list[Choice]
    months: Columns
    end: dict[str, Any]

    def choices_of(self, month: int) -> list[Choice]:
        """Return the decisions of one month, in order."""
        return self._by_month.get(month, [])

    @cached_property
    def _by_month(self) -> dict[int, list[Choice]]:
        months: dict[int, list[Choice]] = {}
        for choice in self.choices:
            months.setdefault(choice.month, []).append(choice)
        return months


@dataclass(frozen=True)
class Lives:
    """A block of worlds, relived: its history, and the decisions in order."""

    scenario: Scenario
    first: int
    history: History
    decisions: list[Decision]

    @cached_property
    def _starts(self) -> dict[str, Any]:
        count = len(self.history.worlds["world"])
        numbers = self.first + np.arange(count + 1)
        return {
            name: np.searchsorted(table.get("world", np.zeros(0)), numbers)
            for name, table in (("months", self.history.months), ("events", self.history.events))
        }

    def of(self, world: int) -> Life:
        """Return one of its worlds."""
        at = world - self.first
        events = self._rows("events", at)
        names = [name for name in events if name != "world"]
        return Life(
            self.scenario,
            world,
            [Event(*row) for row in zip(*(events[name].tolist() for name in names), strict=True)],
            [_choice(decision, at) for decision in self.decisions if decision.where[at]],
            self._rows("months", at),
            {name: column[at].item() for name, column in self.history.worlds.items()},
        )

    def _rows(self, table: str, at: int) -> Columns:
        first, last = self._starts[table][at : at + 2]
        columns: Columns = getattr(self.history, table)
        return {name: column[first:last] for name, column in columns.items()}


def relive(scenario: Scenario, world: int) -> Life:
    """Return one world, lived from the first month to the last."""
    return relive_block(scenario, world, 1).of(world)


def relive_block(
    scenario: Scenario,
    first: int,
    count: int,
    prepare: Callable[[Worlds], None] = lambda _: None,
) -> Lives:
    """Return a block of worlds with the reasons for all decisions, which take memory.

    Args:
        scenario: what is lived.
        first: number of the first world.
        count: how many worlds.
        prepare: may change what the worlds begin from.
    """
    worlds = Worlds(scenario, first, count)
    try:
        worlds.stage.state.reasons = Reasons()
        prepare(worlds)
        for _ in range(scenario.months):
            worlds.step()
        return Lives(scenario, first, worlds.history(), worlds.stage.state.reasons.decisions)
    finally:
        worlds.close()


def _choice(decision: Decision, at: int) -> Choice:
    return Choice(
        decision.month,
        decision.occasion,
        {name: float(term[at]) for name, term in decision.terms.items()},
        tuple(float(each[at]) for each in decision.chances),
        float(decision.drawn[at]),
        int(decision.level[at]),
    )
