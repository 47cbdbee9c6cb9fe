"""Expected rates of the choices in one scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.analysis.choices.choice import (
    MONTHS_A_YEAR,
    Choice,
    ChoiceKind,
    in_order,
    monthly_chances,
)
from sim.analysis.choices.simulation import BLOCK_SIZE, simulate_choices, simulate_in_blocks
from sim.errors import RequestError
from sim.experiment.blocks import OnProgress
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector
from sim.statistics.intervals import Interval, student_interval

WorldSums = dict[Choice, Vector]
"""The sum of a chance over months in each world, (world,)."""


@dataclass(frozen=True)
class ChoiceTable:
    """Expected rates of choices in the worlds of a scenario.

    Attributes:
        title: of the scenario.
        worlds: number of worlds.
        months: number of months.
        values: every choice, in each world: expected number a year, or chance of help, (world,).
    """

    title: str
    worlds: int
    months: int
    values: dict[Choice, Vector]

    def value(self, kind: str, rivalry: str, actor: str, towards: str = "") -> Interval:
        """Return an expected rate a year, or a chance of help, with its 95% interval.

        `towards` is needed for help only: the partner attacked.

        Raises:
            RequestError: the scenario has no such choice.
        """
        return self.intervals[self.find(kind, rivalry, actor, towards)]

    def find(self, kind: str, rivalry: str, actor: str, towards: str = "") -> Choice:
        """Return a choice by its names.

        Raises:
            RequestError: the scenario has no such choice.
        """
        return find_choice(list(self.values), kind, rivalry, actor, towards)

    @cached_property
    def intervals(self) -> dict[Choice, Interval]:
        """The mean of every choice over worlds, with its 95% interval."""
        return {choice: student_interval(values) for choice, values in self.values.items()}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield one row for each choice."""
        for choice, interval in self.intervals.items():
            yield {**choice._asdict(), "kind": choice.kind.value, **interval._asdict()}


def measure_choices(
    scenario: Scenario,
    worlds: int | None = None,
    *,
    months: int | None = None,
    workers: int | None = None,
    block_size: int = BLOCK_SIZE,
    on_progress: OnProgress = lambda _: None,
) -> ChoiceTable:
    """Simulate worlds 0 to `worlds` - 1 and return the expected rates of their choices.

    Args:
        scenario: the scenario.
        worlds: number of worlds; the scenario's by default.
        months: months to simulate; all months of the scenario by default.
        workers: number of processes; None uses as many as there are processors where that saves
            time.
        block_size: worlds per block; results do not depend on it.
        on_progress: called with the number of worlds simulated so far.

    Raises:
        RequestError: that is more than one run may simulate.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    months, worlds = months or scenario.months, worlds or scenario.worlds
    outputs = simulate_in_blocks(
        scenario, worlds, _BlockOfRates(months), workers, block_size, on_progress
    )
    return ChoiceTable(scenario.title, worlds, months, a_year(join_blocks(outputs), months))


def find_choice(
    choices: Sequence[Choice], kind: str, rivalry: str, actor: str, towards: str = ""
) -> Choice:
    """Return a choice by its names; `towards` may be left out for choices of a rival.

    Raises:
        RequestError: there is no such choice; the message lists what there is.
    """
    for place, (name, asked) in enumerate(
        [("kind", kind), ("rivalry", rivalry), ("actor", actor), ("towards", towards)]
    ):
        if not asked:
            continue
        known = list(dict.fromkeys(str(choice[place]) for choice in choices))
        choices = [choice for choice in choices if choice[place] == asked]
        if not choices:
            raise RequestError(f"no choice with {name} {asked!r}; there is {', '.join(known)}")
    return choices[0]


@dataclass(frozen=True)
class _BlockOfRates:
    """Sums the chances of a block of worlds; can be pickled for other processes."""

    months: int

    def __call__(self, scenario: Scenario, first: int, count: int) -> WorldSums:
        sums: WorldSums = {}
        codes = list(scenario.actors)
        for (month,) in simulate_choices([scenario], first, count, self.months):
            for choice, chance in monthly_chances(month, codes):
                sums[choice] = sums[choice] + chance if choice in sums else 1.0 * chance
        return sums


def join_blocks(blocks: Sequence[WorldSums]) -> WorldSums:
    """Return the sums of all blocks, (world,); 0 in a block in which a choice never arises."""
    choices = in_order(choice for block in blocks for choice in block)
    sizes = [np.zeros(len(next(iter(block.values()), ()))) for block in blocks]
    return {
        choice: np.concatenate(
            [block.get(choice, none) for block, none in zip(blocks, sizes, strict=True)]
        )
        for choice in choices
    }


def a_year(sums: WorldSums, months: int) -> dict[Choice, Vector]:
    """Return sums over months as numbers a year, and chances of help as their mean."""
    return {
        choice: values * (MONTHS_A_YEAR if choice.kind.is_rate else 1) / months
        for choice, values in sums.items()
    }


__all__ = ["Choice", "ChoiceKind", "ChoiceTable", "find_choice", "measure_choices"]
