"""The missing worlds of a run or sweep are simulated, and every finished block is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from sim.errors import SimError, WorkerError
from sim.experiment.blocks import Block, BlockSizer, Failure
from sim.experiment.execution import scheduler, task, workers
from sim.experiment.execution.checkpointed import ExecutionSummary, Job, simulate_jobs
from sim.experiment.execution.scheduler import MIN_SECONDS_SAVED, ExecutorConfig
from sim.experiment.execution.task import Simulator
from sim.experiment.storage.block_files import merge_tables, pack_history
from sim.experiment.storage.checkpoint import Checkpoint, open_checkpoint
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes
from tests.experiment.conftest import Ask


@pytest.fixture
def checkpoint(tmp_path: Path) -> Iterator[Checkpoint]:
    """An empty checkpoint."""
    with open_checkpoint(tmp_path / "out", "key") as checkpoint:
        yield checkpoint


def job(scenario: Scenario, worlds: int = 50, point: str = "p0", finished: int = 0) -> Job:
    return Job(point, scenario.model_dump_json, worlds, finished)


DEFAULT = ExecutorConfig()


def run_job(
    job: Job,
    checkpoint: Checkpoint,
    simulate: Simulator = fakes.simulate,
    *,
    config: ExecutorConfig = DEFAULT,
    sizer: BlockSizer | None = None,
) -> ExecutionSummary:
    return simulate_jobs([job], checkpoint, simulate, config, sizer=sizer)


def stored_worlds(checkpoint: Checkpoint, point: str = "p0") -> list[int]:
    table = pa.concat_tables(merge_tables(checkpoint.block_files(point), "worlds"))
    return [int(world) for world in table["world"].to_pylist()]


@pytest.mark.parametrize("workers", [1, 2])
def test_all_worlds_of_all_jobs_are_stored(ask: Ask, checkpoint: Checkpoint, workers: int) -> None:
    scenario = ask().scenario
    jobs = [job(scenario, 50, "p0"), job(scenario, 20, "p1")]
    config = ExecutorConfig(workers, block_size=7)
    summary = simulate_jobs(jobs, checkpoint, fakes.simulate, config)
    assert stored_worlds(checkpoint, "p0") == list(range(50))
    assert stored_worlds(checkpoint, "p1") == list(range(20))
    assert (summary.simulated, summary.failures) == (70, [])


def test_only_what_is_missing_is_simulated(ask: Ask, checkpoint: Checkpoint) -> None:
    scenario, simulated = ask().scenario, list[tuple[int, int]]()
    checkpoint.save("p0", Block(10, 5), pack_history(fakes.simulate(scenario, 10, 5)))

    def record(scenario: Scenario, first: int, count: int) -> Any:
        simulated.append((first, count))
        return fakes.simulate(scenario, first, count)

    config = ExecutorConfig(block_size=100)
    summary = run_job(job(scenario, 30, finished=4), checkpoint, record, config=config)
    assert simulated == [(4, 6), (15, 15)]
    assert summary.simulated == 21


def test_a_block_that_fails_is_recorded_and_the_rest_goes_on(
    ask: Ask, checkpoint: Checkpoint
) -> None:
    def fail_once(scenario: Scenario, first: int, count: int) -> Any:
        simulate = fakes.refuse if first == 20 else fakes.simulate
        return simulate(scenario, first, count)

    config = ExecutorConfig(block_size=10)
    summary = run_job(job(ask().scenario), checkpoint, fail_once, config=config)
    assert [(failure.first, failure.last) for failure in summary.failures] == [(20, 29)]
    assert stored_worlds(checkpoint) == [*range(20), *range(30, 50)]


class TestByMeasure:
    """Without a block size, this process starts, until a pool of processes would finish sooner."""

    @pytest.fixture
    def pools(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """The sizes of all pools that were opened."""
        return fakes.count_pools(monkeypatch)

    def test_small_work_stays_in_this_process(
        self, ask: Ask, checkpoint: Checkpoint, pools: list[int]
    ) -> None:
        summary = run_job(job(ask().scenario, 2000), checkpoint, config=ExecutorConfig(workers=3))
        assert (set(pools), summary.workers) == ({1}, 1)
        assert stored_worlds(checkpoint) == list(range(2000))

    @pytest.mark.parametrize(("requested", "started"), [(None, 4), (3, 3)])
    def test_large_work_is_shared(
        self,
        ask: Ask,
        checkpoint: Checkpoint,
        pools: list[int],
        monkeypatch: pytest.MonkeyPatch,
        requested: int | None,
        started: int,
    ) -> None:
        pretend_seconds(monkeypatch, seconds_per_world=MIN_SECONDS_SAVED / 1000)
        summary = run_job(job(ask().scenario, 9000), checkpoint, config=ExecutorConfig(requested))
        assert (pools[-1], summary.workers) == (started, started)
        assert stored_worlds(checkpoint) == list(range(9000))

    def test_what_is_known_to_be_large_is_shared_at_once_and_equally(
        self, ask: Ask, checkpoint: Checkpoint, pools: list[int]
    ) -> None:
        sizer = BlockSizer(seconds_per_world=MIN_SECONDS_SAVED / 4000)
        run_job(job(ask().scenario, 9000), checkpoint, sizer=sizer)
        assert pools == [4]
        assert [file.block.size for file in checkpoint.block_files("p0")] == [2250] * 4


def pretend_seconds(monkeypatch: pytest.MonkeyPatch, seconds_per_world: float) -> None:
    """Report that worlds take so long."""

    def run_task(block_task: task.Task[bytes]) -> task.BlockResult[bytes] | Failure:
        result = task.run_task(block_task)
        assert isinstance(result, task.BlockResult)
        return task.BlockResult(result.output, seconds_per_world * block_task.block.size)

    monkeypatch.setattr(workers, "run_task", run_task)


class Counting(Executor):
    """Runs at once what is submitted, and counts what has been submitted but not yet stored."""

    def __init__(self) -> None:
        self.pending = self.most = self.submitted = 0

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.submitted += 1
        self.pending += 1
        self.most = max(self.most, self.pending)
        future: Future[Any] = Future()
        future.set_result(call(*args, **kwargs))
        return future


def cluster_of(
    executor: Executor, monkeypatch: pytest.MonkeyPatch, *, alive: bool = True
) -> ExecutorConfig:
    """Return a configuration with a cluster of three workers that is the test's own executor."""

    @contextmanager
    def connect(address: str) -> Iterator[object]:
        yield SimpleNamespace(executor=executor, workers=3, is_alive=lambda: alive)

    monkeypatch.setattr(scheduler, "connect_cluster", connect)
    return ExecutorConfig(scheduler="tcp://cluster:1", block_size=1)


