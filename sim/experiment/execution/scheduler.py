"""The executor loop: a few blocks in this process to measure their speed, the rest by workers."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic

from sim.errors import TheoryError, WorkerError
from sim.experiment.blocks import MIN_BLOCK_SIZE, BlockSizer, Failure
from sim.experiment.execution.cluster import connect_cluster
from sim.experiment.execution.task import BlockResult, Output, Task, load_engine, make_failure
from sim.experiment.execution.workers import (
    LOW_MEMORY_HINT,
    WORKER_LOST,
    count_processors,
    open_executor,
    run_in_worker,
    start_kept_workers,
)

MIN_SECONDS_SAVED = 4.0
"""Seconds that worker processes must save to be worth starting."""
_POLL_SECONDS = 15.0  # interval at which an idle cluster is checked


@dataclass(frozen=True)
class ExecutorConfig:
    """Where blocks are simulated; results do not depend on it.

    Attributes:
        workers: number of processes; None leaves it to the size of the work.
        scheduler: address of a Dask scheduler whose workers simulate the blocks instead.
        block_size: worlds per block; None leaves it to how long they take.
    """

    workers: int | None = None
    scheduler: str | None = None
    block_size: int | None = None

    @property
    def max_workers(self) -> int:
        """The largest number of processes that may be started on this machine."""
        return self.workers or count_processors()


@dataclass(frozen=True)
class Workload(Generic[Output]):
    """Blocks to simulate.

    Attributes:
        worlds: number of worlds in all blocks together.
        tasks: the blocks, each of which is cut when a worker is free for it.
        sizer: learns from each block how long a world takes.
        idle_workers: workers without other work, among which blocks are divided evenly, or 0.
    """

    worlds: int
    tasks: Iterator[Task[Output]]
    sizer: BlockSizer
    idle_workers: int = 0


@dataclass(frozen=True)
class Outcome(Generic[Output]):
    """A block that was attempted.

    Attributes:
        task: the block.
        result: its output, or why there is none.
        workers: number of blocks that are simulated at the same time.
    """

    task: Task[Output]
    result: BlockResult[Output] | Failure
    workers: int


def execute(
    workload: Workload[Output], config: ExecutorConfig
) -> Generator[Outcome[Output], None, None]:
    """Simulate all blocks and yield their outcomes in the order in which they finish.

    A block that fails is an outcome too, and the others go on. Closing the iterator cancels the
    blocks that have not finished (`contextlib.closing`).

    Raises:
        WorkerError: the worker processes or their scheduler were lost.
    """
    return _Scheduler(workload, config).run()


def sort_by_world(outcomes: Iterable[Outcome[Output]]) -> Iterator[Outcome[Output]]:
    """Yield the outcomes of adjoining blocks, from world 0 on, in the order of their worlds."""
    waiting: dict[int, Outcome[Output]] = {}
    next_world = 0
    for outcome in outcomes:
        waiting[outcome.task.block.first] = outcome
        while ready := waiting.pop(next_world, None):
            yield ready
            next_world = ready.task.block.end


class _Scheduler(Generic[Output]):
    def __init__(self, workload: Workload[Output], config: ExecutorConfig) -> None:
        self.config, self.sizer = config, workload.sizer
        self.tasks, self.worlds_left = workload.tasks, workload.worlds
        self.idle_workers = workload.idle_workers

    def run(self) -> Generator[Outcome[Output], None, None]:
        if self.worlds_left and self.config.scheduler is None and self.config.block_size is None:
            yield from self._start_in_process()
        if self.worlds_left:
            with self._open_executor() as (executor, workers, is_alive):
                yield from self._run_tasks(executor, workers, is_alive)

    def _start_in_process(self) -> Iterator[Outcome[Output]]:
        """Simulate blocks in this process until a pool of processes would finish sooner."""
        expected_faster = self._is_pool_faster()
        if expected_faster or self.config.max_workers == 1:
            self.sizer.start_from_estimate()
        if expected_faster:
            return
        start_kept_workers()
        load_engine()
        with open_executor(1) as executor:
            while self.worlds_left and not self._is_pool_faster():
                yield from self._run_tasks(executor, limit=1)

    def _is_pool_faster(self) -> bool:
        seconds_alone = self.worlds_left * self.sizer.seconds_per_world
        return seconds_alone * (1 - 1 / self.config.max_workers) > MIN_SECONDS_SAVED

    @contextmanager
    def _open_executor(self) -> Iterator[tuple[Executor, int, Callable[[], bool]]]:
        """Yield an executor, its number of workers, and whether it still answers."""
        if self.config.scheduler is not None:
            with connect_cluster(self.config.scheduler) as cluster:
                yield cluster.executor, cluster.workers, cluster.is_alive
            return
        default = count_processors() if self.config.block_size is None else 1
        workers = min(self.config.workers or default, self._max_parallel_blocks())
        with open_executor(workers) as executor:
            yield executor, workers, lambda: True

    def _max_parallel_blocks(self) -> int:
        """Return how many blocks the remaining worlds can be cut into."""
        divided = self.idle_workers and self.sizer.is_adaptive
        size = MIN_BLOCK_SIZE if divided else self.sizer.block_size
        return -(-self.worlds_left // size)

    def _run_tasks(
        self,
        executor: Executor,
        workers: int = 1,
        is_alive: Callable[[], bool] = lambda: True,
        limit: int | None = None,
    ) -> Iterator[Outcome[Output]]:
        """Submit tasks, at most `limit` of them, and yield their outcomes.

        Two tasks per worker are pending at any time, so that no worker waits for its next one.
        """
        max_pending = 2 * workers if workers > 1 else 1
        pending: dict[Future[BlockResult[Output] | Failure], Task[Output]] = {}
        submitted = 0
        while True:
            while len(pending) < max_pending and submitted != limit:
                task = next(self.tasks, None)
                if task is None:
                    break
                pending[self._submit(executor, task)] = task
                submitted += 1
            if not pending:
                return
            finished, _ = wait(pending, _POLL_SECONDS, FIRST_COMPLETED)
            if not finished and not is_alive():
                raise _make_worker_error(self.config)
            for future in finished:
                yield self._make_outcome(pending.pop(future), future, workers)

    def _submit(
        self, executor: Executor, task: Task[Output]
    ) -> Future[BlockResult[Output] | Failure]:
        try:
            return executor.submit(run_in_worker, task)
        except RuntimeError:  # a broken executor accepts no more tasks
            raise _make_worker_error(self.config) from None

    def _make_outcome(
        self, task: Task[Output], future: Future[BlockResult[Output] | Failure], workers: int
    ) -> Outcome[Output]:
        result = self._get_result(task, future)
        self.worlds_left -= task.block.size
        if isinstance(result, BlockResult):
            self.sizer.update(task.block.size, result.seconds)
        return Outcome(task, result, workers)

    def _get_result(
        self, task: Task[Output], future: Future[BlockResult[Output] | Failure]
    ) -> BlockResult[Output] | Failure:
        try:
            return future.result()
        except (BrokenExecutor, CancelledError):
            raise _make_worker_error(self.config) from None
        except TheoryError:
            raise
        except Exception as error:  # a cluster gives up on a block whose workers keep dying
            return make_failure(task.point_id, task.block, error)


def _make_worker_error(config: ExecutorConfig) -> WorkerError:
    if config.scheduler is not None:
        return WorkerError(f"--scheduler {config.scheduler}: the cluster went away")
    return WorkerError(f"{WORKER_LOST}\n    {LOW_MEMORY_HINT}")
