"""Compares a block of worlds with one world per Mesa model, both on this package's engine."""

from __future__ import annotations

from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, processor_seconds, take_turns
from sim.model.simulate import simulate

BLOCK_WORLDS, SINGLE_WORLDS, TARGET_RATIO = 2000, 3, 800
ROUNDS, SECONDS = 7, 40.0
"""Rounds at most, and about how long they may take."""


def one_world(*, quick: bool) -> BenchmarkTable:
    """Return how many times faster a block is per world-month on one processor."""
    scenario = load_pact()
    simulate(scenario, 0, 10)  # loads what is needed
    taken = take_turns(
        {
            "alone": lambda: processor_seconds(
                lambda: [simulate(scenario, world, 1) for world in range(SINGLE_WORLDS)]
            ),
            "block": lambda: processor_seconds(lambda: simulate(scenario, 0, BLOCK_WORLDS)),
        },
        1 if quick else ROUNDS,
        SECONDS,
    )
    alone = Rounds.of(taken["alone"]).scaled(1e6 / SINGLE_WORLDS / scenario.months)
    block = Rounds.of(taken["block"]).scaled(1e6 / BLOCK_WORLDS / scenario.months)
    ratio = alone.per(block)
    table = BenchmarkTable(
        "One world per model",
        ("What", "Worlds", "Microseconds per world-month", "Ratio, by round", "Target"),
        f"`pact.toml`, {scenario.months} months; the same rules, engine and results.",
    )
    table.add_row("one world per Mesa model", SINGLE_WORLDS, alone.summary("{:,.1f}"), 1, "")
    met = f"{TARGET_RATIO}: {verdict(ratio.median, TARGET_RATIO, at_least=True)}"
    cells = block.summary("{:,.1f}"), ratio.summary("{:.0f}"), met
    table.add_row("a block", f"{BLOCK_WORLDS:,}", *cells)
    return table
