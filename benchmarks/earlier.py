"""Compares this engine with that of an earlier commit, which is the other contestant."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import ROOT, open_process
from benchmarks.table import BenchmarkTable, verdict
from benchmarks.timing import Rounds, take_turns

COMMIT = "e0d133c"
"""The commit before decisions were worked out only where their draws can matter."""
TARGETS = {"worlds": 3.0, "all": 2.2}
"""How many times as fast full blocks should be, with the table of worlds alone and with all."""
MONTHS = 36
ROUNDS, SECONDS = 7, 30.0
"""Rounds at most, and about how long those of a row may take."""


def earlier(*, quick: bool) -> BenchmarkTable:
    """Return how many times as fast this engine is as that of the earlier commit."""
    table = BenchmarkTable(
        f"Against the engine of commit {COMMIT}",
        ("Worlds", "Tables", "Then", "Now", "Ratio, by round", "Target"),
        f"`pact.toml`, {MONTHS} months; microseconds of processor per world-month, recorded and "
        "not stored. Each engine has a process; they simulate the same worlds in turns. In those "
        "of the earlier engine nobody concludes or leaves a treaty, and no government changes.",
    )
    sizes = ((1000, "all"),) if quick else ((1000, "all"), (4000, "worlds"), (4000, "all"))
    lean = () if quick else ((12_000, "worlds"),)
    try:
        with _check_out(COMMIT) as then:
            for size, tables in (*sizes, *lean):
                before, now = _compare(then, size, tables, 1 if quick else ROUNDS)
                _add_row(table, size, tables, before, now)
    except subprocess.CalledProcessError:
        return BenchmarkTable(table.title, (f"commit {COMMIT} is not in this copy of the project",))
    return table


def _add_row(table: BenchmarkTable, size: int, tables: str, before: Rounds, now: Rounds) -> None:
    ratio, target = before.per(now), TARGETS[tables]
    met = f"{target:g}: {verdict(ratio.median, target, at_least=True)}" if size > 1000 else ""
    micro = [each.scaled(1e6 / size / MONTHS).summary("{:.1f}") for each in (before, now)]
    table.add_row(f"{size:,}", tables, *micro, ratio.summary("{:.2f}"), met)


def _compare(then: Path, size: int, tables: str, rounds: int) -> tuple[Rounds, Rounds]:
    """Return the processor seconds of a block of the earlier engine, and of this one, by round."""
    with (
        open_process(tables, MONTHS, root=then) as before,
        open_process(tables, MONTHS) as now,
    ):
        taken = take_turns(
            {"then": lambda: before.simulate(size).used, "now": lambda: now.simulate(size).used},
            rounds,
            SECONDS,
        )
        return Rounds.of(taken["then"]), Rounds.of(taken["now"])


@contextmanager
def _check_out(commit: str) -> Iterator[Path]:
    """Yield a folder with the package and the scenarios of a commit."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", commit, "sim", "scenarios"],
        check=True,
        capture_output=True,
    ).stdout
    with TemporaryDirectory() as folder, tarfile.open(fileobj=BytesIO(packed)) as files:
        files.extractall(folder, filter="data")
        yield Path(folder)
