"""Worlds of several scenarios simulated in memory: nothing is stored, and nothing is read.

Worlds of one number have the same random draws in every scenario that has the same seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from sim.errors import SimulationError
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE, BlockSizer, Failure, split_worlds
from sim.experiment.execution.scheduler import ExecutorConfig, Workload, execute
from sim.experiment.execution.task import Task
from sim.experiment.limits import check_size
from sim.model.measures.registry import Measure
from sim.model.recording.history import Columns
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import FloatArray


def simulate_batch(
    scenarios: Sequence[Scenario], measures: Sequence[Measure], workers: int | None = 1
) -> list[dict[str, FloatArray]]:
    """Return the measures of every world of some scenarios, by name, (world,) each.

    A measure is NaN in worlds that do not define it. Results do not depend on `workers`.

    Raises:
        RequestError: that is more than one run may simulate.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    total = sum(scenario.worlds for scenario in scenarios)
    check_size(total, max(scenario.months for scenario in scenarios))
    names = {name for each in measures for name in (each.name, each.given) if name}
    tasks = (
        Task(str(place), scenario.model_dump_json(), block, _Worlds(tuple(names)))
        for place, scenario in enumerate(scenarios)
        for block in split_worlds(scenario.worlds)
    )
    workload = Workload(total, tasks, BlockSizer(DEFAULT_BLOCK_SIZE))
    found: dict[tuple[int, int], Columns] = {}
    with closing(execute(workload, ExecutorConfig(workers))) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome.result, Failure):
                raise SimulationError(str(outcome.result))
            found[int(outcome.task.point_id), outcome.task.block.first] = outcome.result.output
    return [_join(measures, found, place) for place in range(len(scenarios))]


@dataclass(frozen=True)
class _Worlds:
    """Simulates worlds and returns some columns; can be pickled for other processes."""

    names: tuple[str, ...]

    def __call__(self, scenario: Scenario, first: int, count: int) -> Columns:
        from sim.model.recording.chronicle import SilentChronicle  # noqa: PLC0415  Mesa, as below
        from sim.model.simulate import simulate  # noqa: PLC0415  Mesa is slow to load

        history = simulate(scenario, first, count, chronicle=SilentChronicle)
        return {name: history.worlds[name] for name in self.names}


def _join(
    measures: Sequence[Measure], found: Mapping[tuple[int, int], Columns], place: int
) -> dict[str, FloatArray]:
    """Return the measures of one scenario, its blocks in the order of their worlds."""
    blocks = [found[key] for key in sorted(found) if key[0] == place]
    joined = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    return {each.name: mask_undefined(each, joined) for each in measures}


def mask_undefined(measure: Measure, columns: Columns) -> FloatArray:
    """Return a measure as numbers, NaN in worlds that do not define it, (world,)."""
    values = np.asarray(columns[measure.name], dtype=np.float64)
    return np.where(columns[measure.given] > 0, values, np.nan) if measure.given else values
