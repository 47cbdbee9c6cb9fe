"""Simulates worlds again from their numbers, with a log of every decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.model.decision_log import Decision, DecisionLog, DrawKey
from sim.model.randomness.controlled import ControlledStreams, WorldNumbers
from sim.model.recording.history import Columns, History
from sim.scenario.schema.scenario import Scenario
from sim.scenario.theories.words import find_term_words

if TYPE_CHECKING:
    from sim.model.simulate import Observe


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
        month, key: the month and the key of its random draw.
        terms: the terms for and against it, in log-odds.
        chances: chance of at least level 1, at least level 2 and so on.
        draw: the random draw; a level is reached where the draw is below its chance.
        level: the outcome: 0 no, 1 yes, or a higher level.
        played: whether it was decided by hand.
        words: of each term of another theory than the package's own rules, by its name.
    """

    month: int
    key: DrawKey
    terms: dict[str, float]
    chances: tuple[float, ...]
    draw: float
    level: int
    played: bool = False
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def chance(self) -> float:
        """The chance, in the model, of this very outcome; of a number, of at least one."""
        above = self.chances[self.level] if self.level < len(self.chances) else 0.0
        return (self.chances[min(self.level, len(self.chances)) - 1] if self.level else 1.0) - above


@dataclass(frozen=True)
class WorldRecord:
    """One world, simulated again.

    Attributes:
        scenario, world: the scenario and the number of the world.
        events: all events of the chronicle, in order.
        choices: all decisions, in order, including those not to act.
        month_columns: the columns of the months, one row per month.
        measure_values: the value of each measure, by name.
    """

    scenario: Scenario
    world: int
    events: list[Event]
    choices: list[Choice]
    month_columns: Columns
    measure_values: dict[str, Any]

    def choices_in(self, month: int) -> list[Choice]:
        """Return the decisions of one month, in order."""
        return self._choices_by_month.get(month, [])

    @cached_property
    def _choices_by_month(self) -> dict[int, list[Choice]]:
        months: dict[int, list[Choice]] = {}
        for choice in self.choices:
            months.setdefault(choice.month, []).append(choice)
        return months


@dataclass(frozen=True)
class BlockRecord:
    """A block of worlds, simulated again: its history, and its decisions in order.

    Attributes:
        scenario: the scenario.
        worlds: the numbers of the worlds, in ascending order.
        history: their history.
        decisions: what was decided.
    """

    scenario: Scenario
    worlds: Sequence[int]
    history: History
    decisions: list[Decision]

    @cached_property
    def _rows(self) -> dict[str, tuple[Any, Any]]:
        """The first row of each world, and the row after its last, in each table by world."""
        tables = {"months": self.history.months, "events": self.history.events}
        columns = {name: table.get("world", np.zeros(0)) for name, table in tables.items()}
        return {
            name: (
                np.searchsorted(column, self.worlds),
                np.searchsorted(column, self.worlds, side="right"),
            )
            for name, column in columns.items()
        }

    @cached_property
    def _words(self) -> dict[str, Mapping[str, str]]:
        """The words of the terms of each kind of decision, where a theory decides it."""
        kinds = {decision.key.what for decision in self.decisions}
        return {kind: find_term_words(self.scenario, kind) for kind in kinds}

    def world_record(self, world: int) -> WorldRecord:
        """Return one of its worlds."""
        at = self.worlds.index(world)
        events = self._world_rows("events", at)
        names = [name for name in events if name != "world"]
        return WorldRecord(
            self.scenario,
            world,
            [Event(*row) for row in zip(*(events[name].tolist() for name in names), strict=True)],
            [
                _choice_in_world(decision, at, self._words[decision.key.what])
                for decision in self.decisions
                if decision.where[at]
            ],
            self._world_rows("months", at),
            {name: column[at].item() for name, column in self.history.worlds.items()},
        )

    def only(self, what: str) -> BlockRecord:
        """Return the same worlds with their decisions of one kind alone."""
        return replace(self, decisions=[each for each in self.decisions if each.key.what == what])

    def _world_rows(self, table: str, at: int) -> Columns:
        first, last = (rows[at] for rows in self._rows[table])
        columns: Columns = getattr(self.history, table)
        return {name: column[first:last] for name, column in columns.items()}


def resimulate(scenario: Scenario, world: int) -> WorldRecord:
    """Return one world, simulated from the first month to the last."""
    return resimulate_block(scenario, world, 1).world_record(world)


def resimulate_block(
    scenario: Scenario,
    first_world: int,
    count: int,
    observe: Observe | None = None,
) -> BlockRecord:
    """Return a block of worlds with the log of all decisions, which takes memory.

    Args:
        scenario: the scenario.
        first_world: number of the first world.
        count: how many worlds.
        observe: called on the opening day and after each month, as by `simulate`.
    """
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    log = DecisionLog()
    history = simulate(scenario, first_world, count, log=log, observe=observe)
    return BlockRecord(scenario, range(first_world, first_world + count), history, log.decisions)


def resimulate_chosen(scenario: Scenario, worlds: Sequence[int]) -> BlockRecord:
    """Return some worlds, side by side, with the log of all decisions.

    With a log, two worlds take hardly longer than one; each is the same as alone.
    """
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    numbers, log = np.unique(np.array(worlds, dtype=np.int64)), DecisionLog()
    streams = ControlledStreams(scenario.seed, numbers, numbers, past=scenario.past)
    history = simulate(scenario, 0, len(numbers), streams=streams, log=log)
    return BlockRecord(scenario, numbers.tolist(), _renumber(history, numbers), log.decisions)


def _renumber(history: History, numbers: WorldNumbers) -> History:
    """Return a history of worlds 0, 1, 2 and so on under other numbers."""

    def renumber(table: Columns) -> Columns:
        if "world" not in table:
            return table
        return table | {"world": numbers[table["world"]].astype(table["world"].dtype)}

    tables = (renumber(table) for table in (history.worlds, history.months, history.events))
    return History(*tables, codes=history.codes)


def _choice_in_world(decision: Decision, index: int, words: Mapping[str, str]) -> Choice:
    return Choice(
        decision.month,
        decision.key,
        {name: float(term[index]) for name, term in decision.terms.items()},
        tuple(float(chance[index]) for chance in decision.chances),
        float(decision.draws[index]),
        int(decision.level[index]),
        decision.played,
        words,
    )
