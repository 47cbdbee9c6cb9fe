"""Worker processes that are kept are started once, early, and end with what they were kept for."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any
from unittest.mock import patch

import pytest

from sim.errors import WorkerError
from sim.experiment.execution.workers import begin, keep_workers, open_executor, start_kept_workers


@pytest.fixture
def started() -> Iterator[Callable[[], set[int | None]]]:
    """Return a function for the processes that a test has started, which end with it."""
    before = {child.pid for child in multiprocessing.active_children()}

    def list_started() -> set[int | None]:
        return {child.pid for child in multiprocessing.active_children()} - before

    yield list_started
    assert list_started() == set()


def process() -> int:
    with open_executor(2) as executor:
        return executor.submit(os.getpid).result()


def test_executors_of_as_many_processes_share_those_that_are_kept(
    started: Callable[[], set[int | None]],
) -> None:
    with keep_workers(2):
        start_kept_workers()
        kept = started()
        assert len(kept) == 2
        assert {process(), process()} <= kept == started()


def test_nothing_is_started_before_something_is_simulated(
    started: Callable[[], set[int | None]],
) -> None:
    with keep_workers(2):
        assert started() == set()


def test_this_process_works_alone_where_no_others_are_kept(
    started: Callable[[], set[int | None]],
) -> None:
    with keep_workers(0):
        start_kept_workers()
        assert begin(os.getpid)() == os.getpid()
        assert started() == set()


def test_a_process_that_is_kept_works_beside_this_one(
    started: Callable[[], set[int | None]],
) -> None:
    with keep_workers(1):
        wait = begin(os.getpid)
        assert {wait()} == started()
        with open_executor(1) as executor:
            assert executor.submit(os.getpid).result() == os.getpid()


def test_a_process_that_is_lost_is_said_to_be() -> None:
    with keep_workers(1), pytest.raises(WorkerError) as lost:
        begin(os._exit, 1)()
    assert "a worker process ended before its worlds were simulated" in str(lost.value)


def test_an_error_is_raised_where_the_result_is_asked_for() -> None:
    with keep_workers(1):
        wait = begin(int, "no number")
        with pytest.raises(ValueError, match="no number"):
            wait()


@pytest.fixture
def heeded() -> Iterator[None]:
    """Heed Ctrl-C, which is ignored where tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
def test_a_second_interrupt_waits_until_all_processes_have_ended(
    started: Callable[[], set[int | None]],
) -> None:
    shut_down = ProcessPoolExecutor.shutdown

    def interrupted(executor: ProcessPoolExecutor, *args: Any, **options: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        shut_down(executor, *args, **options)

    with (
        pytest.raises(KeyboardInterrupt),
        patch.object(ProcessPoolExecutor, "shutdown", interrupted),
        open_executor(2) as executor,
    ):
        assert executor.submit(abs, -1).result() == 1
    assert started() == set()