def test_no_more_blocks_are_pending_than_allowed(
    ask: Ask, checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting, save = Counting(), checkpoint.save

    def save_and_count(*block: Any) -> None:
        counting.pending -= 1
        save(*block)

    monkeypatch.setattr(checkpoint, "save", save_and_count)
    run_job(job(ask().scenario), checkpoint, config=cluster_of(counting, monkeypatch))
    assert counting.submitted == 50
    assert counting.most == 6


class Lost(Executor):
    """Loses all that is submitted, in one way or another."""

    def __init__(self, how: BaseException | None) -> None:
        self.how = how

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if isinstance(self.how, CancelledError):
            future.cancel()
            future.set_running_or_notify_cancel()
        elif self.how:
            raise self.how
        return future


@pytest.mark.parametrize("how", [CancelledError(), RuntimeError("closed"), None])
def test_a_cluster_that_goes_away_is_reported(
    ask: Ask, checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch, how: BaseException | None
) -> None:
    monkeypatch.setattr(scheduler, "_POLL_SECONDS", 0.01)
    config = cluster_of(Lost(how), monkeypatch, alive=False)
    with pytest.raises(WorkerError) as error:
        run_job(job(ask().scenario), checkpoint, config=config)
    assert str(error.value) == (
        "--scheduler tcp://cluster:1: the cluster went away\n"
        "    finished blocks are saved; the same command continues from there"
    )


def test_a_cluster_that_gives_up_on_a_block_fails_that_block(
    ask: Ask, checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    class GivesUp(Counting):
        def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if self.submitted != 2:
                return super().submit(call, *args, **kwargs)
            self.submitted += 1
            future: Future[Any] = Future()
            future.set_exception(OSError("its workers died four times"))
            return future

    config = cluster_of(GivesUp(), monkeypatch)
    [failure] = run_job(job(ask().scenario), checkpoint, config=config).failures
    assert failure.error.startswith("OSError: its workers died four times")
    assert (failure.first, failure.last) == (2, 2)
    assert len(stored_worlds(checkpoint)) == 49


def test_a_worker_that_dies_is_reported(ask: Ask, checkpoint: Checkpoint) -> None:
    with pytest.raises(WorkerError) as error:
        run_job(
            job(ask().scenario),
            checkpoint,
            fakes.kill_process,
            config=ExecutorConfig(2, block_size=20),
        )
    assert str(error.value) == (
        "a worker process ended before its worlds were simulated, perhaps because memory ran out\n"
        "    --workers 1 needs the least memory\n"
        "    finished blocks are saved; the same command continues from there"
    )
    assert issubclass(WorkerError, SimError)


def test_running_blocks_are_interrupted_when_the_run_is_stopped(
    ask: Ask, checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checkpoint, "save", stop)
    started = monotonic()
    config = ExecutorConfig(2, block_size=20)
    with pytest.raises(KeyboardInterrupt):
        run_job(job(ask().scenario, 200), checkpoint, fakes.linger, config=config)
    assert monotonic() - started < 60, "a single block would take five minutes"
