"""Puts the results of a run together from the pieces that were lived."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from sim.experiment.layout import METRICS, TABLES
from sim.experiment.storage.atomic import becoming
from sim.experiment.storage.block_files import Piece, rows
from sim.experiment.storage.checkpoint import Keep
from sim.experiment.storage.fingerprint import Question
from sim.experiment.storage.manifest import FILE, Files, Making, manifest, write_manifest
from sim.experiment.storage.metrics import summed_up, write_metrics
from sim.experiment.storage.parquet import TableWriter, columns
from sim.model.measures.registry import measures
from sim.scenario.load import Loaded
from sim.statistics.intervals import ONE_LOOK, Intervals


def record(
    asked: Question,
    loaded: Loaded,
    folder: Path,
    keep: Keep,
    made: Making,
    *,
    before: Sequence[Piece] = (),
    intervals: Intervals = ONE_LOOK,
    replace: bool = False,
    **more: object,
) -> None:
    """Write `folder` from what is kept and what stood `before`; complete or not at all.

    Memory stays flat: tables are put together block by block, and the measures are summed up
    afterwards, column by column, from the table that was written.

    With `replace`, what stands at `folder` goes.

    Raises:
        ResultsError: the folder cannot be written.
    """
    told = measures(loaded.scenario)
    pieces = [*before, *keep.done(asked.point)]
    with becoming(folder, keep.whole, replace=replace) as draft:
        counts = _write_tables(draft, pieces)
        with columns(draft / "worlds.parquet") as column:
            metrics = summed_up(told, column, intervals)
        write_metrics(draft / METRICS, metrics)
        counts[METRICS] = len(metrics)
        files = sizes(draft, counts)
        content = manifest(asked, loaded, measures=told, files=files, made=made, **more)
        write_manifest(draft / FILE, content)


def sizes(draft: Path, counts: dict[str, int]) -> Files:
    """Return rows and bytes of each file, given its rows."""
    return {
        name: {"rows": count, "bytes": (draft / name).stat().st_size}
        for name, count in counts.items()
    }


def _write_tables(draft: Path, pieces: Sequence[Piece]) -> dict[str, int]:
    """Write all tables side by side, for compressing them leaves Python free; return their rows."""
    with ThreadPoolExecutor(len(TABLES)) as threads:
        counts = threads.map(partial(_write, draft, pieces=pieces), TABLES)
        return {f"{name}.parquet": count for name, count in zip(TABLES, counts, strict=True)}


def _write(draft: Path, name: str, pieces: Sequence[Piece]) -> int:
    with TableWriter(draft / f"{name}.parquet") as writer:
        for table in rows(pieces, name):
            writer.add(table)
    return writer.rows
