"""Executors: this process, or several processes on this machine.

Anything of the shape of `concurrent.futures.Executor` can run tasks; a cluster is a third kind.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from multiprocessing.connection import Connection
from threading import Thread, current_thread, main_thread
from typing import Any, TypeVar

from sim.errors import WorkerError
from sim.experiment.blocks import Failure
from sim.experiment.execution.task import BlockResult, Output, Task, load_engine, run_task

Result = TypeVar("Result")

WORKER_LOST = (
    "a worker process ended before its worlds were simulated, perhaps because memory ran out"
)
LOW_MEMORY_HINT = "--workers 1 needs the least memory"
"""The message where a worker process was lost, and a remedy."""


@contextmanager
def open_executor(workers: int) -> Iterator[Executor]:
    """Yield an executor of so many processes; 1 means this process.

    When the body ends early, running tasks are interrupted and the others cancelled; those of
    processes that are kept (`keep_workers`) when these end.
    """
    if workers > 1 and (kept := _kept.get()) and kept.count == workers:
        yield kept.start()
        return
    executor = _InProcessExecutor() if workers == 1 else _SpawnedExecutor(workers)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def keep_workers(workers: int) -> Iterator[None]:
    """Keep so many processes beside this one while the body runs; 0 keeps none.

    They start when they are first needed, or before that, as soon as this process simulates: they
    will be needed, and other processors are idle meanwhile. All executors of so many processes that
    the body opens share them.
    """
    kept = _KeptWorkers(workers) if workers else None
    token = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(token)
        if kept:
            kept.stop()


def start_kept_workers() -> None:
    """Start the processes that are kept, if any are, and do not wait for them."""
    if kept := _kept.get():
        kept.start()


def begin(function: Callable[..., Result], *arguments: Any) -> Callable[[], Result]:
    """Begin to call a function in a process that is kept; return what waits for its result.

    Where none is kept, this process calls it when the result is asked for. Errors are raised then.

    Raises:
        WorkerError: the process was lost.
    """
    if (kept := _kept.get()) is None:
        return partial(function, *arguments)
    begun = kept.start().submit(_call, function, *arguments)

    def wait() -> Result:
        try:
            return begun.result()
        except BrokenExecutor:
            raise WorkerError(f"{WORKER_LOST}\n    {LOW_MEMORY_HINT}") from None

    return wait


def count_processors() -> int:
    """Return how many processors this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def count_free() -> int:
    """Return the number of processors, or 1 where all of them have been in use lately.

    Shared work is done sooner where a processor is idle, and later where none is.
    """
    processors = count_processors()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return processors if load < processors else 1


def run_in_worker(task: Task[Output]) -> BlockResult[Output] | Failure:
    """Run a task in this process so that it can be interrupted."""
    with interruptible():
        return run_task(task)


def _call(function: Callable[..., Result], *arguments: Any) -> Result:
    with interruptible():
        return function(*arguments)


@contextmanager
def interruptible() -> Iterator[None]:
    """Allow the body to be interrupted, in a worker process, when the pool is shut down.

    Raises:
        KeyboardInterrupt: the pool is shut down.
    """
    with _interrupts.allowed():
        yield


class _Interrupts:
    """The interrupts of this process as a worker, raised only while a task runs.

    At any other time a result may be on its way, so that an interrupt waits for the next task.
    """

    def __init__(self) -> None:
        self._is_running = False
        self._requested = False

    @contextmanager
    def allowed(self) -> Iterator[None]:
        if self._requested:
            raise KeyboardInterrupt
        self._is_running = True
        try:
            yield
        finally:
            self._is_running = False

    def handle(self, *_: object) -> None:
        """Handle the signal of an interrupt."""
        self._requested = True
        if self._is_running:
            raise KeyboardInterrupt


_interrupts = _Interrupts()


class _InProcessExecutor(Executor):
    """Runs what is submitted at once, in this process."""

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(call(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class _SpawnedExecutor(ProcessPoolExecutor):
    """New processes that ignore Ctrl-C, and stop when the parent closes its end of a pipe."""

    def __init__(self, workers: int) -> None:
        # Spawned: every system supports it, and it is safe beside threads.
        spawn = multiprocessing.get_context("spawn")
        worker_end, self._pipe = spawn.Pipe(duplex=False)
        super().__init__(workers, spawn, initializer=_initialise_worker, initargs=(worker_end,))

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with _block_signals():
            return super().submit(call, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with _interrupt_after():
            if cancel_futures:
                self._pipe.close()
            super().shutdown(wait, cancel_futures=cancel_futures)


class _KeptWorkers:
    """Processes that several executors share.

    Attributes:
        count: how many.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._executor: _SpawnedExecutor | None = None

    def start(self) -> Executor:
        """Return the executor; its processes load the engine as soon as they are started."""
        if self._executor is None:
            self._executor = _SpawnedExecutor(self.count)
            for _ in range(self.count):
                self._executor.submit(load_engine)
        return self._executor

    def stop(self) -> None:
        """End the processes, if they were started; what they do is interrupted."""
        if self._executor:
            self._executor.shutdown(cancel_futures=True)


_kept: ContextVar[_KeptWorkers | None] = ContextVar("kept", default=None)


@contextmanager
def _block_signals() -> Iterator[None]:
    """Delay interrupts while processes start: the pool would wait for ever for one half started.

    The processes inherit the blocked signals. They never receive Ctrl-C, and receive a request to
    terminate once they are initialised.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _interrupt_after() -> Iterator[None]:
    """Delay a second Ctrl-C while processes end: at exit they would be waited for for ever.

    The first has interrupted what they do, so that they end soon.
    """
    if current_thread() is not main_thread():
        yield
        return
    noted: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: noted.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if noted and callable(before):
        before(signal.SIGINT, None)


def _initialise_worker(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, _interrupts.handle)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    Thread(target=_watch_parent, args=(pipe,), daemon=True).start()


def _watch_parent(pipe: Connection) -> None:
    """Interrupt the task when the parent closes the pipe, and end this process with the parent."""
    with suppress(EOFError, OSError):
        pipe.recv()
    interrupt_main()
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
