"""Compares a block of worlds with one world per Mesa model, both on this package's engine."""

from __future__ import annotations

from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import time_in_turns
from sim.model.simulate import simulate

BLOCK_WORLDS, SINGLE_WORLDS, TARGET_RATIO = 2000, 3, 800


def one_world(*, quick: bool) -> BenchmarkTable:
    """Return how many times faster a block is per world-month on one processor."""
    scenario = load_pact()

    def alone() -> None:
        for world in range(SINGLE_WORLDS):
            simulate(scenario, world, 1)

    taken = time_in_turns(
        {"one world per model": alone, "a block": lambda: simulate(scenario, 0, BLOCK_WORLDS)},
        1 if quick else 5,
    )
    table = BenchmarkTable(
        "One world per model",
        ("What", "Worlds", "Processor time", "Per world-month", "Ratio", f"Target {TARGET_RATIO}"),
        f"`pact.toml`, {scenario.months} months; the same rules, engine and results.",
    )
    single = taken["one world per model"].median / SINGLE_WORLDS / scenario.months
    many = taken["a block"].median / BLOCK_WORLDS / scenario.months
    table.add_row(
        "one world per Mesa model",
        SINGLE_WORLDS,
        taken["one world per model"],
        _format_microseconds(single),
        1,
        "",
    )
    ratio = single / many
    met = verdict(ratio, TARGET_RATIO, at_least=True)
    table.add_row(
        "a block",
        f"{BLOCK_WORLDS:,}",
        taken["a block"],
        _format_microseconds(many),
        f"{ratio:.0f}",
        met,
    )
    return table


def _format_microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:,.1f} µs"
