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
from sim.experiment.execution.scheduler import MIN_SECONDS_SAVED, ExecutorConfig, Job, execute
from sim.experiment.storage.block_files import merge_tables, pack_history
from sim.experiment.storage.checkpoint import Checkpoint, open_checkpoint
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes
from tests.experiment.conftest import Ask


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Checkpoint]:
    """An empty folder in the making."""
    with open_checkpoint(tmp_path / "out", "question") as found:
        yield found


def lot(scenario: Scenario, worlds: int = 50, point: str = "p0", before: int = 0) -> Job:
    return Job(point, scenario.model_dump_json, worlds, before)


def lived(keep: Checkpoint, point: str = "p0") -> list[int]:
    table = pa.concat_tables(merge_tables(keep.block_files(point), "worlds"))
    return [int(world) for world in table["world"].to_pylist()]


@pytest.mark.parametrize("workers", [1, 2])
def test_all_worlds_of_all_lots_are_kept(ask: Ask, keep: Checkpoint, workers: int) -> None:
    scenario = ask().scenario
    lots = [lot(scenario, 50, "p0"), lot(scenario, 20, "p1")]
    toll = execute(lots, keep, ExecutorConfig(workers, block_size=7, simulate=fakes.live))
    assert lived(keep, "p0") == list(range(50))
    assert lived(keep, "p1") == list(range(20))
    assert (toll.simulated, toll.failures) == (70, [])


def test_only_what_is_missing_is_lived(ask: Ask, keep: Checkpoint) -> None:
    scenario, seen = ask().scenario, list[tuple[int, int]]()
    keep.save("p0", Block(10, 5), pack_history(fakes.live(scenario, 10, 5)))

    def note(scenario: Scenario, first: int, count: int) -> Any:
        seen.append((first, count))
        return fakes.live(scenario, first, count)

    toll = execute(
        [lot(scenario, 30, before=4)], keep, ExecutorConfig(block_size=100, simulate=note)
    )
    assert seen == [(4, 6), (15, 15)]
    assert toll.simulated == 21


def test_a_block_that_fails_is_noted_and_the_rest_goes_on(ask: Ask, keep: Checkpoint) -> None:
    def fail_once(scenario: Scenario, first: int, count: int) -> Any:
        return (
            fakes.refuse(scenario, first, count)
            if first == 20
            else fakes.live(scenario, first, count)
        )

    toll = execute([lot(ask().scenario)], keep, ExecutorConfig(block_size=10, simulate=fail_once))
    assert [(failure.first, failure.last) for failure in toll.failures] == [(20, 29)]
    assert lived(keep) == [*range(20), *range(30, 50)]


