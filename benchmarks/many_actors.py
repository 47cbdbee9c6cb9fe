"""A made-up world of many actors, simulated by two processes at the same time."""

from __future__ import annotations

from benchmarks.processes import Spent, open_pair, simulate_together, stored_scenario
from benchmarks.scenarios import large_world, without_moves
from benchmarks.table import BenchmarkTable
from benchmarks.timing import Rounds, take_turns
from benchmarks.yardstick import COLUMNS, NOTE, judge, open_yardstick
from sim.experiment.blocks import fitting_worlds
from sim.scenario.schema.scenario import Scenario

WORLDS, MONTHS, TARGET_SECONDS = 100_000, 36, 90.0
ROUNDS, SECONDS = 3, 150.0
"""Rounds at most, and about how long they may take."""


def many_actors(*, quick: bool) -> BenchmarkTable:
    """Return the time of many worlds of a large scenario on two processors."""
    moving, still = large_world(MONTHS), without_moves(large_world(MONTHS))
    block = fitting_worlds(len(moving.actors), recorded=False) // (8 if quick else 1)
    table = BenchmarkTable(
        "A world of many actors",
        ("Treaties", f"{2 * block:,} worlds, s", f"{WORLDS:,}, s", "Memory a worker, MB", *COLUMNS),
        f"{len(moving.actors)} actors, {len(moving.rivalries)} rivalries and "
        f"{len(moving.treaties)} treaties, {MONTHS} months, the table of worlds and the months "
        f"counted. Two processes simulate {block:,} worlds each at the same time: processor time "
        f"of the slower, and in proportion for more worlds. {NOTE}",
    )
    measured = _compare(moving, still, block, 1 if quick else ROUNDS)
    slow = [spent.used for (spent,) in measured.pop("slowness")]
    for label, taken in measured.items():
        used = Rounds.of(max(spent.used for spent in pair) for pair in taken)
        whole, memory = used.scaled(WORLDS / block / 2), taken[-1][0].memory
        cells = used.summary("{:.1f}"), whole.summary("{:.0f}"), f"{memory:.0f}"
        table.add_row(label, *cells, *judge(whole, slow, TARGET_SECONDS))
    return table


def _compare(
    moving: Scenario, still: Scenario, block: int, rounds: int
) -> dict[str, list[list[Spent]]]:
    """Return what a block takes in both of two processes, by scenario and round; and slowness."""
    with (
        open_yardstick() as slowness,
        stored_scenario(moving) as moving_file,
        stored_scenario(still) as still_file,
        open_pair("stored worlds", moving_file) as moving_pair,
        open_pair("stored worlds", still_file) as still_pair,
    ):
        return take_turns(
            {
                "that move": lambda: simulate_together(moving_pair, block),
                "as they are at first": lambda: simulate_together(still_pair, block),
                "slowness": lambda: [Spent(slowness(), 0)],
            },
            rounds,
            SECONDS,
        )
