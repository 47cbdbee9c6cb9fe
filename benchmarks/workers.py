"""One worker and two: how much sooner a run is done, and what keeps it from half the time."""

from __future__ import annotations

import subprocess
import sys
from tempfile import TemporaryDirectory

from benchmarks.scenarios import PACT, pact
from benchmarks.table import Table, verdict
from benchmarks.timing import Taken, command, processor
from sim.experiment.blocks import BLOCK
from sim.model.simulate import live

JOB, TARGET = 20.0, 1.8
"""Seconds of processor that living the worlds is to take; how many times as fast two should be."""


def workers(*, quick: bool) -> Table:
    """Return how much sooner two workers live a job of about 20 seconds, and its parts."""
    each = processor(lambda: live(pact(), 0, BLOCK)) / BLOCK
    worlds = round((JOB / 8 if quick else JOB) / each)
    repeats = 1 if quick else 3
    table = Table(
        "One worker and two",
        ("What", "One", "Two", "Ratio", "Target"),
        f"`sim run --worlds {worlds}`, seconds by the clock; it counts on a quiet machine only.",
    )
    taken = _commands(worlds, repeats)
    one, two = (each.median for each in taken)
    met = "" if quick else f"{TARGET}: {verdict(one / two, TARGET, least=True)}"
    told = (each.told(_seconds) for each in taken)
    table.add("the whole command", *told, f"{one / two:.2f}", met)
    alone, beside = _side_by_side(1, repeats), _side_by_side(2, repeats)
    living = worlds / BLOCK * alone, worlds / BLOCK * beside / 2
    table.add("of which living", *map(_seconds, living), f"{living[0] / living[1]:.2f}", "")
    table.add("the rest", _seconds(one - living[0]), _seconds(two - living[1]), "", "")
    table.add(f"a block of {BLOCK:,}", f"{alone:.2f}", f"{beside:.2f}", "", "")
    return table


def _commands(worlds: int, repeats: int) -> list[Taken]:
    """Return what the command takes with one worker and with two, taken in turns."""
    taken: dict[str, list[float]] = {"1": [], "2": []}
    with TemporaryDirectory() as folder:
        for out in range(repeats):
            for hands, found in taken.items():
                words = ("run", str(PACT), "--worlds", str(worlds), "--workers", hands, "--quiet")
                found.append(command("-m", "sim", *words, "--out", f"{folder}/{out}-{hands}")[0])
    return [Taken(tuple(found)) for found in taken.values()]


def _side_by_side(many: int, repeats: int) -> float:
    """Return the seconds that a block takes where so many processes live at the same time."""
    words = [sys.executable, "-m", "benchmarks.side", str(BLOCK), str(repeats)]
    living = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(many)]
    return max(float(process.communicate()[0]) for process in living)


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}"
