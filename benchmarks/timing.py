"""Seconds of processor, taken in turns so that whatever else the machine does befalls all alike."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time

Work = Callable[[], object]


@dataclass(frozen=True)
class Timing:
    """What something took, each time it was done, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    def __str__(self) -> str:
        """Return the middle one and how far they spread."""
        return self.summary(_format_seconds)

    def summary(self, format_one: Callable[[float], str]) -> str:
        """Return it in words of one's own; what was done once has no spread."""
        if len(self.seconds) == 1:
            return format_one(self.median)
        return f"{format_one(self.median)} ({format_one(min(self.seconds))} to {format_one(max(self.seconds))})"


def time_in_turns(work_by_name: Mapping[str, Work], repeats: int) -> dict[str, Timing]:
    """Return the processor time of each, done once to warm up and then in turns."""
    for work in work_by_name.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in work_by_name}
    for _ in range(repeats):
        for name, work in work_by_name.items():
            taken[name].append(processor_seconds(work))
    return {name: Timing(tuple(each)) for name, each in taken.items()}


def processor_seconds(work: Work) -> float:
    """Return the seconds of processor that something takes in this process."""
    begun = process_time()
    work()
    return process_time() - begun


def repeat_timing(work: Callable[[], float], repeats: int) -> Timing:
    """Return what something says it took, each time it was done."""
    return Timing(tuple(work() for _ in range(repeats)))


def time_command(*arguments: str) -> tuple[float, float]:
    """Return the seconds by the clock, and of processor, that a command of Python's takes."""
    clock, before = perf_counter(), _child_processor_seconds()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - clock, _child_processor_seconds() - before


def _child_processor_seconds() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _format_seconds(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds >= 0.1 else f"{seconds * 1000:.3g} ms"
