"""Compares this engine with that of an earlier commit, which is the other contestant."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import BlockProcess, open_process
from benchmarks.scenarios import MOVES, load_pact
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, take_turns
from benchmarks.yardstick import COMMIT, check_out
from sim.experiment.blocks import fitting_worlds

MONTHS, LARGEST_THEN = 36, 4000
"""Months, and worlds of a full block of the earlier engine."""
ROUNDS, SECONDS = 7, 80.0
"""Rounds at most, and about how long those of a row may take."""


class Row(NamedTuple):
    """What is compared: tables that are recorded, worlds a block then and now, and the target."""

    tables: str
    then: int
    now: int
    target: float | None = None
    """How many times as fast this engine should be."""


def earlier(*, quick: bool) -> BenchmarkTable:
    """Return how many times as fast this engine is as that of the earlier commit."""
    now = "Now, by its rules", "Ratio, by round", "Target"
    moving = "Now, treaties moving", "Ratio", "Target"
    table = BenchmarkTable(
        f"Against the engine of commit {COMMIT}",
        ("Tables", "Worlds a block, then", "Now", "Then", *now, *moving),
        f"`pact.toml`, {MONTHS} months; microseconds of processor per world-month, recorded and "
        "not stored. Each contestant has a process, and they take turns; where there is a target, "
        "each simulates full blocks, the largest of a run. By the rules of the earlier engine no "
        "treaty is concluded or left and no government changes; by those of today, in the last "
        "three columns, they do.",
    )
    rows = list_rows()[:1] if quick else list_rows()
    try:
        with check_out(COMMIT) as then:
            for row in rows:
                _add_row(table, row, _compare(then, row, quick=quick))
    except subprocess.CalledProcessError:
        return BenchmarkTable(table.title, (f"commit {COMMIT} is not in this copy of the project",))
    return table


def list_rows() -> list[Row]:
    """Return what is compared: blocks of equal size, and those that are full."""
    actors = len(load_pact().actors)
    lean, recorded = (fitting_worlds(actors, recorded=each) for each in (False, True))
    return [
        Row("all", 1000, 1000),
        Row("worlds", LARGEST_THEN, LARGEST_THEN),
        Row("all", LARGEST_THEN, LARGEST_THEN),
        Row("worlds", LARGEST_THEN, lean, 3.0),
        Row("all", LARGEST_THEN, recorded, 2.2),
    ]


def _add_row(table: BenchmarkTable, row: Row, taken: Sequence[Rounds]) -> None:
    then, moving, still = (each.scaled(1e6 / MONTHS) for each in taken)
    cells = [row.tables, f"{row.then:,}", f"{row.now:,}", then.summary("{:.1f}")]
    for now in (still, moving):
        ratio = then.per(now)
        cells += [now.summary("{:.1f}"), ratio.summary("{:.2f}"), _judge(ratio, row.target)]
    table.add_row(*cells)


def _judge(ratio: Rounds, target: float | None) -> str:
    return f"{target:g}: {verdict(ratio.median, target, at_least=True)}" if target else ""


def _compare(then: Path, row: Row, *, quick: bool) -> list[Rounds]:
    """Return the processor seconds of a world: then, now, and now without what is new."""
    months, still = f"months={MONTHS}", [f"mechanisms.{move}=false" for move in MOVES]
    with (
        open_process(row.tables, months, root=then) as before,
        open_process(row.tables, months) as now,
        open_process(row.tables, months, *still) as as_then,
    ):
        processes = {
            "then": (before, row.then),
            "now": (now, row.now),
            "now, treaties still": (as_then, row.now),
        }
        taken = take_turns(
            {name: partial(_time_world, *each) for name, each in processes.items()},
            1 if quick else ROUNDS,
            SECONDS,
        )
    return [Rounds.of(each) for each in taken.values()]


def _time_world(process: BlockProcess, worlds: int) -> float:
    return process.simulate(worlds).used / worlds
