"""Runs benchmarks and prints their tables; `--write` puts them into `benchmarks/results.md`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.anew import anew
from benchmarks.block_sizes import block_sizes
from benchmarks.commands import commands
from benchmarks.crises import crises
from benchmarks.design import design
from benchmarks.earlier import earlier
from benchmarks.limit import limit
from benchmarks.many_actors import many_actors
from benchmarks.memory import memory
from benchmarks.million import million, whole_million
from benchmarks.one_world import one_world
from benchmarks.phases import phases
from benchmarks.scaling import scaling
from benchmarks.table import BenchmarkTable, renew_page
from benchmarks.theories import theories
from benchmarks.workers import workers

BENCHMARKS: tuple[Callable[..., BenchmarkTable], ...] = (
    earlier,
    one_world,
    million,
    whole_million,
    commands,
    anew,
    workers,
    scaling,
    memory,
    many_actors,
    block_sizes,
    phases,
    limit,
    design,
    crises,
    theories,
)
"""Those that measure a target of speed come first."""
ONLY_WHEN_NAMED = {whole_million}
"""What takes minutes and is extrapolated otherwise."""
RESULTS_FILE = Path(__file__).parent / "results.md"


def main() -> None:
    """Run the requested benchmarks; print every table when it is ready."""
    names = [benchmark.__name__ for benchmark in BENCHMARKS]
    arguments = _parse_arguments(names)
    tables = {}
    for benchmark in BENCHMARKS:
        if _is_requested(benchmark, arguments.names):
            started = perf_counter()
            table = benchmark(quick=arguments.quick)
            table.stamp, tables[benchmark.__name__] = _stamp(), table
            print(table, flush=True)
            print(f"{benchmark.__name__}: {perf_counter() - started:.0f} s", file=sys.stderr)
    if arguments.write:
        page = renew_page(RESULTS_FILE.read_text(encoding="utf-8"), tables, names)
        RESULTS_FILE.write_text(page, encoding="utf-8")


def _parse_arguments(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"some of {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, one round")
    parser.add_argument("--write", action="store_true", help="renew these tables of results.md")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(names):
        parser.error(f"{', '.join(unknown)}: allowed are {', '.join(names)}")
    if arguments.quick and arguments.write:
        parser.error("--write: not with --quick, whose sizes are too small for the targets")
    return arguments


def _is_requested(benchmark: Callable[..., BenchmarkTable], names: list[str]) -> bool:
    return benchmark.__name__ in names if names else benchmark not in ONLY_WHEN_NAMED


def _stamp() -> str:
    """Return when and on what a table was measured."""
    machine = f"{os.cpu_count()} processors, {platform.machine()}"
    versions = f"Python {platform.python_version()}, numpy {np.__version__}"
    return f"{date.today():%d %B %Y}, {machine}, {versions}."


if __name__ == "__main__":
    main()
