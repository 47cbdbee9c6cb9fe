"""Simulates the missing worlds of a run or sweep, and stores each block when it is finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from sim.errors import WorkerError
from sim.experiment.blocks import Block, BlockSizer, Failure, OnProgress, find_gaps, split_gap
from sim.experiment.engine import record_only
from sim.experiment.execution.scheduler import ExecutorConfig, Workload, execute
from sim.experiment.execution.task import PackingSimulator, Simulator, Task
from sim.experiment.layout import TABLES
from sim.experiment.storage.checkpoint import RESUME_HINT, Checkpoint


@dataclass(frozen=True)
class Job:
    """The worlds of one point.

    Attributes:
        point_id: its id.
        scenario_json: returns its scenario as JSON, called when the job starts.
        worlds: how many of its worlds are wanted, from world 0 on.
        finished_worlds: worlds at the beginning that a finished run already holds.
    """

    point_id: str
    scenario_json: Callable[[], str]
    worlds: int
    finished_worlds: int = 0


@dataclass
class ExecutionSummary:
    """What was simulated.

    Attributes:
        workers: how many blocks were simulated at the same time.
        simulated: how many worlds were simulated, without those already in the checkpoint.
        failures: worlds that could not be simulated.
    """

    workers: int = 1
    simulated: int = 0
    failures: list[Failure] = field(default_factory=list)


def simulate_jobs(
    jobs: Sequence[Job],
    checkpoint: Checkpoint,
    simulate: Simulator,
    config: ExecutorConfig,
    on_progress: OnProgress = lambda _: None,
    sizer: BlockSizer | None = None,
    tables: Sequence[str] = TABLES,
) -> ExecutionSummary:
    """Simulate all worlds of all jobs that the checkpoint does not hold yet.

    A block that fails is recorded, and the others go on. `sizer` can provide an estimate of the
    time per world; `tables` are those that are stored.

    Raises:
        WorkerError: the workers or their scheduler were lost; finished blocks are kept.
        ResultsError: a block cannot be written.
    """
    sizer, summary = sizer or BlockSizer(config.block_size), ExecutionSummary()
    packing = PackingSimulator(record_only(simulate, tables), tuple(tables))
    workload = _build_workload(jobs, checkpoint, packing, config, sizer)
    if not workload.worlds:
        return summary
    worlds_stored = sum(job.worlds for job in jobs) - workload.worlds
    on_progress(worlds_stored)
    try:
        with closing(execute(workload, config)) as outcomes:
            for outcome in outcomes:
                summary.workers = outcome.workers
                if isinstance(outcome.result, Failure):
                    summary.failures.append(outcome.result)
                    continue
                checkpoint.save(outcome.task.point_id, outcome.task.block, outcome.result.output)
                summary.simulated += outcome.task.block.size
                on_progress(worlds_stored + summary.simulated)
    except WorkerError as error:
        raise WorkerError(f"{error}\n{RESUME_HINT}") from None
    job_order = {job.point_id: place for place, job in enumerate(jobs)}
    summary.failures.sort(key=lambda failure: (job_order[failure.point], failure.first))
    return summary


def _build_workload(
    jobs: Sequence[Job],
    checkpoint: Checkpoint,
    packing: PackingSimulator,
    config: ExecutorConfig,
    sizer: BlockSizer,
) -> Workload[bytes]:
    missing = {
        job.point_id: sum(gap.size for gap in _find_missing_blocks(job, checkpoint)) for job in jobs
    }
    shared = config.scheduler is None and config.max_workers > 1 and len(jobs) == 1
    idle_workers = config.max_workers if shared else 0

    def split_job(job: Job) -> Iterator[Task[bytes]]:
        scenario = job.scenario_json()
        for gap in list(_find_missing_blocks(job, checkpoint)):
            for block in split_gap(gap, sizer, idle_workers):
                yield Task(job.point_id, scenario, block, packing)

    tasks = (task for job in jobs if missing[job.point_id] for task in split_job(job))
    return Workload(sum(missing.values()), tasks, sizer, idle_workers)


def _find_missing_blocks(job: Job, checkpoint: Checkpoint) -> Iterator[Block]:
    stored = [file.block for file in checkpoint.block_files(job.point_id)]
    return find_gaps(job.worlds, [Block(0, job.finished_worlds), *stored])
