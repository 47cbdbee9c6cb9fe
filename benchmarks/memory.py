"""How much memory a worker takes that simulates and packs blocks."""

from __future__ import annotations

from benchmarks.processes import open_process
from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable, verdict
from sim.experiment.blocks import fitting_worlds

TARGET_MB = 800.0
MORE_BLOCKS = 3
"""Blocks after the first, which should need no more memory than it."""


def memory(*, quick: bool) -> BenchmarkTable:
    """Return the peak of memory of a worker, after one block and after four."""
    table = BenchmarkTable(
        "Memory a worker",
        ("Worlds a block", "Tables", "After one block, MB", "After four, MB", "Target"),
        "The peak of a process that simulates and packs blocks of the pact, as a worker does. "
        "The target is that of the largest blocks, those in the first two rows.",
    )
    actors, more = len(load_pact().actors), 0 if quick else MORE_BLOCKS
    full = {
        tables: fitting_worlds(actors, recorded=tables == "all") for tables in ("all", "worlds")
    }
    sizes = [(size, tables, True) for tables, size in full.items()]
    sizes += [(size // 2, tables, False) for tables, size in full.items()]
    for size, tables, chosen in sizes[: 2 if quick else 4]:
        first, last = _measure_peaks(size, tables, more)
        met = f"{TARGET_MB:.0f} MB: {verdict(last, TARGET_MB)}" if chosen else ""
        table.add_row(f"{size:,}", tables, f"{first:.0f}", f"{last:.0f}" if more else "", met)
    return table


def _measure_peaks(size: int, tables: str, more: int) -> tuple[float, float]:
    """Return the peak, MB, of a process of its own after a block, and after some more."""
    with open_process(f"stored {tables}") as process:
        peaks = [process.simulate(size).memory for _ in range(1 + more)]
    return peaks[0], peaks[-1]
