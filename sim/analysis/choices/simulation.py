"""Simulates worlds with a record of their choices: of one scenario, or of two side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import TypeVar

from sim.errors import SimulationError
from sim.experiment.blocks import BlockSizer, Failure, OnProgress, split_worlds
from sim.experiment.execution.scheduler import ExecutorConfig, Workload, execute, sort_by_world
from sim.experiment.execution.task import Task
from sim.experiment.execution.workers import count_free
from sim.experiment.limits import check_size
from sim.model.recording.choice_rates import ChoiceRecorder, RivalryChoices
from sim.scenario.schema.scenario import Scenario

BLOCK_SIZE = 1000
"""Worlds per block, by default; results do not depend on it."""
_MIN_SHARED_WORLD_MONTHS = 10_000
"""World-months that take about as long as starting a process; below, nothing is divided."""
_MIN_DIVIDED_WORK = 100_000
"""World-months, times what one costs, that are divided unasked where a processor is idle."""

Month = tuple[dict[str, RivalryChoices], ...]
"""The choices of one month, by rivalry, in each scenario."""
Output = TypeVar("Output")


def simulate_choices(
    scenarios: Sequence[Scenario], first: int, count: int, months: int
) -> Iterator[Month]:
    """Yield the choices of every month of worlds `first` to `first + count - 1`.

    All scenarios are simulated in step, so that only one month is held at a time. Nothing else is
    recorded.
    """
    from sim.model.model import AllianceModel  # noqa: PLC0415  Mesa is slow to load
    from sim.model.recording.chronicle import SilentChronicle  # noqa: PLC0415

    models = [AllianceModel(scenario, first, count) for scenario in scenarios]
    recorders = [ChoiceRecorder() for _ in models]
    try:
        for model, recorder in zip(models, recorders, strict=True):
            model.context.choices = recorder
            model.context.chronicle = SilentChronicle(model.context.state)
        for _ in range(months):
            for model in models:
                model.step()
            yield tuple(recorder.rivalries for recorder in recorders)
    finally:
        for model in models:
            model.release()


def simulate_in_blocks(
    scenario: Scenario,
    worlds: int,
    function: Callable[[Scenario, int, int], Output],
    workers: int | None = None,
    block_size: int = BLOCK_SIZE,
    on_progress: OnProgress = lambda _: None,
    *,
    cost: float = 1.0,
) -> list[Output]:
    """Apply a function to worlds 0 to `worlds` - 1 in blocks; return its outputs in order.

    Args:
        scenario: passed to the function.
        worlds: number of worlds.
        function: takes the scenario, the first world and the number of worlds.
        workers: number of processes; None uses as many as there are processors where that saves
            time. They share the worlds evenly, unless there are few.
        block_size: worlds per block at most.
        on_progress: called with the number of worlds simulated so far.
        cost: how many times as long a month of the function takes as one that records no choices.

    Raises:
        RequestError: that is more than one run may simulate.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    check_size(worlds, scenario.months)
    text, config = scenario.model_dump_json(), ExecutorConfig(workers)
    if (shared := count_sharing(workers, worlds * scenario.months, cost)) > 1:
        block_size = min(block_size, -(-worlds // shared))
        config = ExecutorConfig(shared, block_size=block_size)  # which starts them at once
    tasks = (Task("", text, block, function) for block in split_worlds(worlds, block_size))
    workload = Workload(worlds, tasks, BlockSizer(block_size))
    outputs = []
    with closing(execute(workload, config)) as outcomes:
        for outcome in sort_by_world(outcomes):
            if isinstance(outcome.result, Failure):
                raise SimulationError(str(outcome.result))
            on_progress(outcome.task.block.end)
            outputs.append(outcome.result.output)
    return outputs


def count_sharing(workers: int | None, world_months: int, cost: float) -> int:
    """Return among how many processes worlds are shared evenly; 1 where they are not.

    Args:
        workers: number of processes; None uses as many as there are processors where that saves
            time.
        world_months: months of all worlds.
        cost: how many times as long a month takes as one that records no choices.
    """
    if workers is None:
        return count_free() if world_months * cost >= _MIN_DIVIDED_WORK else 1
    return workers if world_months >= _MIN_SHARED_WORLD_MONTHS else 1
