"""Has worlds lived and keeps every block: a few here to see how long they take, then by a crew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

from sim.errors import WorkerError
from sim.experiment.blocks import (
    MIN_BLOCK_SIZE,
    Block,
    BlockSizer,
    Failure,
    OnProgress,
    find_gaps,
    split_gap,
)
from sim.experiment.execution.cluster import connect_cluster
from sim.experiment.execution.task import (
    BlockResult,
    PackingSimulator,
    Simulator,
    Task,
    load_engine,
    make_failure,
    simulate_worlds,
)
from sim.experiment.execution.workers import (
    LOW_MEMORY_HINT,
    WORKER_LOST,
    count_processors,
    open_executor,
    run_in_worker,
)
from sim.experiment.storage.checkpoint import RESUME_HINT, Checkpoint

BlockOutcome = BlockResult[bytes] | Failure
"""A block as it will be kept, or what went wrong."""

MIN_SECONDS_SAVED = 4.0
"""Seconds that have to be saved before it is worth while to start processes."""
_POLL_SECONDS = 15.0  # seconds after which it is asked whether a cluster is still there


@dataclass(frozen=True)
class Job:
    """The worlds of one point.

    Attributes:
        point_id: its id.
        scenario_json: returns its scenario as JSON when it is needed.
        worlds: how many of its worlds are wanted, from world 0 on.
        finished_worlds: worlds at the beginning that need not be lived, since a finished run has them.
    """

    point_id: str
    scenario_json: Callable[[], str]
    worlds: int
    finished_worlds: int = 0


@dataclass(frozen=True)
class ExecutorConfig:
    """Who lives the worlds, and how; results do not depend on it.

    Attributes:
        workers: processes to live with; None leaves it to the size of the work.
        scheduler: address of a Dask scheduler whose workers live them instead.
        block_size: how many worlds a block has; None leaves it to how long they take.
        simulate: lives a block.
    """

    workers: int | None = None
    scheduler: str | None = None
    block_size: int | None = None
    simulate: Simulator = simulate_worlds


@dataclass
class ExecutionSummary:
    """What came of it.

    Attributes:
        workers: how many blocks were lived at a time.
        simulated: how many worlds were lived, not counting those that were kept before.
        failures: worlds that could not be lived.
    """

    workers: int = 1
    simulated: int = 0
    failures: list[Failure] = field(default_factory=list)


def execute(
    jobs: Iterable[Job],
    checkpoint: Checkpoint,
    config: ExecutorConfig,
    on_progress: OnProgress = lambda _: None,
    sizer: BlockSizer | None = None,
) -> ExecutionSummary:
    """Have all worlds of all lots lived that are not kept yet.

    A block that fails is noted, and the rest goes on. The pace of worlds lived before may be given.

    Raises:
        WorkerError: the workers or their scheduler are gone; what they had finished is kept.
        ResultsError: a block cannot be written.
    """
    return _Scheduler(
        list(jobs), checkpoint, config, on_progress, sizer or BlockSizer(config.block_size)
    ).run()


class _Scheduler:
    def __init__(
        self,
        jobs: list[Job],
        checkpoint: Checkpoint,
        config: ExecutorConfig,
        on_progress: OnProgress,
        sizer: BlockSizer,
    ) -> None:
        self.checkpoint, self.config, self.on_progress = checkpoint, config, on_progress
        self.sizer, self.summary = sizer, ExecutionSummary()
        self.workers = config.workers or count_processors()
        missing = {
            lot.point_id: sum(gap.size for gap in _find_missing_blocks(lot, checkpoint))
            for lot in jobs
        }
        self.job_order = {lot.point_id: place for place, lot in enumerate(jobs)}
        self.worlds_left = sum(missing.values())
        here = config.scheduler is None and self.workers > 1
        self.idle_workers = self.workers if here and len(jobs) == 1 else 0
        self.worlds_kept = sum(lot.worlds for lot in jobs) - self.worlds_left
        self.tasks = chain.from_iterable(
            map(self._split_job, (lot for lot in jobs if missing[lot.point_id]))
        )

    def run(self) -> ExecutionSummary:
        if not self.worlds_left:
            return self.summary
        self.on_progress(self.worlds_kept)
        if self.config.scheduler is None and self.config.block_size is None:
            self._start_in_process()
        if self.worlds_left:
            with self._open_executor() as (executor, self.summary.workers, answers):
                ahead = 2 * self.summary.workers if self.summary.workers > 1 else 1
                self._run_tasks(executor, ahead, answers)
        self.summary.failures.sort(
            key=lambda failure: (self.job_order[failure.point], failure.first)
        )
        return self.summary

    def _start_in_process(self) -> None:
        """Live in this process for as long as others would not be done sooner."""
        known = self._is_pool_faster()  # as far as it is before anything was lived
        if known or self.workers == 1:
            self.sizer.start_from()
        if known:
            return
        if self.config.simulate is simulate_worlds:
            load_engine()
        with open_executor(1) as executor:
            while self.worlds_left and not self._is_pool_faster():
                self._run_tasks(executor, 1, limit=1)

    def _is_pool_faster(self) -> bool:
        return (
            self.worlds_left * self.sizer.seconds_per_world * (1 - 1 / self.workers)
            > MIN_SECONDS_SAVED
        )

    @contextmanager
    def _open_executor(self) -> Iterator[tuple[Executor, int, Callable[[], bool]]]:
        if self.config.scheduler is not None:
            with connect_cluster(self.config.scheduler) as many:
                yield many.executor, many.workers, many.is_alive
            return
        most = count_processors() if self.config.block_size is None else 1
        workers = min(self.config.workers or most, self._max_parallel_blocks())
        with open_executor(workers) as executor:
            yield executor, workers, lambda: True

    def _max_parallel_blocks(self) -> int:
        """Return how many blocks there can be of what is left, to be lived at the same time."""
        size = (
            MIN_BLOCK_SIZE
            if self.idle_workers and self.sizer.is_adaptive
            else self.sizer.block_size
        )
        return -(-self.worlds_left // size)

    def _run_tasks(
        self,
        executor: Executor,
        max_pending: int,
        is_alive: Callable[[], bool] = lambda: True,
        limit: int | None = None,
    ) -> None:
        """Hand out tasks, at most so many at a time and in all, and keep what comes back."""
        under_way: dict[Future[BlockOutcome], Task] = {}
        handed = 0
        while True:
            while (
                len(under_way) < max_pending
                and handed != limit
                and (task := next(self.tasks, None))
            ):
                under_way[self._submit(executor, task)] = task
                handed += 1
            if not under_way:
                return
            done, _ = wait(under_way, _POLL_SECONDS, FIRST_COMPLETED)
            if not done and not is_alive():
                raise _make_worker_error(self.config)
            for future in done:
                self._collect(under_way.pop(future), future)

    def _collect(self, task: Task, future: Future[BlockOutcome]) -> None:
        outcome = self._get_outcome(task, future)
        self.worlds_left -= task.block.size
        if isinstance(outcome, Failure):
            self.summary.failures.append(outcome)
            return
        self.checkpoint.save(task.point_id, task.block, outcome.output)
        self.sizer.update(task.block.size, outcome.seconds)
        self.summary.simulated += task.block.size
        self.on_progress(self.worlds_kept + self.summary.simulated)

    def _submit(self, executor: Executor, task: Task) -> Future[BlockOutcome]:
        try:
            return executor.submit(run_in_worker, task, PackingSimulator(self.config.simulate))
        except RuntimeError:  # a broken executor takes nothing more
            raise _make_worker_error(self.config) from None

    def _get_outcome(self, task: Task, future: Future[BlockOutcome]) -> BlockOutcome:
        try:
            return future.result()
        except (BrokenExecutor, CancelledError):
            raise _make_worker_error(self.config) from None
        except Exception as error:  # a cluster gives up on a block whose workers keep dying
            return make_failure(task.point_id, task.block, error)

    def _split_job(self, job: Job) -> Iterator[Task]:
        scenario = job.scenario_json()
        for gap in list(_find_missing_blocks(job, self.checkpoint)):
            for block in split_gap(gap, self.sizer, self.idle_workers):
                yield Task(job.point_id, scenario, block)


def _find_missing_blocks(job: Job, checkpoint: Checkpoint) -> Iterator[Block]:
    kept = [piece.block for piece in checkpoint.block_files(job.point_id)]
    return find_gaps(job.worlds, [Block(0, job.finished_worlds), *kept])


def _make_worker_error(config: ExecutorConfig) -> WorkerError:
    if config.scheduler is not None:
        return WorkerError(f"--scheduler {config.scheduler}: the cluster went away\n{RESUME_HINT}")
    return WorkerError(f"{WORKER_LOST}\n{RESUME_HINT}; {LOW_MEMORY_HINT}")
