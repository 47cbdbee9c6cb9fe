"""Runs all benchmarks and writes `benchmarks/results.md`."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.commands import commands
from benchmarks.crises import crises
from benchmarks.design import design
from benchmarks.earlier import earlier
from benchmarks.limit import limit
from benchmarks.million import million
from benchmarks.one_world import one_world
from benchmarks.phases import phases
from benchmarks.scaling import scaling
from benchmarks.table import BenchmarkTable
from benchmarks.theories import theories
from benchmarks.workers import workers

BENCHMARKS: tuple[Callable[..., BenchmarkTable], ...] = (
    earlier,
    million,
    one_world,
    limit,
    phases,
    scaling,
    commands,
    workers,
    design,
    crises,
    theories,
)
RESULTS_FILE = Path(__file__).parent / "results.md"


def main() -> None:
    """Run the requested benchmarks; print every table when it is ready."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [benchmark.__name__ for benchmark in BENCHMARKS]
    parser.add_argument("names", nargs="*", help=f"one of {', '.join(names)}; by default all")
    parser.add_argument("--quick", action="store_true", help="fewer and smaller, under a minute")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(names):
        parser.error(f"{', '.join(unknown)}: allowed are {', '.join(names)}")
    tables = []
    for benchmark in BENCHMARKS:
        if not arguments.names or benchmark.__name__ in arguments.names:
            tables.append(benchmark(quick=arguments.quick))
            print(tables[-1], flush=True)
    if not arguments.names and not arguments.quick:
        RESULTS_FILE.write_text(f"{_heading()}\n" + "\n".join(map(str, tables)), encoding="utf-8")


def _heading() -> str:
    machine = f"{os.cpu_count()} processors, {platform.machine()}"
    versions = f"Python {platform.python_version()}, numpy {np.__version__}"
    return (
        "# Benchmark results\n\nWritten by `python -m benchmarks`; see [README.md](README.md).\n"
        f"{date.today():%d %B %Y}, {machine}, {versions}.\n"
    )


if __name__ == "__main__":
    main()
