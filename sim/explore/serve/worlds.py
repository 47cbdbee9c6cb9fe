"""Worlds simulated anew: by processes that wait for them, the newest position first."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import WorkerError
from sim.experiment.execution.workers import WORKER_LOST
from sim.scenario.schema.scenario import Scenario

Columns = dict[str, NDArray[Any]]
_CHUNK = 250
"""Most worlds that a process simulates in one go; then the newest position is looked at again."""
_FEWEST = 60
"""Fewest worlds worth a process of their own: half as many would take nine tenths of the time."""
_REMEMBERED = 16
"""Number of positions whose worlds are kept."""


def simulate_measures(scenario: Scenario, first: int, count: int, names: Sequence[str]) -> Columns:
    """Return some measures of worlds `first` to `first + count - 1`, (world,) each.

    Events and months are not recorded, which takes time; those that the scenario lacks are left
    out.
    """
    from sim.model.measures.tally import tally_worlds  # noqa: PLC0415  Mesa takes a while
    from sim.model.model import AllianceModel  # noqa: PLC0415
    from sim.model.recording.chronicle import SilentChronicle  # noqa: PLC0415

    model = AllianceModel(scenario, first, count)
    try:
        model.context.chronicle = SilentChronicle(model.context.state)
        for _ in range(scenario.months):
            model.step()
        columns = tally_worlds(model.context, names)
    finally:
        model.release()
    return {name: columns[name] for name in names if name in columns}


class AnewWorlds:
    """Simulates worlds in a pool of processes, and remembers those of the last positions."""

    def __init__(self, workers: int, pool: Executor | None = None) -> None:
        """Simulate with so many processes; tests pass a pool of another kind."""
        self.workers = workers
        self._pool = pool or spawn_pool(workers)
        self._known: OrderedDict[str, list[Columns]] = OrderedDict()

    async def warm(self, scenario: Scenario, names: Sequence[str]) -> None:
        """Have every process load the engine, so that the first answer does not wait for it."""
        short = scenario.model_copy(update={"months": 1})
        await asyncio.gather(*(self._submit(short, 0, 1, names) for _ in range(self.workers)))

    async def simulate(
        self, scenario: Scenario, worlds: int, names: Sequence[str], wanted: Callable[[], bool]
    ) -> Columns | None:
        """Return measures of the first `worlds` worlds, (world,) each; None if no more `wanted`.

        Raises:
            WorkerError: a process was lost.
        """
        parts = self._remember(scenario.model_dump_json())
        while (done := sum(map(_length, parts))) < worlds:
            if not wanted():
                return None
            sizes = self._split(worlds - done)
            starts = [done + sum(sizes[:place]) for place in range(len(sizes))]
            chunks = (
                self._submit(scenario, start, size, names)
                for start, size in zip(starts, sizes, strict=True)
            )
            try:
                simulated = await asyncio.gather(*chunks)
            except BrokenProcessPool:
                raise WorkerError(f"{WORKER_LOST}; start sim explore --serve again") from None
            if sum(map(_length, parts)) == done:  # nobody else was faster
                parts.extend(simulated)
        return {name: np.concatenate([part[name] for part in parts])[:worlds] for name in parts[0]}

    def close(self) -> None:
        """End the processes; what they are at is given up."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _split(self, left: int) -> list[int]:
        """Return the sizes of the next chunks, one a process, which end at about the same time."""
        chunks = min(self.workers, -(-left // _FEWEST))
        most = min(left, _CHUNK * chunks)
        return [(most + place) // chunks for place in range(chunks)]

    def _remember(self, position: str) -> list[Columns]:
        parts = self._known.setdefault(position, [])
        self._known.move_to_end(position)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return parts

    def _submit(self, *task: Any) -> asyncio.Future[Columns]:
        return asyncio.get_running_loop().run_in_executor(self._pool, simulate_measures, *task)


def _length(columns: Columns) -> int:
    return len(next(iter(columns.values())))


def spawn_pool(workers: int) -> Executor:
    """Return a pool of so many processes, which the server ends itself.

    They are spawned: forked from a process with threads, as a server is, they can wait for ever.
    """
    return ProcessPoolExecutor(workers, get_context("spawn"), _begin_worker)


def _begin_worker() -> None:
    """Leave Ctrl-C to the server, which ends its processes itself; end when it is lost."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(server: int) -> None:
    """End this process as soon as the server has ended."""
    wait([server])
    os._exit(1)
