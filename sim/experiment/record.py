"""Has a scenario's worlds lived and writes the results folder, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from sim.experiment.blocks import BLOCK, blocks
from sim.experiment.folder import becoming
from sim.experiment.manifest import FILE, Files, manifest, write_manifest
from sim.experiment.metrics import summed_up, write_metrics
from sim.experiment.question import Question
from sim.experiment.results import METRICS, TABLES
from sim.experiment.tables import TableWriter, read_column
from sim.experiment.workers import histories
from sim.model.history import History, rows
from sim.model.measures import Measure, measures
from sim.scenario.load import Loaded

Told = Callable[[int], None]
"""Is told how many worlds have been lived so far."""


@dataclass(frozen=True)
class Manner:
    """How a question is answered; none of it changes the answer.

    Attributes:
        executor: who lives the blocks.
        ahead: how many blocks may be under way at a time.
        size: how many worlds a block has.
        told: is told how many worlds have been lived so far.
        words: the command as it was given.
    """

    executor: Executor
    ahead: int = 1
    size: int = BLOCK
    told: Told = lambda _: None
    words: tuple[str, ...] = ()


def record(
    asked: Question, loaded: Loaded, folder: Path, manner: Manner, *, replace: bool = False
) -> None:
    """Have all worlds lived and write `folder`, complete or not at all.

    Memory stays flat: blocks are written as they come, in the order of the worlds, and the
    measures are summed up afterwards, column by column, from the table that was written.

    Raises:
        ResultsError: the folder cannot be written.
        BlockError: some worlds could not be lived.
    """
    begun = monotonic()
    told = measures(loaded.scenario)
    with becoming(folder, replace=replace) as draft:
        counts = _write_tables(draft, _lived(loaded, manner))
        counts[METRICS] = _write_metrics(draft, told)
        seconds = monotonic() - begun
        files = _files(draft, counts)
        content = manifest(
            asked, loaded, measures=told, files=files, seconds=seconds, words=manner.words
        )
        write_manifest(draft / FILE, content)


def _lived(loaded: Loaded, manner: Manner) -> Iterable[History]:
    cut = blocks(loaded.scenario.worlds, manner.size)
    done = 0
    for history in histories(manner.executor, cut, manner.ahead):
        yield history
        done += rows(history.worlds)
        manner.told(done)


def _write_tables(draft: Path, lived: Iterable[History]) -> dict[str, int]:
    """Write the tables and return how many rows each has, by file name."""
    files = {name: f"{name}.parquet" for name in TABLES}
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(TableWriter(draft / file)) for name, file in files.items()
        }
        for history in lived:
            for name, writer in writers.items():
                writer.add(getattr(history, name))
    return {file: writers[name].rows for name, file in files.items()}


def _write_metrics(draft: Path, told: tuple[Measure, ...]) -> int:
    metrics = summed_up(told, partial(read_column, draft / "worlds.parquet"))
    write_metrics(draft / METRICS, metrics)
    return len(metrics)


def _files(draft: Path, counts: dict[str, int]) -> Files:
    return {
        name: {"rows": count, "bytes": (draft / name).stat().st_size}
        for name, count in counts.items()
    }
