"""Compares one worker with two, and shows what keeps a run from taking half the time."""

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
"""Processor time of the simulation; the speedup that two workers should reach."""


def workers(*, quick: bool) -> BenchmarkTable:
    """Return the speedup of two workers on a job of about 20 seconds, and that of its parts."""
    block_seconds = processor_seconds(lambda: simulate(load_pact(), 0, DEFAULT_BLOCK_SIZE))
    job_seconds = JOB_SECONDS / 8 if quick else JOB_SECONDS
    worlds = round(job_seconds / (block_seconds / DEFAULT_BLOCK_SIZE))
    repeats = 1 if quick else 3
    table = BenchmarkTable(
        "One worker and two",
        ("What", "One", "Two", "Ratio", "Target"),
        f"`sim run --worlds {worlds}`, wall-clock seconds; valid only on an idle machine.",
    )
    taken = _time_commands(worlds, repeats)
    alone, shared = (timing.median for timing in taken)
    speedup = alone / shared
    met = "" if quick else f"{TARGET_SPEEDUP}: {verdict(speedup, TARGET_SPEEDUP, at_least=True)}"
    cells = (timing.summary(_format_seconds) for timing in taken)
    table.add_row("the whole command", *cells, f"{speedup:.2f}", met)
    block, block_beside = _time_block_processes(1, repeats), _time_block_processes(2, repeats)
    blocks = worlds / DEFAULT_BLOCK_SIZE
    simulation = blocks * block, blocks * block_beside / 2
    rest = alone - simulation[0], shared - simulation[1]
    ratio = f"{simulation[0] / simulation[1]:.2f}"
    table.add_row("of which simulation", *map(_format_seconds, simulation), ratio, "")
    table.add_row("the rest", *map(_format_seconds, rest), "", "")
    table.add_row(
        f"a block of {DEFAULT_BLOCK_SIZE:,}", f"{block:.2f}", f"{block_beside:.2f}", "", ""
    )
    return table


def _time_commands(worlds: int, repeats: int) -> list[Timing]:
    """Return the time of the command with one worker and with two, taken in turns."""
    taken: dict[str, list[float]] = {"1": [], "2": []}
    with TemporaryDirectory() as folder:
        for out in range(repeats):
            for workers, seconds in taken.items():
                command = ("-m", "sim", "run", str(PACT_FILE), "--quiet", "--worlds", str(worlds))
                target = ("--workers", workers, "--out", f"{folder}/{out}-{workers}")
                seconds.append(time_command(*command, *target)[0])
    return [Timing(tuple(seconds)) for seconds in taken.values()]


def _time_block_processes(process_count: int, repeats: int) -> float:
    """Return the seconds of a block where so many processes simulate at the same time."""
    command = [sys.executable, "-m", "benchmarks.side", str(DEFAULT_BLOCK_SIZE), str(repeats)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(process_count)
    ]
    return max(float(process.communicate()[0]) for process in processes)


def _format_seconds(seconds: float) -> str:
    return f"{seconds:.1f}"
