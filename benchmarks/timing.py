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
class Taken:
    """What something took, each time it was done, in seconds."""

    each: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.each)

    def __str__(self) -> str:
        """Return the middle one and how far they spread."""
        return self.told(_seconds)

    def told(self, said: Callable[[float], str]) -> str:
        """Return it in words of one's own; what was done once has no spread."""
        if len(self.each) == 1:
            return said(self.median)
        return f"{said(self.median)} ({said(min(self.each))} to {said(max(self.each))})"


def in_turns(contestants: Mapping[str, Work], repeats: int) -> dict[str, Taken]:
    """Return the processor time of each, done once to warm up and then in turns."""
    for work in contestants.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(repeats):
        for name, work in contestants.items():
            taken[name].append(processor(work))
    return {name: Taken(tuple(each)) for name, each in taken.items()}


def processor(work: Work) -> float:
    """Return the seconds of processor that something takes in this process."""
    begun = process_time()
    work()
    return process_time() - begun


def often(work: Callable[[], float], repeats: int) -> Taken:
    """Return what something says it took, each time it was done."""
    return Taken(tuple(work() for _ in range(repeats)))


def command(*words: str) -> tuple[float, float]:
    """Return the seconds by the clock, and of processor, that a command of Python's takes."""
    clock, before = perf_counter(), _children()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - clock, _children() - before


def _children() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _seconds(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds >= 0.1 else f"{seconds * 1000:.3g} ms"
