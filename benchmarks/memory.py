"""How much memory a worker takes that simulates and packs blocks."""

from __future__ import annotations

from benchmarks.processes import open_process
from benchmarks.table import BenchmarkTable, verdict
from sim.experiment.blocks import MAX_BLOCK_SIZE

TARGET_MB = 800.0
LARGEST = MAX_BLOCK_SIZE * 3 // 2
"""Worlds of a block where that gives every worker the same number of blocks."""
MORE_BLOCKS = 3
"""Blocks after the first, which should need no more memory than it."""


def memory(*, quick: bool) -> BenchmarkTable:
    """Return the peak of memory of a worker, after one block and after four."""
    table = BenchmarkTable(
        "Memory a worker",
        ("Worlds a block", "Tables", "After one block, MB", "After four, MB", "Target"),
        "The peak of a process that simulates and packs blocks of the pact, as a worker does.",
    )
    chosen = (MAX_BLOCK_SIZE, "all"), (LARGEST, "all")
    others = ((MAX_BLOCK_SIZE, "worlds"), *(() if quick else ((2 * MAX_BLOCK_SIZE, "all"),)))
    for size, tables in (*chosen, *others):
        first, last = _measure_peaks(size, tables, 0 if quick else MORE_BLOCKS)
        met = f"{TARGET_MB:.0f} MB: {verdict(last, TARGET_MB)}" if (size, tables) in chosen else ""
        table.add_row(f"{size:,}", tables, f"{first:.0f}", f"{last:.0f}", met)
    return table


def _measure_peaks(size: int, tables: str, more: int) -> tuple[float, float]:
    """Return the peak, MB, of a process of its own after a block, and after some more."""
    with open_process(f"stored {tables}") as process:
        peaks = [process.simulate(size).memory for _ in range(1 + more)]
    return peaks[0], peaks[-1]
