"""Which numbers move any measure at all: every uncertain number at both ends of its range.

World by world, all other numbers and all random draws are the same at both ends. A number that
changes nothing therefore changes not a single world, and the difference of any other is paired.
Averaged over worlds, which differ in all other numbers, this is Morris's elementary effect with a
step of the whole range, and a base point for every world. It sees the effect of an interaction on
average only, and no effect that both ends share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.data.drawn_parameters import uncertain_parameters
from sim.analysis.sensitivity.ensemble import select_measure, simulate_ends
from sim.analysis.sensitivity.paired_ends import EndsTable, tabulate_ends
from sim.errors import RequestError
from sim.experiment.blocks import OnProgress
from sim.experiment.storage.results import find_measure
from sim.model.measures.registry import Measure, MeasureKind, list_measures
from sim.scenario.checks.past import refuse_past
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import FloatArray
from sim.statistics.intervals import ERROR_RATE, Interval
from sim.statistics.ratio import PartlyDefined

_DEFAULT_WORLDS = 500
"""Worlds at each end of a range."""


@dataclass(frozen=True)
class LeverEffect:
    """What one number does to one measure.

    Attributes:
        measure: the measure.
        low, high: its mean with the number at the low and at the high end of its range, over the
            worlds where it is defined.
        difference: high less low, with an interval that allows for all comparisons made.
        size: the difference in standard deviations of the measure between worlds.
        sure: whether it is distinguished from chance, allowing for all comparisons made.
    """

    measure: Measure
    low: float
    high: float
    difference: Interval
    size: float
    sure: bool


@dataclass(frozen=True)
class Lever:
    """A number and what it moves.

    Attributes:
        key: the key of the number in the scenario.
        meaning: its description.
        number: the number with its range and unit.
        differing_worlds: worlds in which any measure differs between the ends.
        effects: on the measures that it moves for sure, the largest first; where it moves none, on
            the one that it is likeliest to move; empty where no world differs.
    """

    key: str
    meaning: str
    number: Quantity
    differing_worlds: int
    effects: tuple[LeverEffect, ...]

    @property
    def moves(self) -> bool:
        """Whether it moves a measure for sure."""
        return any(effect.sure for effect in self.effects)


@dataclass(frozen=True)
class Levers:
    """All numbers that vary, those that move a measure most first.

    Attributes:
        levers: one for each number.
        measures: the measures compared.
        worlds: worlds at each end.
        months: months simulated.
        seed: the random seed.
    """

    levers: tuple[Lever, ...]
    measures: tuple[Measure, ...]
    worlds: int
    months: int
    seed: int

    @property
    def comparisons(self) -> int:
        """The number of comparisons that intervals allow for."""
        return len(self.levers) * len(self.measures)

    @property
    def moving(self) -> tuple[Lever, ...]:
        """The numbers that move a measure for sure."""
        return tuple(lever for lever in self.levers if lever.moves)

    @property
    def unsure(self) -> tuple[Lever, ...]:
        """The numbers that change some worlds, but no measure for sure."""
        return tuple(lever for lever in self.levers if lever.differing_worlds and not lever.moves)

    @property
    def idle(self) -> tuple[Lever, ...]:
        """The numbers that change no measure in any world."""
        return tuple(lever for lever in self.levers if not lever.differing_worlds)


def select_measures(scenario: Scenario, names: Sequence[str] = ()) -> tuple[Measure, ...]:
    """Return the measures to compare: those named, or all.

    Raises:
        RequestError: there is no such measure, or the scenario has a past.
    """
    refuse_past(scenario, "a search for levers")
    known = {measure.name: measure for measure in list_measures(scenario)}
    if not names:
        return tuple(known.values())
    return tuple(find_measure(name, known) for name in dict.fromkeys(names))


def count_worlds(scenario: Scenario, worlds: int) -> int:
    """Return the number of worlds simulated in total."""
    return 2 * worlds * len(uncertain_parameters(scenario))


def screen_levers(
    scenario: Scenario,
    measures: Sequence[Measure],
    worlds: int = _DEFAULT_WORLDS,
    on_progress: OnProgress = lambda _: None,
    workers: int | None = None,
) -> Levers:
    """Simulate every uncertain number at both ends of its range, and compare the measures.

    `on_progress` is called with the number of worlds simulated so far. Results do not depend on
    `workers`, the number of processes.

    Raises:
        RequestError: that is more than one run may simulate, or no number is uncertain.
        SimulationError: the simulation of some worlds failed.
        WorkerError: the workers terminated unexpectedly.
    """
    numbers = uncertain_parameters(scenario)
    if not numbers:
        raise RequestError("sim levers: no number of this scenario is uncertain")
    columns = dict.fromkeys(name for m in measures for name in (m.name, m.given) if name)
    ends = simulate_ends(scenario, columns, list(numbers), worlds, on_progress, workers)
    table = tabulate_ends(
        (_stack_measures(at_ends, measures) for at_ends in ends),
        np.array([measure.kind is MeasureKind.HAPPENED for measure in measures]),
        np.array([bool(measure.given) for measure in measures]),
    )
    nodes = index_nodes(scenario)
    levers = (
        Lever(
            key,
            nodes[tuple(key.split("."))].meaning,
            number,
            int(table.differing_worlds[row]),
            tuple(_effects(table, measures, row)),
        )
        for row, (key, number) in enumerate(numbers.items())
    )
    ordered = tuple(sorted(levers, key=_order))
    return Levers(ordered, tuple(measures), worlds, scenario.months, scenario.seed)


def _stack_measures(columns: dict[str, FloatArray], measures: Sequence[Measure]) -> PartlyDefined:
    """Return the measures at both ends, (end, measure, world), and where they are defined."""
    parts = [select_measure(measure, columns) for measure in measures]
    return PartlyDefined(
        np.stack([part.values for part in parts], axis=1),
        np.stack([part.defined for part in parts], axis=1),
    )


def _effects(table: EndsTable, measures: Sequence[Measure], row: int) -> Iterator[LeverEffect]:
    """Yield the sure effects of a number, the largest first, or else the likeliest one."""
    moved = np.flatnonzero(table.p_value[row] < 1)
    sure = moved[table.p_value[row, moved] * table.comparisons < ERROR_RATE]
    order = np.argsort(-np.abs(table.size[row, sure]), kind="stable")
    likeliest = moved[np.argsort(table.p_value[row, moved], kind="stable")][:1]
    for column in sure[order] if sure.size else likeliest:
        low, high = table.low[row, column], table.high[row, column]
        half = table.half_width[row, column]
        difference = Interval(float(high - low), float(high - low - half), float(high - low + half))
        size = float(table.size[row, column])
        yield LeverEffect(
            measures[column], float(low), float(high), difference, size, bool(sure.size)
        )


def _order(lever: Lever) -> tuple[bool, bool, float]:
    """Return by what levers are sorted: sure ones, then unsure ones, each by size."""
    size = abs(lever.effects[0].size) if lever.effects else 0.0
    return not lever.moves, not lever.differing_worlds, -size
