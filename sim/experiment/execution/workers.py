"""Who lives the blocks: this process, several on this machine, or a cluster.

The seam is the shape of `concurrent.futures.Executor`: whatever can `submit` can live worlds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from sim.experiment.blocks import Failure
from sim.experiment.execution.task import BlockFunction, BlockResult, Output, Task, run_task

WORKER_LOST = "a worker process ended before its worlds were lived, perhaps for want of memory"
LOW_MEMORY_HINT = "--workers 1 needs the least memory"
"""What is said where a process is gone, and what may help."""


@contextmanager
def open_executor(workers: int) -> Iterator[Executor]:
    """Yield an executor of so many processes; one means this process.

    When the body is left early, blocks under way are broken off and the rest never lived.
    """
    executor = _InProcessExecutor() if workers == 1 else _SpawnedExecutor(workers)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def count_processors() -> int:
    """Return how many processors this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_in_worker(task: Task, function: BlockFunction[Output]) -> BlockResult[Output] | Failure:
    """Live a block in this process, ready to be broken off."""
    with interruptible():
        return run_task(task, function)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let the body be broken off, in a process of a crew, when the crew is sent home.

    Raises:
        KeyboardInterrupt: it is.
    """
    if _worker_state.stop_requested:
        raise KeyboardInterrupt
    _worker_state.is_simulating = True
    try:
        yield
    finally:
        _worker_state.is_simulating = False


class _InProcessExecutor(Executor):
    """Does at once, in this process, what it is given."""

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(call(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class _SpawnedExecutor(ProcessPoolExecutor):
    """Fresh processes that leave Ctrl-C to their parent, and stop when it lets go of their line."""

    def __init__(self, workers: int) -> None:
        # Spawned, as importing Mesa demands of every process anyway, and as all systems can.
        spawn = multiprocessing.get_context("spawn")
        theirs, self._pipe = spawn.Pipe(duplex=False)
        super().__init__(workers, spawn, initializer=_initialise_worker, initargs=(theirs,))

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with _block_signals():
            return super().submit(call, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self._pipe.close()
        super().shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def _block_signals() -> Iterator[None]:
    """Hold a stop back while processes start, for one half started would be waited for for ever.

    They inherit that: Ctrl-C they never hear, and of a kill they hear once they have begun.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _WorkerState:
    """Whether this process lives a block, and whether it was told to stop."""

    is_simulating = False
    stop_requested = False


_worker_state = _WorkerState()


def _initialise_worker(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, _handle_interrupt)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    Thread(target=_watch_parent, args=(pipe,), daemon=True).start()


def _watch_parent(pipe: Connection) -> None:
    """Stop living when the parent lets go of the line, and end when it ends."""
    with suppress(EOFError, OSError):
        pipe.recv()
    interrupt_main()
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _handle_interrupt(*_: object) -> None:
    """Break off the block under way; anywhere else, a result being sent might be cut in two."""
    _worker_state.stop_requested = True
    if _worker_state.is_simulating:
        raise KeyboardInterrupt
