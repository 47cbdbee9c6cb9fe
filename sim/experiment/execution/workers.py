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
from sim.experiment.execution.task import Lived, Made, Task, Work, attempt

GONE = "a worker process ended before its worlds were lived, perhaps for want of memory"
THRIFTY = "--workers 1 needs the least memory"
"""What is said where a process is gone, and what may help."""


@contextmanager
def crew(workers: int) -> Iterator[Executor]:
    """Yield an executor of so many processes; one means this process.

    When the body is left early, blocks under way are broken off and the rest never lived.
    """
    executor = _Here() if workers == 1 else _Processes(workers)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def processors() -> int:
    """Return how many processors this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def live_here(task: Task, work: Work[Made]) -> Lived[Made] | Failure:
    """Live a block in this process, ready to be broken off."""
    with breakable():
        return attempt(task, work)


@contextmanager
def breakable() -> Iterator[None]:
    """Let the body be broken off, in a process of a crew, when the crew is sent home.

    Raises:
        KeyboardInterrupt: it is.
    """
    if _here.stopped:
        raise KeyboardInterrupt
    _here.living = True
    try:
        yield
    finally:
        _here.living = False


class _Here(Executor):
    """Does at once, in this process, what it is given."""

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(call(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class _Processes(ProcessPoolExecutor):
    """Fresh processes that leave Ctrl-C to their parent, and stop when it lets go of their line."""

    def __init__(self, workers: int) -> None:
        # Spawned, as importing Mesa demands of every process anyway, and as all systems can.
        spawn = multiprocessing.get_context("spawn")
        theirs, self._line = spawn.Pipe(duplex=False)
        super().__init__(workers, spawn, initializer=_begin, initargs=(theirs,))

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with _stops_held():
            return super().submit(call, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self._line.close()
        super().shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def _stops_held() -> Iterator[None]:
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


class _Worker:
    """Whether this process lives a block, and whether it was told to stop."""

    living = False
    stopped = False


_here = _Worker()


def _begin(line: Connection) -> None:
    signal.signal(signal.SIGINT, _stop)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    Thread(target=_hold, args=(line,), daemon=True).start()


def _hold(line: Connection) -> None:
    """Stop living when the parent lets go of the line, and end when it ends."""
    with suppress(EOFError, OSError):
        line.recv()
    interrupt_main()
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _stop(*_: object) -> None:
    """Break off the block under way; anywhere else, a result being sent might be cut in two."""
    _here.stopped = True
    if _here.living:
        raise KeyboardInterrupt
