"""Processes that simulate blocks, each with a package and a scenario of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.scenarios import PACT_FILE
from sim.scenario.schema.scenario import Scenario

ROOT = Path(__file__).parents[1]


class Spent(NamedTuple):
    """What a block took: processor time in seconds, and the peak of memory so far in MB."""

    used: float
    memory: float


class BlockProcess:
    """A process of `benchmarks/contestant.py`, warm and waiting for its next block."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def simulate(self, worlds: int) -> Spent:
        """Return what the next so many worlds take."""
        self.start(worlds)
        return self.finish()

    def start(self, worlds: int) -> None:
        """Let it begin a block, beside those of other processes."""
        assert self._process.stdin
        self._process.stdin.write(f"{worlds}\n")
        self._process.stdin.flush()

    def finish(self) -> Spent:
        """Wait for the block and return what it took."""
        assert self._process.stdout
        return Spent(**json.loads(self._process.stdout.readline()))


@contextmanager
def open_process(
    tables: str, *settings: str, root: Path = ROOT, file: Path | None = None
) -> Iterator[BlockProcess]:
    """Yield a process that simulates the pact with some settings, or a scenario stored whole.

    The package is that of a folder; `tables` are those of `benchmarks/contestant.py`.
    """
    scenario = file or root / PACT_FILE.relative_to(ROOT)
    script = str(ROOT / "benchmarks" / "contestant.py")
    with subprocess.Popen(
        [sys.executable, script, str(scenario), tables, *settings],
        env=os.environ | {"PYTHONPATH": str(root)},
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        process.stdout.readline()  # it is ready
        yield BlockProcess(process)
        process.communicate()  # ends with its input


@contextmanager
def open_pair(tables: str, file: Path | None = None) -> Iterator[list[BlockProcess]]:
    """Yield two such processes, as a run on two processors has."""
    with open_process(tables, file=file) as first, open_process(tables, file=file) as second:
        yield [first, second]


def simulate_together(processes: Sequence[BlockProcess], worlds: int) -> list[Spent]:
    """Return what a block of so many worlds takes in each process, all at the same time."""
    for process in processes:
        process.start(worlds)
    return [process.finish() for process in processes]


@contextmanager
def stored_scenario(scenario: Scenario) -> Iterator[Path]:
    """Yield a file that holds a scenario that no file describes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.json"
        file.write_text(scenario.model_dump_json(), encoding="utf-8")
        yield file
