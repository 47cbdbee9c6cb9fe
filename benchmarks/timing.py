"""Processor time, measured in turns so that other load on the machine affects all alike."""

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
    """The seconds of each repetition of a measurement."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the repetitions."""
        return median(self.seconds)

    def __str__(self) -> str:
        """Return the median and the range."""
        return self.summary(_format_seconds)

    def summary(self, format_value: Callable[[float], str]) -> str:
        """Return the median and, of several repetitions, the range, in a format of one's own."""
        if len(self.seconds) == 1:
            return format_value(self.median)
        low, high = format_value(min(self.seconds)), format_value(max(self.seconds))
        return f"{format_value(self.median)} ({low} to {high})"


def time_in_turns(work_by_name: Mapping[str, Work], repeats: int) -> dict[str, Timing]:
    """Return the processor time of each piece of work, after a warm-up, taken in turns."""
    for work in work_by_name.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in work_by_name}
    for _ in range(repeats):
        for name, work in work_by_name.items():
            taken[name].append(processor_seconds(work))
    return {name: Timing(tuple(seconds)) for name, seconds in taken.items()}


def processor_seconds(work: Work) -> float:
    """Return the processor time of some work in this process."""
    started = process_time()
    work()
    return process_time() - started


def repeat_timing(work: Callable[[], float], repeats: int) -> Timing:
    """Return the seconds that repeated work reports."""
    return Timing(tuple(work() for _ in range(repeats)))


def time_command(*arguments: str) -> tuple[float, float]:
    """Return the wall-clock and processor seconds of a Python command."""
    clock, before = perf_counter(), _child_processor_seconds()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - clock, _child_processor_seconds() - before


def _child_processor_seconds() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _format_seconds(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds >= 0.1 else f"{seconds * 1000:.3g} ms"
