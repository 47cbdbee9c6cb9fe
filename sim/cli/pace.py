"""How long work should take here and now, before its own first step has been measured.

Two things are measured. A moment of work like the engine's, which is on vectors over worlds, gives
the speed of this machine. What the command has done so far gives the share of a processor that it
is granted. Seconds in the code are those of one processor of the machine where they were measured.
"""

from __future__ import annotations

import os
from functools import cache
from math import sqrt
from time import perf_counter, process_time

_WORLDS_PER_MONTH = 500
"""Worlds that take as long as what a month costs whatever their number."""
_SECONDS_PER_WORLD_MONTH = 66e-6
"""Seconds of the engine, with `_WORLDS_PER_MONTH` added to the worlds of each block; measured with
the pact scenario."""
_BLOCK = 1000
DEFAULT_MONTHS = 36
"""The months of most scenarios."""
SECONDS_PER_RUN = 0.8
"""Seconds in which the tables of a run are written."""
_ROUNDS = 400
"""Rounds of the measurement: some hundredths of a second."""
_SECONDS_OF_ROUNDS = 0.0056
_MIN_SECONDS = 0.2
"""Seconds of work from which a share of a processor can be estimated."""

_started: list[float] = []


def start_clock() -> None:
    """Note when the command began, and how much work had been done by then."""
    _started[:] = [perf_counter(), process_time()]


def measure_pace() -> float:
    """Return how many times as long work takes here and now as it is stated to take."""
    return _measure_speed() * _measure_waiting()


def expect_simulation(worlds: int, months: int, runs: int = 1) -> float:
    """Return the stated seconds in which runs of so many worlds are simulated and written."""
    blocks = max(1, round(worlds / _BLOCK))
    world_months = (worlds + blocks * _WORLDS_PER_MONTH) * months
    return runs * (world_months * _SECONDS_PER_WORLD_MONTH + SECONDS_PER_RUN)


@cache
def _measure_speed() -> float:
    import numpy as np  # noqa: PLC0415

    values = np.linspace(0.1, 1.0, 1000)
    started = process_time()
    for _ in range(_ROUNDS):
        np.exp(-values * values).sum()
        np.where(values > 0.5, values, 0.0)
    return max(process_time() - started, 1e-3) / _SECONDS_OF_ROUNDS


def _measure_waiting() -> float:
    """Return the time that passes for each second of work.

    It is the mean of what this command has met so far, which is kind to a process that is new,
    and of what all processes that want a processor must meet.
    """
    if not _started:
        return 1.0
    passed, worked = perf_counter() - _started[0], process_time() - _started[1]
    met = max(1.0, passed / worked) if worked >= _MIN_SECONDS else 1.0
    return sqrt(met * _measure_load())


def _measure_load() -> float:
    """Return how many processes want each processor; 1 where none waits, or it is not known."""
    if not hasattr(os, "getloadavg"):
        return 1.0
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
