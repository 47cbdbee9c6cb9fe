"""One worker and two: how much sooner a run is done, and what keeps it from half the time."""

from __future__ import annotations

import subprocess
import sys
from tempfile import TemporaryDirectory

from benchmarks.scenarios import PACT_FILE, load_pact
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Timing, processor_seconds, time_command
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE
from sim.model.simulate import simulate

JOB_SECONDS, TARGET_SPEEDUP = 20.0, 1.8
"""Seconds of processor that living the worlds is to take; how many times as fast two should be."""


def workers(*, quick: bool) -> BenchmarkTable:
    """Return how much sooner two workers live a job of about 20 seconds, and its parts."""
    each = (
        processor_seconds(lambda: simulate(load_pact(), 0, DEFAULT_BLOCK_SIZE)) / DEFAULT_BLOCK_SIZE
    )
    worlds = round((JOB_SECONDS / 8 if quick else JOB_SECONDS) / each)
    repeats = 1 if quick else 3
    table = BenchmarkTable(
        "One worker and two",
        ("What", "One", "Two", "Ratio", "Target"),
        f"`sim run --worlds {worlds}`, seconds by the clock; it counts on a quiet machine only.",
    )
    taken = _time_commands(worlds, repeats)
    one, two = (each.median for each in taken)
    met = "" if quick else f"{TARGET_SPEEDUP}: {verdict(one / two, TARGET_SPEEDUP, at_least=True)}"
    told = (each.summary(_format_seconds) for each in taken)
    table.add_row("the whole command", *told, f"{one / two:.2f}", met)
    alone, beside = _time_block_processes(1, repeats), _time_block_processes(2, repeats)
    living = worlds / DEFAULT_BLOCK_SIZE * alone, worlds / DEFAULT_BLOCK_SIZE * beside / 2
    table.add_row(
        "of which living", *map(_format_seconds, living), f"{living[0] / living[1]:.2f}", ""
    )
    table.add_row(
        "the rest", _format_seconds(one - living[0]), _format_seconds(two - living[1]), "", ""
    )
    table.add_row(f"a block of {DEFAULT_BLOCK_SIZE:,}", f"{alone:.2f}", f"{beside:.2f}", "", "")
    return table


def _time_commands(worlds: int, repeats: int) -> list[Timing]:
    """Return what the command takes with one worker and with two, taken in turns."""
    taken: dict[str, list[float]] = {"1": [], "2": []}
    with TemporaryDirectory() as folder:
        for out in range(repeats):
            for hands, found in taken.items():
                words = (
                    "run",
                    str(PACT_FILE),
                    "--worlds",
                    str(worlds),
                    "--workers",
                    hands,
                    "--quiet",
                )
                found.append(
                    time_command("-m", "sim", *words, "--out", f"{folder}/{out}-{hands}")[0]
                )
    return [Timing(tuple(found)) for found in taken.values()]


def _time_block_processes(process_count: int, repeats: int) -> float:
    """Return the seconds that a block takes where so many processes live at the same time."""
    words = [sys.executable, "-m", "benchmarks.side", str(DEFAULT_BLOCK_SIZE), str(repeats)]
    living = [
        subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(process_count)
    ]
    return max(float(process.communicate()[0]) for process in living)


def _format_seconds(seconds: float) -> str:
    return f"{seconds:.1f}"
