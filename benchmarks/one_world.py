"""Compares a block of worlds with one world per Mesa model, of this engine and an earlier one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import ExitStack

from benchmarks.processes import BlockProcess, open_process
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, take_turns
from benchmarks.yardstick import COMMIT, check_out

BLOCK_WORLDS, SINGLE_WORLDS, TARGET_RATIO = 2000, 3, 800
MONTHS = 36
ROUNDS, SECONDS = 7, 40.0
"""Rounds at most, and about how long they may take."""
_NOW, _THEN = "one world per Mesa model", f"the same, by the engine of commit {COMMIT}"


def one_world(*, quick: bool) -> BenchmarkTable:
    """Return how many times faster a block is per world-month on one processor."""
    with ExitStack() as stack:
        contestants = _open_contestants(stack)
        taken = take_turns(contestants, 1 if quick else ROUNDS, SECONDS)
    rounds = {what: Rounds.of(each).scaled(1e6 / MONTHS) for what, each in taken.items()}
    block = rounds.pop("a block")
    table = BenchmarkTable(
        "One world per model",
        ("What", "Worlds", "Microseconds per world-month", "A block is faster", "Target"),
        f"`pact.toml`, {MONTHS} months, all tables recorded. The ratios are by round.",
    )
    table.add_row("a block", f"{BLOCK_WORLDS:,}", block.summary("{:,.1f}"), "", "")
    for what, alone in rounds.items():
        ratio = alone.per(block)
        met = f"{TARGET_RATIO}: {verdict(ratio.median, TARGET_RATIO, at_least=True)}"
        cells = alone.summary("{:,.0f}"), f"{ratio.summary('{:.0f}')} times", met
        table.add_row(what, SINGLE_WORLDS, *cells)
    return table


def _open_contestants(stack: ExitStack) -> dict[str, Callable[[], float]]:
    """Return what measures the processor seconds of a world, by contestant.

    That of the earlier commit is missing if this copy of the project does not have it.
    """
    months = f"months={MONTHS}"
    now, block = (stack.enter_context(open_process("all", months)) for _ in range(2))
    contestants = {"a block": lambda: block.simulate(BLOCK_WORLDS).used / BLOCK_WORLDS}
    contestants[_NOW] = lambda: _one_by_one(now)
    try:
        root = stack.enter_context(check_out(COMMIT))
    except subprocess.CalledProcessError:
        return contestants
    then = stack.enter_context(open_process("all", months, root=root))
    return contestants | {_THEN: lambda: _one_by_one(then)}


def _one_by_one(process: BlockProcess) -> float:
    return sum(process.simulate(1).used for _ in range(SINGLE_WORLDS)) / SINGLE_WORLDS
