"""Compares this engine with that of an earlier commit, which is the other contestant."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.table import BenchmarkTable, verdict

COMMIT = "e0d133c"
"""The commit before decisions were worked out only where their draws can matter."""
TARGETS = {"worlds": 3.0, "all": 2.2}
"""How many times as fast full blocks should be, with the table of worlds alone and with all."""
MONTHS = 36
_ROOT = Path(__file__).parents[1]


class Measured(NamedTuple):
    """Processor seconds of the fastest block, and the peak of memory in MB."""

    seconds: float
    memory: float


def earlier(*, quick: bool) -> BenchmarkTable:
    """Return how many times as fast this engine is as that of the earlier commit."""
    table = BenchmarkTable(
        f"Against the engine of commit {COMMIT}",
        ("Worlds", "Tables", "Then, µs", "Now, µs", "Memory then, now, MB", "Ratio", "Target"),
        f"`pact.toml`, {MONTHS} months; microseconds of processor per world-month, in one process; "
        "the two engines take turns in processes of their own, and the fastest block counts.",
    )
    sizes = (1000,) if quick else (1000, 4000, 12_000)
    try:
        with _check_out(COMMIT) as then:
            for size in sizes:
                for tables in TARGETS:
                    _add_row(table, then, size, tables, rounds=1 if quick else 3)
    except subprocess.CalledProcessError:
        return BenchmarkTable(table.title, (f"commit {COMMIT} is not in this copy of the project",))
    return table


def _add_row(table: BenchmarkTable, then: Path, size: int, tables: str, rounds: int) -> None:
    turns = [(_measure(then, size, tables), _measure(_ROOT, size, tables)) for _ in range(rounds)]
    before, now = map(min, zip(*turns, strict=True))
    ratio = before.seconds / now.seconds
    target = TARGETS[tables]
    met = f"{target}: {verdict(ratio, target, at_least=True)}" if size > 1000 else ""
    micro = [f"{each.seconds / size / MONTHS * 1e6:.1f}" for each in (before, now)]
    memory = f"{before.memory:.0f}, {now.memory:.0f}"
    table.add_row(f"{size:,}", tables, *micro, memory, f"{ratio:.2f}", met)


def _measure(root: Path, size: int, tables: str) -> Measured:
    """Return what a block takes with the package in a folder."""
    script, file = str(_ROOT / "benchmarks" / "contestant.py"), root / "scenarios" / "pact.toml"
    command = [sys.executable, script, str(file), str(size), str(MONTHS), tables, "2"]
    environment = os.environ | {"PYTHONPATH": str(root)}
    output = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment, cwd=root
    ).stdout
    return Measured(**json.loads(output))


@contextmanager
def _check_out(commit: str) -> Iterator[Path]:
    """Yield a folder with the files of a commit."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "then"
        git = ["git", "-C", str(_ROOT), "worktree"]
        subprocess.run(
            [*git, "add", "--detach", str(root), commit], check=True, capture_output=True
        )
        try:
            yield root
        finally:
            subprocess.run([*git, "remove", "--force", str(root)], check=True, capture_output=True)
