"""How cost grows with worlds, months and actors, and what memory a block takes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from math import log
from statistics import linear_regression

from benchmarks.scenarios import load_pact, repeat_casts
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import processor_seconds
from sim.experiment.blocks import split_worlds
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario

MONTHS = 6
"""Enough for the slope over worlds, and short enough for 256,000 of them."""


def scaling(*, quick: bool) -> BenchmarkTable:
    """Return what it costs over numbers of worlds, months and actors, with the slopes."""
    worlds = (1000, 4000, 16_000) if quick else (1000, 4000, 16_000, 64_000, 256_000)
    months = (12, 24) if quick else (12, 24, 48, 96)
    many = (1, 2) if quick else (1, 2, 4)
    table = BenchmarkTable(
        "How cost grows",
        ("Over", "From", "To", "Processor time, s", "Slope", "Target"),
        "Slopes of log-log regressions: 1 means that the cost is proportional. "
        f"Worlds are simulated for {MONTHS} months, in blocks of the size of sweeps.",
    )
    short = load_pact(MONTHS)
    simulate(short, 0, 10)
    taken = [
        _shortest_seconds(partial(_simulate_blocks, short, n), 3 if n < 10_000 else 1)
        for n in worlds
    ]
    slope = _log_log_slope(worlds, taken)
    _add_scaling_row(
        table,
        "worlds",
        worlds,
        taken,
        slope,
        _target_text(f"1 ± .05: {verdict(abs(slope - 1), 0.05)}", quick=quick),
    )
    full, cost = worlds[1:], taken[1:]
    _add_scaling_row(table, "worlds, in full blocks", full, cost, _log_log_slope(full, cost), "")
    taken = [_shortest_seconds(partial(simulate, load_pact(n), 0, 1000), 2) for n in months]
    slope = _log_log_slope(months, taken)
    _add_scaling_row(
        table,
        "months, 1,000 worlds",
        months,
        taken,
        slope,
        _target_text(f"1 ± .05: {verdict(abs(slope - 1), 0.05)}", quick=quick),
    )
    actors = [8 * count for count in many]
    taken = [
        _shortest_seconds(partial(simulate, repeat_casts(n, MONTHS), 0, 1000), 2) for n in many
    ]
    slope = _log_log_slope(actors, taken)
    _add_scaling_row(
        table,
        "actors, 1,000 worlds",
        actors,
        taken,
        slope,
        _target_text(f"at most 2: {verdict(slope, 2)}", quick=quick),
    )
    sizes = (4000, 16_000) if quick else (4000, 16_000, 64_000)
    peaks = [_peak_memory(size) for size in sizes]
    growth = peaks[-1] / peaks[0]
    _add_scaling_row(
        table,
        "worlds: memory, MB",
        sizes,
        peaks,
        _log_log_slope(sizes, peaks),
        _target_text(f"flat: {verdict(growth, 1.1)}", quick=quick),
    )
    return table


def _target_text(target: str, *, quick: bool) -> str:
    """Return a target and whether it is met; it is set for the full size only."""
    return "" if quick else target


def _simulate_blocks(scenario: Scenario, count: int) -> None:
    for block in split_worlds(count):
        simulate(scenario, block.first, block.size)


def _shortest_seconds(work: Callable[[], object], times: int) -> float:
    return min(processor_seconds(work) for _ in range(times))


def _log_log_slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    return linear_regression([log(size) for size in sizes], [log(cost) for cost in costs]).slope


def _add_scaling_row(
    table: BenchmarkTable,
    over: str,
    sizes: Sequence[int],
    costs: Sequence[float],
    slope: float,
    target: str,
) -> None:
    cells = ", ".join(f"{cost:.3g}" for cost in costs)
    table.add_row(over, f"{sizes[0]:,}", f"{sizes[-1]:,}", cells, f"{slope:.3f}", target)


def _peak_memory(worlds: int) -> float:
    """Return the peak of memory, MB, of a new process that simulates so many worlds."""
    command = [sys.executable, "-m", "benchmarks.memory", str(worlds), str(MONTHS)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(json.loads(output))
