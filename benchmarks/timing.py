"""Rounds of measurements: contestants take turns, so that a slow minute hits all alike."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple, TypeVar

Taken = TypeVar("Taken")


@dataclass(frozen=True)
class Rounds:
    """What was measured of one contestant, or a ratio of two, by round."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> Rounds:
        """Return rounds with these values."""
        return cls(tuple(values))

    @property
    def median(self) -> float:
        """The median of the rounds."""
        return median(self.values)

    def scaled(self, factor: float) -> Rounds:
        """Return the rounds in another unit."""
        return Rounds.of(value * factor for value in self.values)

    def per(self, other: Rounds) -> Rounds:
        """Return the ratio to another contestant, each round by itself."""
        return Rounds.of(a / b for a, b in zip(self.values, other.values, strict=True))

    def summary(self, form: str) -> str:
        """Return the median and, of several rounds, the range, such as `{:.2f} s` writes them."""
        if len(self.values) == 1:
            return form.format(self.median)
        low, high = form.format(min(self.values)), form.format(max(self.values))
        return f"{form.format(self.median)} ({low} to {high})"


class CommandTime(NamedTuple):
    """Wall-clock and processor seconds of a command."""

    clock: float
    used: float

    @classmethod
    def alike(cls, number: float) -> CommandTime:
        """Return a number that stands for both."""
        return cls(number, number)


def take_turns(
    contestants: Mapping[str, Callable[[], Taken]], rounds: int, seconds: float
) -> dict[str, list[Taken]]:
    """Return what each contestant takes, round by round, of which every second runs backwards.

    There are at least one and at most so many rounds; none is begun that would, if it takes as long
    as those before, end later than so many seconds of wall-clock time after the first began.
    """
    taken: dict[str, list[Taken]] = {name: [] for name in contestants}
    started = perf_counter()
    for done in range(rounds):
        if done and (perf_counter() - started) * (done + 1) / done > seconds:
            break
        for name in list(contestants)[:: 1 if done % 2 == 0 else -1]:
            taken[name].append(contestants[name]())
    return taken


def processor_seconds(work: Callable[[], object]) -> float:
    """Return the processor time of some work in this process."""
    started = process_time()
    work()
    return process_time() - started


def time_command(*arguments: str) -> CommandTime:
    """Return what a Python command takes."""
    clock, before = perf_counter(), _child_processor_seconds()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return CommandTime(perf_counter() - clock, _child_processor_seconds() - before)


def _child_processor_seconds() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
