"""Compares a block of worlds with one world per Mesa model, of this engine and an earlier one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial

from benchmarks.processes import BlockProcess, open_process
from benchmarks.scenarios import MOVES
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, take_turns
from benchmarks.yardstick import COMMIT, check_out

BLOCK_WORLDS, SINGLE_WORLDS, TARGET_RATIO = 2000, 3, 800
MONTHS = 36
ROUNDS, SECONDS = 7, 40.0
"""Rounds at most, and about how long they may take."""
_BLOCK, _ALONE = "a block", "one world per Mesa model"
_STILL, _THEN = f"a block, by the rules of {COMMIT}", f"one world per Mesa model, by {COMMIT}"


def one_world(*, quick: bool) -> BenchmarkTable:
    """Return how many times faster a block is per world-month on one processor."""
    with ExitStack() as stack:
        contestants = _open_contestants(stack)
        taken = take_turns(contestants, 1 if quick else ROUNDS, SECONDS)
    rounds = {what: Rounds.of(each).scaled(1e6 / MONTHS) for what, each in taken.items()}
    table = BenchmarkTable(
        "One world per model",
        ("What", "Worlds", "Microseconds per world-month", "A block is faster", "Target"),
        f"`pact.toml`, {MONTHS} months, all tables recorded. A single world is compared with the "
        "block above it, which follows the same rules; the ratios are by round.",
    )
    for block, alone in ((_BLOCK, _ALONE), (_STILL, _THEN)):
        if alone in rounds:
            _add_rows(table, rounds, block, alone)
    return table


def _add_rows(table: BenchmarkTable, rounds: Mapping[str, Rounds], block: str, alone: str) -> None:
    ratio = rounds[alone].per(rounds[block])
    met = f"{TARGET_RATIO}: {verdict(ratio.median, TARGET_RATIO, at_least=True)}"
    table.add_row(block, f"{BLOCK_WORLDS:,}", rounds[block].summary("{:,.1f}"), "", "")
    cells = rounds[alone].summary("{:,.0f}"), f"{ratio.summary('{:.0f}')} times", met
    table.add_row(alone, SINGLE_WORLDS, *cells)


def _open_contestants(stack: ExitStack) -> dict[str, Callable[[], float]]:
    """Return what measures the processor seconds of a world, by contestant.

    That of the earlier commit is missing if this copy of the project does not have it.
    """
    months, still = f"months={MONTHS}", [f"mechanisms.{move}=false" for move in MOVES]
    now, block = (stack.enter_context(open_process("all", months)) for _ in range(2))
    contestants: dict[str, Callable[[], float]]
    contestants = {_BLOCK: partial(_in_block, block), _ALONE: partial(_one_by_one, now)}
    try:
        root = stack.enter_context(check_out(COMMIT))
    except subprocess.CalledProcessError:
        return contestants
    as_then = stack.enter_context(open_process("all", months, *still))
    then = stack.enter_context(open_process("all", months, root=root))
    return contestants | {_STILL: partial(_in_block, as_then), _THEN: partial(_one_by_one, then)}


def _in_block(process: BlockProcess) -> float:
    return process.simulate(BLOCK_WORLDS).used / BLOCK_WORLDS


def _one_by_one(process: BlockProcess) -> float:
    return sum(process.simulate(1).used for _ in range(SINGLE_WORLDS)) / SINGLE_WORLDS
