"""Compares this engine with that of an earlier commit, which is the other contestant."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.processes import open_process
from benchmarks.scenarios import MOVES
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, take_turns
from benchmarks.yardstick import COMMIT, check_out

TARGETS = {"worlds": 3.0, "all": 2.2}
"""How many times as fast full blocks should be, with the table of worlds alone and with all."""
ROWS = (1000, "all"), (4000, "worlds"), (4000, "all")
"""Worlds a block, and which tables are recorded of them."""
MONTHS = 36
ROUNDS, SECONDS = 7, 35.0
"""Rounds at most, and about how long those of a row may take."""


def earlier(*, quick: bool) -> BenchmarkTable:
    """Return how many times as fast this engine is as that of the earlier commit."""
    table = BenchmarkTable(
        f"Against the engine of commit {COMMIT}",
        (
            "Worlds",
            "Tables",
            "Then",
            "Now",
            "Ratio, by round",
            "Target",
            "Now, treaties still",
            "Ratio",
        ),
        f"`pact.toml`, {MONTHS} months; microseconds of processor per world-month, recorded and "
        "not stored. Each contestant has a process; they simulate the same worlds in turns. In "
        "those of the earlier engine no treaty is concluded or left and no government changes, nor "
        "are they in the last two columns.",
    )
    rows = ROWS[:1] if quick else ROWS
    try:
        with check_out(COMMIT) as then:
            for size, tables in rows:
                _add_row(table, size, tables, _compare(then, size, tables, quick=quick))
    except subprocess.CalledProcessError:
        return BenchmarkTable(table.title, (f"commit {COMMIT} is not in this copy of the project",))
    return table


def _add_row(table: BenchmarkTable, size: int, tables: str, taken: Sequence[Rounds]) -> None:
    then, now, still = (each.scaled(1e6 / size / MONTHS) for each in taken)
    ratio, target = then.per(now), TARGETS[tables]
    met = f"{target:g}: {verdict(ratio.median, target, at_least=True)}" if size > 1000 else ""
    cells = then.summary("{:.1f}"), now.summary("{:.1f}"), ratio.summary("{:.2f}"), met
    same_rules = still.summary("{:.1f}"), then.per(still).summary("{:.2f}")
    table.add_row(f"{size:,}", tables, *cells, *same_rules)


def _compare(then: Path, size: int, tables: str, *, quick: bool) -> list[Rounds]:
    """Return the processor seconds of a block: then, now, and now without what is new."""
    months, still = f"months={MONTHS}", [f"mechanisms.{move}=false" for move in MOVES]
    with (
        open_process(tables, months, root=then) as before,
        open_process(tables, months) as now,
        open_process(tables, months, *still) as as_then,
    ):
        processes = {"then": before, "now": now, "now, treaties still": as_then}
        taken = take_turns(
            {name: partial(each.simulate, size) for name, each in processes.items()},
            1 if quick else ROUNDS,
            SECONDS,
        )
    return [Rounds.of(spent.used for spent in each) for each in taken.values()]