class TestByMeasure:
    """Without a size that is given, worlds are lived here until others would be done sooner."""

    @pytest.fixture
    def called(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """How many processes were started, each time any were."""
        return fakes.crews(monkeypatch, "sim.experiment.execution.scheduler")

    def test_small_work_stays_in_this_process(
        self, ask: Ask, keep: Checkpoint, called: list[int]
    ) -> None:
        toll = execute(
            [lot(ask().scenario, 2000)], keep, ExecutorConfig(workers=3, simulate=fakes.live)
        )
        assert (set(called), toll.workers) == ({1}, 1)
        assert lived(keep) == list(range(2000))

    @pytest.mark.parametrize(("wanted", "started"), [(None, 4), (3, 3)])
    def test_large_work_is_shared(
        self,
        ask: Ask,
        keep: Checkpoint,
        called: list[int],
        monkeypatch: pytest.MonkeyPatch,
        wanted: int | None,
        started: int,
    ) -> None:
        slow_by(monkeypatch, seconds_per_world=MIN_SECONDS_SAVED / 1000)
        toll = execute(
            [lot(ask().scenario, 9000)], keep, ExecutorConfig(wanted, simulate=fakes.live)
        )
        assert (called[-1], toll.workers) == (started, started)
        assert lived(keep) == list(range(9000))

    def test_what_is_known_to_be_large_is_shared_at_once_and_equally(
        self, ask: Ask, keep: Checkpoint, called: list[int]
    ) -> None:
        known = BlockSizer(seconds_per_world=MIN_SECONDS_SAVED / 4000)
        execute([lot(ask().scenario, 9000)], keep, ExecutorConfig(simulate=fakes.live), sizer=known)
        assert called == [4]
        assert [piece.block.size for piece in keep.block_files("p0")] == [2250] * 4


def slow_by(monkeypatch: pytest.MonkeyPatch, seconds_per_world: float) -> None:
    """Have the clock say that worlds take so long."""
    from sim.experiment.execution import task  # noqa: PLC0415

    def attempt(
        asked: task.Task, work: task.BlockFunction[bytes]
    ) -> task.BlockResult[bytes] | Failure:
        outcome = task.run_task(asked, work)
        assert isinstance(outcome, task.BlockResult)
        return task.BlockResult(outcome.output, seconds_per_world * asked.block.size)

    monkeypatch.setattr("sim.experiment.execution.workers.run_task", attempt)


class Counting(Executor):
    """Lives at once what it is given, and counts how much was handed out but not yet kept."""

    def __init__(self) -> None:
        self.under_way = self.most = self.submitted = 0

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.submitted += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        future: Future[Any] = Future()
        future.set_result(call(*args, **kwargs))
        return future


def by(
    executor: Executor, monkeypatch: pytest.MonkeyPatch, *, workers: int = 3, answers: bool = True
) -> ExecutorConfig:
    """Return hands that are an executor of the test's own."""

    @contextmanager
    def reached(address: str) -> Iterator[object]:
        yield SimpleNamespace(executor=executor, workers=workers, is_alive=lambda: answers)

    monkeypatch.setattr("sim.experiment.execution.scheduler.connect_cluster", reached)
    return ExecutorConfig(scheduler="tcp://there:1", block_size=1, simulate=fakes.live)


def test_no_more_blocks_are_under_way_than_allowed(
    ask: Ask, keep: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting, save = Counting(), keep.save

    def kept(*block: Any) -> None:
        counting.under_way -= 1
        save(*block)

    monkeypatch.setattr(keep, "save", kept)
    execute([lot(ask().scenario)], keep, by(counting, monkeypatch))
    assert counting.submitted == 50
    assert counting.most == 6


class Lost(Executor):
    """Loses all it is given, in one way or another."""

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
def test_a_cluster_that_goes_away_is_told(
    ask: Ask, keep: Checkpoint, monkeypatch: pytest.MonkeyPatch, how: BaseException | None
) -> None:
    monkeypatch.setattr("sim.experiment.execution.scheduler._POLL_SECONDS", 0.01)
    with pytest.raises(WorkerError) as told:
        execute([lot(ask().scenario)], keep, by(Lost(how), monkeypatch, answers=False))
    assert str(told.value) == (
        "--scheduler tcp://there:1: the cluster went away\n"
        "    what was lived so far is kept; the same command goes on from there"
    )


def test_a_cluster_that_gives_up_on_a_block_fails_that_block(
    ask: Ask, keep: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    class GivesUp(Counting):
        def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if self.submitted != 2:
                return super().submit(call, *args, **kwargs)
            self.submitted += 1
            future: Future[Any] = Future()
            future.set_exception(OSError("its workers died four times"))
            return future

    toll = execute([lot(ask().scenario)], keep, by(GivesUp(), monkeypatch))
    [failure] = toll.failures
    assert failure.error.startswith("OSError: its workers died four times")
    assert (failure.first, failure.last) == (2, 2)
    assert len(lived(keep)) == 49


def test_a_worker_that_dies_is_told(ask: Ask, keep: Checkpoint) -> None:
    with pytest.raises(WorkerError) as told:
        execute([lot(ask().scenario)], keep, ExecutorConfig(2, block_size=20, simulate=fakes.die))
    assert str(told.value) == (
        "a worker process ended before its worlds were lived, perhaps for want of memory\n"
        "    what was lived so far is kept; the same command goes on from there; "
        "--workers 1 needs the least memory"
    )
    assert issubclass(WorkerError, SimError)


def test_blocks_under_way_are_broken_off_when_it_is_stopped(
    ask: Ask, keep: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keep, "save", stop)
    begun = monotonic()
    with pytest.raises(KeyboardInterrupt):
        execute(
            [lot(ask().scenario, 200)],
            keep,
            ExecutorConfig(2, block_size=20, simulate=fakes.linger),
        )
    assert monotonic() - begun < 60, "a single block would take five minutes"
