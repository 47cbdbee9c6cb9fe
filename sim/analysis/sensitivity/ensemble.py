"""Worlds lived on purpose: the same worlds at many points, or the same assumptions with many dice.

A point is lived as worlds of a block like any other, so that a design of many points costs no more
than as many worlds. Blocks are handed to several processes where that is done sooner. Sensitivity
knows of the engine only what stands here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from sim.errors import SimulationError, WorkerError
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE, Block, Failure, split_worlds
from sim.experiment.execution.scheduler import MIN_SECONDS_SAVED
from sim.experiment.execution.task import BlockResult, Task
from sim.experiment.execution.workers import (
    LOW_MEMORY_HINT,
    WORKER_LOST,
    count_processors,
    open_executor,
    run_in_worker,
)
from sim.experiment.limits import check_size
from sim.model.arrays import Vector
from sim.model.measures.registry import Measure
from sim.model.randomness.controlled import ControlledStreams
from sim.model.recording.history import Columns
from sim.scenario.schema.scenario import Scenario

OnProgress = Callable[[int], None]
FloatArray = NDArray[np.float64]


def simulate_points(
    scenario: Scenario,
    measure: Measure,
    points: Mapping[str, Vector],
    worlds: int,
    on_progress: OnProgress,
    workers: int | None = None,
) -> FloatArray:
    """Live worlds 0 to `worlds` - 1 at every point and return a measure, shape (point, world).

    `points` says for each key where in its range the number lies, from 0 to 1, shape (point,). All
    other numbers, and the dice, are at every point those that a world has in any run. `workers`
    are processes to live with; None is as many as there are processors, if that pays.

    Raises:
        RequestError: that is more than may be asked at once.
        LivingError: some worlds could not be lived.
        WorkerError: the workers are gone.
    """
    count = len(next(iter(points.values())))
    check_size(count * worlds, scenario.months)

    def lives(block: Block) -> _ControlledSimulation:
        numbers = np.tile(np.arange(worlds), block.size)
        here = slice(block.first, block.end)
        plan = {key: np.repeat(where[here], worlds) for key, where in points.items()}
        return _ControlledSimulation((measure.name,), numbers, numbers, plan)

    cut = list(split_worlds(count, max(1, DEFAULT_BLOCK_SIZE // worlds)))
    found = _simulate_blocks(scenario, cut, lives, worlds, on_progress, workers)
    return np.concatenate([each[measure.name].reshape(-1, worlds) for each in found])


def simulate_nested(
    scenario: Scenario,
    measures: Iterable[Measure],
    parameter_draws: int,
    streams: int,
    on_progress: OnProgress,
    workers: int | None = None,
) -> dict[str, FloatArray]:
    """Live the assumptions of worlds 0 to `parameter_draws` - 1, each with `streams` dice of its own.

    Returns each measure by name, shape (draw, die); `workers` as above.

    Raises:
        RequestError: that is more than may be asked at once.
        LivingError: some worlds could not be lived.
        WorkerError: the workers are gone.
    """
    check_size(parameter_draws * streams, scenario.months)
    names = tuple(measure.name for measure in measures)

    def lives(block: Block) -> _ControlledSimulation:
        assumptions = np.repeat(np.arange(block.first, block.end), streams)
        return _ControlledSimulation(
            names, assumptions, block.first * streams + np.arange(len(assumptions))
        )

    cut = list(split_worlds(parameter_draws, max(1, DEFAULT_BLOCK_SIZE // streams)))
    found = list(_simulate_blocks(scenario, cut, lives, streams, on_progress, workers))
    return {
        name: np.concatenate([each[name].reshape(-1, streams) for each in found]) for name in names
    }


@dataclass(frozen=True)
class _ControlledSimulation:
    """Lives worlds on purpose and keeps of them what is measured; plain data, for any process."""

    measure_names: tuple[str, ...]
    parameter_worlds: NDArray[np.int64]
    stream_worlds: NDArray[np.int64]
    positions: Mapping[str, Vector] = field(default_factory=dict)

    def __call__(self, scenario: Scenario, _: int, count: int) -> Columns:
        from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

        luck = ControlledStreams(
            scenario.seed, self.parameter_worlds, self.stream_worlds, self.positions
        )
        worlds = simulate(scenario, luck.first, count, streams=luck).worlds
        return {name: worlds[name] for name in self.measure_names}


_BlockOutcome = BlockResult[Columns] | Failure


def _simulate_blocks(
    scenario: Scenario,
    all_blocks: list[Block],
    simulation_of: Callable[[Block], _ControlledSimulation],
    worlds_per_place: int,
    on_progress: OnProgress,
    workers: int | None,
) -> Iterator[dict[str, FloatArray]]:
    """Yield what is measured in every block, in order; each of its places has `worlds_per_place` worlds.

    The first block is lived here, and shows whether the others are done sooner by several.
    """
    text = scenario.model_dump_json()

    def hand(executor: Executor, block: Block) -> Future[_BlockOutcome]:
        task = Task("", text, Block(block.first * worlds_per_place, block.size * worlds_per_place))
        return executor.submit(run_in_worker, task, simulation_of(block))

    def take(block: Block, future: Future[_BlockOutcome]) -> tuple[dict[str, FloatArray], float]:
        lived = _wait_for(future)
        if isinstance(lived, Failure):
            raise SimulationError(str(lived))
        on_progress(block.end * worlds_per_place)
        found = lived.output.items()
        return {name: values.astype(np.float64) for name, values in found}, lived.seconds

    first, *rest = all_blocks
    with open_executor(1) as here:
        found, seconds = take(first, hand(here, first))
    yield found
    several = _worthwhile_workers(seconds / first.size, rest, workers)
    ahead = 2 * several if several > 1 else 1  # so that nobody waits
    with open_executor(several) as executor:
        under_way = deque[Future[_BlockOutcome]]()
        handed = iter(rest)
        for block in rest:
            soon = islice(handed, ahead - len(under_way))
            under_way.extend(hand(executor, next_one) for next_one in soon)
            yield take(block, under_way.popleft())[0]


def _wait_for(future: Future[_BlockOutcome]) -> _BlockOutcome:
    try:
        return future.result()
    except BrokenExecutor:
        raise WorkerError(f"{WORKER_LOST}\n    {LOW_MEMORY_HINT}") from None


def _worthwhile_workers(
    seconds_per_place: float, remaining: list[Block], workers: int | None
) -> int:
    """Return how many processes are worth while for what is left, at so many seconds a place."""
    most = min(workers or count_processors(), len(remaining))
    saved = seconds_per_place * sum(block.size for block in remaining) * (1 - 1 / max(most, 1))
    return most if saved > MIN_SECONDS_SAVED else 1
