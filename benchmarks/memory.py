"""How much memory a worker takes that simulates and packs blocks."""

from __future__ import annotations

from benchmarks.processes import open_process
from benchmarks.table import BenchmarkTable, verdict
from sim.experiment.blocks import MAX_BLOCK_SIZE

TARGET_MB = 800.0
LARGEST = MAX_BLOCK_SIZE * 3 // 2
"""Worlds of a block where every worker has one: of two blocks each has at most 5,000."""
MORE_BLOCKS = 3
"""Blocks after the first, which should need no more memory than it."""


def memory(*, quick: bool) -> BenchmarkTable:
    """Return the peak of memory of a worker, after one block and after four."""
    table = BenchmarkTable(
        "Memory a worker",
        ("Worlds a block", "Tables", "After one block, MB", "After four, MB", "Target"),
        "The peak of a process that simulates and packs blocks of the pact, as a worker does. "
        f"A block of {LARGEST:,} worlds is the only one of its worker.",
    )
    more = 0 if quick else MORE_BLOCKS
    sizes = [(MAX_BLOCK_SIZE, "all", more, True), (LARGEST, "all", 0, True)]
    sizes += [(MAX_BLOCK_SIZE, "worlds", more, False), (2 * MAX_BLOCK_SIZE, "all", more, False)]
    for size, tables, further, chosen in sizes[: 3 if quick else 4]:
        first, last = _measure_peaks(size, tables, further)
        met = f"{TARGET_MB:.0f} MB: {verdict(last, TARGET_MB)}" if chosen else ""
        table.add_row(f"{size:,}", tables, f"{first:.0f}", f"{last:.0f}" if further else "", met)
    return table


def _measure_peaks(size: int, tables: str, more: int) -> tuple[float, float]:
    """Return the peak, MB, of a process of its own after a block, and after some more."""
    with open_process(f"stored {tables}") as process:
        peaks = [process.simulate(size).memory for _ in range(1 + more)]
    return peaks[0], peaks[-1]
