"""A made-up world of many actors, simulated by two processes at the same time."""

from __future__ import annotations

from benchmarks.processes import open_processes, simulate_together, stored_scenario
from benchmarks.scenarios import large_world
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, take_turns

WORLDS, MONTHS, TARGET_SECONDS = 100_000, 36, 90.0
BLOCK = 4000
"""Worlds a block, which takes some seconds."""
ROUNDS, SECONDS = 5, 60.0
"""Rounds at most, and about how long they may take."""


def many_actors(*, quick: bool) -> BenchmarkTable:
    """Return the time of many worlds of a large scenario on two processors."""
    scenario, block = large_world(MONTHS), BLOCK // 8 if quick else BLOCK
    table = BenchmarkTable(
        "A world of many actors",
        ("Worlds", "Wall clock, s", "Memory a worker, MB", "Target"),
        f"{len(scenario.actors)} actors, {len(scenario.rivalries)} rivalries and "
        f"{len(scenario.treaties)} treaties, {MONTHS} months, the table of worlds and the months "
        f"counted. Two processes simulate {block:,} worlds each at the same time.",
    )
    with (
        stored_scenario(scenario) as file,
        open_processes(2, "stored worlds", MONTHS, file) as pair,
    ):
        taken = take_turns(
            {"both": lambda: simulate_together(pair, block)}, 1 if quick else ROUNDS, SECONDS
        )["both"]
    clock = Rounds.of(max(spent.clock for spent in both) for both in taken)
    memory = max(spent.memory for spent in taken[-1])
    whole = clock.scaled(WORLDS / block / 2)
    met = "" if quick else f"{TARGET_SECONDS:g} s: {verdict(whole.median, TARGET_SECONDS)}"
    table.add_row(f"{2 * block:,}", clock.summary("{:.1f}"), f"{memory:.0f}", "")
    table.add_row(f"{WORLDS:,}, in proportion", whole.summary("{:.0f}"), "", met)
    return table
