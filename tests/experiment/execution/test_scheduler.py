"""The executor loop yields an outcome for every block, in this process or in others."""

from __future__ import annotations

from contextlib import closing

import pytest

from sim.experiment.blocks import Block, BlockSizer, Failure, split_worlds
from sim.experiment.execution.scheduler import (
    ExecutorConfig,
    Outcome,
    Workload,
    execute,
    sort_by_world,
)
from sim.experiment.execution.task import BlockResult, Task
from sim.scenario.schema.scenario import Scenario
from tests.experiment.conftest import Ask


def first_world(_: Scenario, first: int, count: int) -> int:
    """Return the first world, and fail at world 20."""
    if first == 20:
        raise ZeroDivisionError
    return first


def workload(ask: Ask) -> Workload[int]:
    scenario = ask().scenario.model_dump_json()
    blocks = split_worlds(45, 10)
    tasks = (Task("p0", scenario, block, first_world) for block in blocks)
    return Workload(45, tasks, BlockSizer(10))


@pytest.mark.parametrize("workers", [1, 2])
def test_every_block_has_its_outcome_in_the_order_of_the_worlds(ask: Ask, workers: int) -> None:
    config = ExecutorConfig(workers, block_size=10)
    results = [outcome.result for outcome in sort_by_world(execute(workload(ask), config))]
    assert isinstance(results.pop(2), Failure)
    outputs = [result.output for result in results if isinstance(result, BlockResult)]
    assert outputs == [0, 10, 30, 40]


def test_nothing_is_submitted_before_the_first_outcome_is_requested(ask: Ask) -> None:
    work = workload(ask)
    with closing(execute(work, ExecutorConfig())):
        pass
    assert next(work.tasks).block == Block(0, 10)


def test_outcomes_wait_for_those_before_them() -> None:
    def outcome(first: int) -> Outcome[int]:
        task = Task("p0", "", Block(first, 5), first_world)
        return Outcome(task, BlockResult(first, 0.0), workers=2)

    ordered = sort_by_world(map(outcome, [10, 0, 5, 15]))
    assert [outcome.task.block.first for outcome in ordered] == [0, 5, 10, 15]
