"""How long a world takes in blocks of several sizes, whose results are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.processes import BlockProcess, open_pair, simulate_together
from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable
from benchmarks.timing import Rounds, take_turns
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE

SIZES = {"all": (1000, 2000, 4000, 6000, 8000), "worlds": (2000, 4000, 8000, 12_000, 16_000)}
"""Worlds a block, by the tables that are stored."""
LEAST_WORLDS = 2000
"""In a round, each process simulates at least so many worlds in blocks of one size."""
ROUNDS, SECONDS = 5, 60.0
"""Rounds at most, and about how long those of one kind of tables may take."""


def block_sizes(*, quick: bool) -> BenchmarkTable:
    """Return the time of a world by the size of its block."""
    table = BenchmarkTable(
        "Worlds a block",
        ("Tables", "Worlds a block", "Microseconds", "Worlds a second", "Time against 4,000"),
        f"The pact, {load_pact().months} months, treaties moving; simulated and packed by two "
        "processes at the same time, as in a run. Microseconds of processor per world-month, and "
        "what both processors simulate in a second; ratios by round.",
    )
    for tables, sizes in SIZES.items():
        chosen = [size for size in sizes if size <= DEFAULT_BLOCK_SIZE] if quick else sizes
        _add_rows(table, tables, _compare(tables, chosen, 1 if quick else ROUNDS))
    return table


def _compare(tables: str, sizes: Sequence[int], rounds: int) -> dict[int, Rounds]:
    """Return the processor seconds of a world by the size of its block."""
    with open_pair(f"stored {tables}") as pair:
        contestants = {str(size): _measure(pair, size) for size in sizes}
        taken = take_turns(contestants, rounds, SECONDS)
    return {size: Rounds.of(taken[str(size)]) for size in sizes}


def _measure(pair: Sequence[BlockProcess], size: int) -> Callable[[], float]:
    """Return what measures the processor seconds of a world in blocks of a size."""
    blocks = max(1, LEAST_WORLDS // size)

    def run() -> float:
        spent = [each for _ in range(blocks) for each in simulate_together(pair, size)]
        return sum(each.used for each in spent) / len(spent) / size

    return run


def _add_rows(table: BenchmarkTable, tables: str, taken: dict[int, Rounds]) -> None:
    for size, seconds in taken.items():
        micro = seconds.scaled(1e6 / load_pact().months).summary("{:.1f}")
        ratio = seconds.per(taken[DEFAULT_BLOCK_SIZE]).summary("{:.2f}")
        table.add_row(tables, f"{size:,}", micro, f"{2 / seconds.median:,.0f}", ratio)
