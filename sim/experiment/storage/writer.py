"""Writes the results folder of a run from its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from sim.experiment.layout import METRICS_FILE, StoredTables
from sim.experiment.storage.atomic import atomic_folder
from sim.experiment.storage.block_files import WorldTables, add_counts, merge_tables
from sim.experiment.storage.checkpoint import Checkpoint
from sim.experiment.storage.column_notes import note_tables
from sim.experiment.storage.command_text import write_run_command
from sim.experiment.storage.manifest import (
    MANIFEST_FILE,
    Execution,
    FileSizes,
    build_manifest,
    write_manifest,
)
from sim.experiment.storage.metrics import summarise_measures, write_metrics
from sim.experiment.storage.parquet import TableWriter, open_columns
from sim.experiment.storage.run_key import RunKey, run_key
from sim.experiment.storage.table_notes import TableNotes, describe_request
from sim.model.measures.registry import Measure
from sim.scenario.load import LoadedScenario
from sim.statistics.intervals import FIXED_SAMPLE_INTERVALS, IntervalMethods


def write_results(
    key: RunKey,
    loaded: LoadedScenario,
    folder: Path,
    checkpoint: Checkpoint,
    execution: Execution,
    *,
    measures: Sequence[Measure],
    finished_runs: Sequence[WorldTables] = (),
    interval_methods: IntervalMethods = FIXED_SAMPLE_INTERVALS,
    overwrite: bool = False,
    stored: StoredTables = StoredTables.ALL,
    **extra: object,
) -> None:
    """Write `folder` from the blocks of a checkpoint and `finished_runs`, completely or not at all.

    Memory use is constant: tables are assembled block by block, and measures are then summarised
    column by column from the written table. With `overwrite`, an existing `folder` is replaced;
    `stored` says which tables are written, and `extra` is added to the manifest.

    Raises:
        ResultsError: the folder cannot be written.
    """
    sources = [*finished_runs, *checkpoint.block_files(key.point_id)]
    with atomic_folder(folder, checkpoint.draft_folder, overwrite=overwrite) as draft:
        notes = _note_tables(loaded, measures)
        counts = _write_tables(draft, sources, {name: notes[name] for name in stored.names})
        with open_columns(draft / "worlds.parquet") as column:
            metrics = summarise_measures(measures, column, interval_methods)
        write_metrics(draft / METRICS_FILE, metrics, measures)
        counts[METRICS_FILE] = len(metrics)
        files = measure_files(draft, counts)
        if stored is not StoredTables.ALL:
            extra = {"tables": stored.value, **extra}
        content = build_manifest(
            key, loaded, measures=measures, files=files, execution=execution, **extra
        )
        write_manifest(draft / MANIFEST_FILE, content)


def measure_files(draft: Path, row_counts: dict[str, int]) -> FileSizes:
    """Return the rows and bytes of each file, given its rows."""
    return {
        name: {"rows": count, "bytes": (draft / name).stat().st_size}
        for name, count in row_counts.items()
    }


def _note_tables(loaded: LoadedScenario, measures: Sequence[Measure]) -> dict[str, TableNotes]:
    """Return what each table says of itself, the same for any way to so many worlds."""
    about = describe_request(run_key(loaded), loaded, write_run_command(loaded))
    columns = note_tables(measures, loaded.scenario)
    return {name: TableNotes(about, notes) for name, notes in columns.items()}


def _write_tables(
    draft: Path, sources: Sequence[WorldTables], notes: dict[str, TableNotes]
) -> dict[str, int]:
    """Write all tables in parallel threads and return their rows; compression releases the GIL."""
    with ThreadPoolExecutor(len(notes)) as threads:
        write = partial(_write_table, draft, sources=sources, notes=notes)
        counts = threads.map(write, notes)
        return {f"{name}.parquet": count for name, count in zip(notes, counts, strict=True)}


def _write_table(
    draft: Path, name: str, sources: Sequence[WorldTables], notes: dict[str, TableNotes]
) -> int:
    with TableWriter(draft / f"{name}.parquet", notes[name]) as writer:
        merge = add_counts if name == "month_counts" else merge_tables
        for table in merge(sources, name):
            writer.add(table)
    return writer.rows
