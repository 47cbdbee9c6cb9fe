"""Who lives the blocks: this process or several, with the histories in the order of the worlds.

The seam is the shape of `concurrent.futures.Executor`: whatever can `submit` can live worlds. A
worker is told the scenario once, when it begins, and then only which block is next.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from _thread import interrupt_main
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from threading import Thread
from traceback import extract_tb
from typing import Any

from sim.errors import SimError
from sim.experiment.blocks import Block
from sim.model.history import History
from sim.scenario.schema import Scenario

Live = Callable[[Scenario, int, int], History]
Begin = tuple[str, Live]


class BlockError(SimError):
    """A block of worlds could not be lived to its end."""


def live_worlds(scenario: Scenario, first: int, count: int) -> History:
    """Live worlds with the engine, which is loaded on the first call."""
    from sim.model.live import live  # noqa: PLC0415  Mesa takes a while to load

    return live(scenario, first, count)


@contextmanager
def crew(workers: int, scenario: Scenario, live: Live = live_worlds) -> Iterator[Executor]:
    """Yield an executor of so many processes that know the scenario; one means this process.

    When the body is left early, blocks under way are broken off and the rest never lived.
    """
    begin = (scenario.model_dump_json(), live)
    executor = _Here(begin) if workers == 1 else _Processes(workers, begin)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def histories(executor: Executor, blocks: Iterable[Block], ahead: int) -> Iterator[History]:
    """Yield the history of each block in turn, with at most `ahead` blocks under way.

    Raises:
        BlockError: a block raised, or a worker died.
    """
    under_way: deque[Future[History]] = deque()
    try:
        for block in blocks:
            under_way.append(executor.submit(_live_block, block))
            if len(under_way) >= ahead:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool:
        raise BlockError(
            "a worker process ended before its worlds were lived, perhaps for want of memory\n"
            "    fewer at a time may do: --workers 1"
        ) from None


class _Here(Executor):
    """Does at once, in this process, what it is given."""

    def __init__(self, begin: Begin) -> None:
        _know(*begin)

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(call(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class _Processes(ProcessPoolExecutor):
    """Fresh processes that leave Ctrl-C to their parent, and stop when it lets go of their line."""

    def __init__(self, workers: int, begin: Begin) -> None:
        # Spawned, as importing Mesa demands of every process anyway, and as all systems can.
        spawn = multiprocessing.get_context("spawn")
        theirs, self._line = spawn.Pipe(duplex=False)
        super().__init__(workers, spawn, initializer=_begin, initargs=(*begin, theirs))

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with _interrupts_held():
            return super().submit(call, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self._line.close()
        super().shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while processes start: they inherit that and never hear it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker:
    """What this process lives, and whether it is at it."""

    scenario: Scenario
    live: Live
    living = False
    stopped = False


_here = _Worker()


def _know(scenario: str, live: Live) -> None:
    _here.scenario, _here.live = Scenario.model_validate_json(scenario), live


def _begin(scenario: str, live: Live, line: Connection) -> None:
    signal.signal(signal.SIGINT, _stop)
    Thread(target=_hold, args=(line,), daemon=True).start()
    _know(scenario, live)


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


def _live_block(block: Block) -> History:
    _here.living = True
    try:
        return _lived(block)
    except Exception as error:
        raise BlockError(
            f"worlds {block.first} to {block.last} could not be lived: {_where(error)}"
        ) from error
    finally:
        _here.living = False


def _lived(block: Block) -> History:
    if _here.stopped:
        raise KeyboardInterrupt
    history = _here.live(_here.scenario, block.first, block.size)
    gc.collect()  # actors and stage know each other; left alone, old blocks would pile up
    return history


def _where(error: Exception) -> str:
    """Return an error and where it arose: tracebacks do not travel between processes."""
    place = extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    return f"{said} ({os.path.basename(place.filename)}, line {place.lineno})"
