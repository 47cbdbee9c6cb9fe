"""Controlled ensembles: the same worlds at many points, or many random streams per parameter draw.

A point is simulated as worlds of a block like any other, so that a design of many points costs no
more than as many worlds. Sensitivity analysis reaches the engine only through this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.errors import SimulationError
from sim.experiment.blocks import (
    DEFAULT_BLOCK_SIZE,
    Block,
    BlockSizer,
    Failure,
    OnProgress,
    split_worlds,
)
from sim.experiment.execution.scheduler import ExecutorConfig, Workload, execute, sort_by_world
from sim.experiment.execution.task import Task
from sim.experiment.limits import check_size
from sim.model.measures.registry import Measure
from sim.model.randomness.controlled import ControlledStreams
from sim.model.recording.history import Columns
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import FloatArray, Vector
from sim.statistics.ratio import PartlyDefined


def simulate_points(
    scenario: Scenario,
    measure: Measure,
    points: Mapping[str, Vector],
    worlds: int,
    on_progress: OnProgress,
    workers: int | None = None,
    *,
    first: int = 0,
) -> PartlyDefined:
    """Simulate `worlds` worlds from `first` on at every point; return a measure, (point, world).

    `points` gives for each key the position in its range, from 0 to 1, shape (point,); NaN where
    it is drawn. All other numbers and all random draws are those of the same world in any run.
    `workers` is a number of processes; None uses as many as there are processors where that saves
    time.

    Raises:
        RequestError: that is more than one run may simulate.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    count, names = len(next(iter(points.values()))), _columns_of([measure])
    check_size(count * worlds, scenario.months)

    def simulation_of(block: Block) -> _ControlledSimulation:
        numbers = first + np.tile(np.arange(worlds), block.size)
        rows = slice(block.first, block.end)
        positions = {key: np.repeat(values[rows], worlds) for key, values in points.items()}
        return _ControlledSimulation(names, numbers, numbers, positions)

    blocks = list(split_worlds(count, max(1, DEFAULT_BLOCK_SIZE // worlds)))
    results = list(_simulate_blocks(scenario, blocks, simulation_of, worlds, on_progress, workers))
    return _join_blocks([measure], results, worlds)[measure.name]


def simulate_nested(
    scenario: Scenario,
    measures: Iterable[Measure],
    parameter_draws: int,
    streams: int,
    on_progress: OnProgress,
    workers: int | None = None,
) -> dict[str, PartlyDefined]:
    """Simulate the parameters of worlds 0 to `parameter_draws` - 1 with `streams` streams each.

    Returns each measure by name, shape (draw, stream); `workers` as in `simulate_points`.

    Raises:
        RequestError: that is more than one run may simulate.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    check_size(parameter_draws * streams, scenario.months)
    measures = list(measures)
    names = _columns_of(measures)

    def simulation_of(block: Block) -> _ControlledSimulation:
        parameter_worlds = np.repeat(np.arange(block.first, block.end), streams)
        stream_worlds = block.first * streams + np.arange(len(parameter_worlds))
        return _ControlledSimulation(names, parameter_worlds, stream_worlds)

    blocks = list(split_worlds(parameter_draws, max(1, DEFAULT_BLOCK_SIZE // streams)))
    results = list(_simulate_blocks(scenario, blocks, simulation_of, streams, on_progress, workers))
    return _join_blocks(measures, results, streams)


def simulate_ends(
    scenario: Scenario,
    columns: Iterable[str],
    keys: Sequence[str],
    worlds: int,
    on_progress: OnProgress,
    workers: int | None = None,
) -> Iterator[dict[str, FloatArray]]:
    """Yield for each key the columns of worlds 0 to `worlds` - 1 at both ends of its range.

    Each column has the shape (end, world), the low end first. All other numbers and all random
    draws are those of the same world in any run; `workers` as in `simulate_points`.

    Raises:
        RequestError: that is more than one run may simulate.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    names, pair = tuple(columns), 2 * worlds
    check_size(len(keys) * pair, scenario.months)

    def simulation_of(block: Block) -> _ControlledSimulation:
        numbers = np.tile(np.arange(worlds), 2 * block.size)
        positions = {key: np.full(len(numbers), np.nan) for key in keys[block.first : block.end]}
        for place, position in enumerate(positions.values()):
            position[place * pair :][:pair] = np.repeat([0.0, 1.0], worlds)
        return _ControlledSimulation(names, numbers, numbers, positions)

    blocks = list(split_worlds(len(keys), max(1, DEFAULT_BLOCK_SIZE // pair)))
    for values in _simulate_blocks(scenario, blocks, simulation_of, pair, on_progress, workers):
        for first in range(0, len(values[names[0]]), pair):
            yield {name: values[name][first:][:pair].reshape(2, worlds) for name in names}


def _columns_of(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Return the columns that measures are made of, with those that say where they are defined."""
    return tuple(dict.fromkeys(name for m in measures for name in (m.name, m.given) if name))


def _join_blocks(
    measures: Iterable[Measure], blocks: Sequence[dict[str, FloatArray]], worlds: int
) -> dict[str, PartlyDefined]:
    """Return each measure over all blocks, (place, world), and where it is defined."""
    columns = {
        name: np.concatenate([block[name].reshape(-1, worlds) for block in blocks])
        for name in blocks[0]
    }
    return {measure.name: select_measure(measure, columns) for measure in measures}


def select_measure(measure: Measure, columns: Mapping[str, FloatArray]) -> PartlyDefined:
    """Return a measure, and where it is defined, from the columns of a table of worlds."""
    values = columns[measure.name]
    defined = columns[measure.given] > 0 if measure.given else np.ones(values.shape, dtype=bool)
    return PartlyDefined(values, defined)


@dataclass(frozen=True)
class _ControlledSimulation:
    """Simulates worlds with given parameters and streams; can be pickled for other processes."""

    measure_names: tuple[str, ...]
    parameter_worlds: NDArray[np.int64]
    stream_worlds: NDArray[np.int64]
    positions: Mapping[str, Vector] = field(default_factory=dict)

    def __call__(self, scenario: Scenario, _: int, count: int) -> Columns:
        from sim.model.recording.chronicle import SilentChronicle  # noqa: PLC0415  Mesa, as below
        from sim.model.simulate import simulate  # noqa: PLC0415  Mesa is slow to load

        controlled = ControlledStreams(
            scenario.seed, self.parameter_worlds, self.stream_worlds, self.positions
        )
        history = simulate(
            scenario, controlled.first, count, streams=controlled, chronicle=SilentChronicle
        )
        return {name: history.worlds[name] for name in self.measure_names}


def _simulate_blocks(
    scenario: Scenario,
    blocks: list[Block],
    simulation_of: Callable[[Block], _ControlledSimulation],
    worlds_per_place: int,
    on_progress: OnProgress,
    workers: int | None,
) -> Iterator[dict[str, FloatArray]]:
    """Yield the measures of every block in order; each place has `worlds_per_place` worlds."""
    scenario_json = scenario.model_dump_json()

    def make_task(block: Block) -> Task[Columns]:
        worlds = Block(block.first * worlds_per_place, block.size * worlds_per_place)
        return Task("", scenario_json, worlds, simulation_of(block))

    workload = Workload(
        worlds=sum(block.size for block in blocks) * worlds_per_place,
        tasks=map(make_task, blocks),
        sizer=BlockSizer(blocks[0].size * worlds_per_place),
    )
    with closing(execute(workload, ExecutorConfig(workers))) as outcomes:
        for outcome in sort_by_world(outcomes):
            if isinstance(outcome.result, Failure):
                raise SimulationError(str(outcome.result))
            on_progress(outcome.task.block.end)
            columns = outcome.result.output.items()
            yield {name: values.astype(np.float64) for name, values in columns}
