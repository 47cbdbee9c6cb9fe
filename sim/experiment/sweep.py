"""Runs a sweep: simulates the worlds of all its points and writes them to one folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from numpy.typing import NDArray

from sim.experiment.design.design import Design
from sim.experiment.design.factors import SCENARIO_FACTOR, find_quantity
from sim.experiment.engine import Engine
from sim.experiment.execution.checkpointed import ExecutionSummary, Job
from sim.experiment.layout import DESIGN_FILE, METRICS_FILE
from sim.experiment.limits import check_size
from sim.experiment.run import (
    RunOptions,
    RunOutcome,
    reuse_or_create,
    simulate_missing_worlds,
)
from sim.experiment.storage.atomic import atomic_folder
from sim.experiment.storage.block_files import merge_tables
from sim.experiment.storage.checkpoint import Checkpoint
from sim.experiment.storage.column_notes import ColumnNotes, note_factors, note_tables
from sim.experiment.storage.command_text import write_sweep_command
from sim.experiment.storage.manifest import (
    MANIFEST_FILE,
    Execution,
    build_manifest,
    collect_cited_sources,
    write_manifest,
)
from sim.experiment.storage.metrics import Metric, summarise_measures, write_point_metrics
from sim.experiment.storage.parquet import TableWriter
from sim.experiment.storage.run_key import RunKey, sweep_key
from sim.experiment.storage.table_notes import TableNotes, describe_request
from sim.experiment.storage.writer import measure_files
from sim.model.measures.registry import Measure
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.sweep import FactorLevel


def run_sweep(
    loaded: LoadedScenario,
    design: Design,
    out: Path,
    options: RunOptions,
    extra_tables: Sequence[str] = (),
) -> RunOutcome:
    """Run a sweep; its results are a folder below `out`.

    `extra_tables` names the tables to store beside that of the worlds: `months`, `events`.

    Raises:
        RequestError: more worlds are requested than one sweep may simulate, or two points are the
            same.
        ResultsError: the folder cannot be written, or holds something else.
        SimulationError: no world could be simulated.
        WorkerError: a worker was lost; finished blocks are kept.
    """
    worlds, months = loaded.scenario.worlds, loaded.scenario.months
    check_size(worlds, months, design.point_count)
    points = design.points
    levels = json.dumps([list(point.levels.values()) for point in points], default=str)
    point_ids = (point.id for point in points)
    key = sweep_key(loaded, point_ids, levels, *design.keys, *sorted(extra_tables))

    def create(checkpoint: Checkpoint, folder: Path, exists: bool) -> ExecutionSummary:
        execution = Execution(options.command)
        jobs = [Job(point.id, point.scenario_json, worlds) for point in points]
        tables = ("worlds", *extra_tables)
        sizer = options.block_sizer(loaded.scenario, tables)
        summary = simulate_missing_worlds(jobs, checkpoint, options, sizer, tables)
        writer = _SweepWriter(key, loaded, design, checkpoint, tuple(extra_tables), options.engine)
        writer.write(folder, replace(execution, failures=summary.failures), overwrite=exists)
        return summary

    return reuse_or_create(key, out, options, create, kind="sweep")


@dataclass(frozen=True)
class _SweepWriter:
    """Assembles the folder of a sweep from the blocks of its checkpoint."""

    key: RunKey
    loaded: LoadedScenario
    design: Design
    checkpoint: Checkpoint
    extra_tables: tuple[str, ...]
    engine: Engine

    def write(self, folder: Path, execution: Execution, *, overwrite: bool) -> None:
        measured: dict[str, Measure] = {}
        with atomic_folder(folder, self.checkpoint.draft_folder, overwrite=overwrite) as draft:
            counts = {DESIGN_FILE: self._write_design(draft / DESIGN_FILE)}
            notes = note_tables(self._list_measures().values(), self.loaded.scenario)
            for name in ("worlds", *self.extra_tables):
                counts[f"{name}.parquet"] = self._write_table(draft, name, notes[name])
            counts[METRICS_FILE] = write_point_metrics(
                draft / METRICS_FILE, self._summarise_points(measured)
            )
            content = build_manifest(
                self.key,
                self.loaded,
                measures=measured.values(),
                files=measure_files(draft, counts),
                execution=execution,
                **self._describe_sweep(),
            )
            write_manifest(draft / MANIFEST_FILE, content)

    @cached_property
    def _about(self) -> dict[str, str]:
        """What every table says of the sweep."""
        varied = {factor.key: factor.levels for factor in self.design.factors}
        sample = self.design.sample
        command = write_sweep_command(self.loaded, varied, sample.spec, sample.keys)
        return describe_request(self.key, self.loaded, command)

    def _list_measures(self) -> dict[str, Measure]:
        """Return the measures of all base scenarios, by name."""
        return {
            measure.name: measure
            for base in self.design.bases
            for measure in self.engine.list_measures(base.loaded.scenario)
        }

    def _write_design(self, file: Path) -> int:
        columns: dict[str, pa.Array] = {"point": pa.array([p.id for p in self.design.points])}
        for key in self.design.keys:
            columns[key] = _to_column([point.levels[key] for point in self.design.points])
        table = pa.table(columns)
        notes = note_factors(self.design.keys, self.loaded.scenario)
        with TableWriter(file, TableNotes(self._about, notes)) as writer:
            writer.add(table)
        return writer.rows

    def _write_table(self, draft: Path, name: str, notes: ColumnNotes) -> int:
        schema = self._unify_schemas(name)
        with TableWriter(draft / f"{name}.parquet", TableNotes(self._about, notes)) as writer:
            for point in self.design.points:
                for table in merge_tables(self.checkpoint.block_files(point.id), name):
                    writer.add(_add_missing_columns(table, point.id, schema))
        return writer.rows

    def _unify_schemas(self, name: str) -> pa.Schema:
        """Return the columns of all points, in order of first appearance."""
        schemas = [pa.schema([("point", pa.string())])]
        for point in self.design.points:
            for block_file in self.checkpoint.block_files(point.id)[:1]:
                schemas.append(next(block_file.read_table(name)).schema)
        return pa.unify_schemas(schemas)

    def _summarise_points(
        self, measured: dict[str, Measure]
    ) -> Iterator[tuple[str, Metric, Measure]]:
        """Yield the metrics of every point; add every measure to `measured`."""
        for point in self.design.points:
            if block_files := self.checkpoint.block_files(point.id):
                measures = self.engine.list_measures(point.build_scenario())
                measured.update({measure.name: measure for measure in measures})
                table = pa.concat_tables(merge_tables(block_files, "worlds"))
                metrics = summarise_measures(measures, partial(_read_column, table))
                for metric, measure in zip(metrics, measures, strict=True):
                    yield point.id, metric, measure

    def _describe_sweep(self) -> dict[str, object]:
        """Return what the manifest of a sweep records besides that of a run."""
        bases = [base.loaded for base in self.design.bases]
        return {
            "kind": "sweep",
            "points": self.design.point_count,
            "factors": [*_describe_factors(self.design)],
            "sample": self.design.sample.spec,
            "also": sorted(self.extra_tables),
            "scenarios": {base.name: base.scenario.model_dump(mode="json") for base in bases},
            "bibliography": {
                key: entry for base in bases for key, entry in collect_cited_sources(base).items()
            },
        }


def _describe_factors(design: Design) -> Iterator[dict[str, object]]:
    varied = {factor.key: factor for factor in design.factors}
    for key in design.keys:
        number = None if key == SCENARIO_FACTOR else find_quantity(design.bases[0].loaded, key)
        bounds = {name: getattr(number, name, None) for name in ("unit", "low", "high")}
        if key in varied:
            yield {"key": key, "varied": varied[key].form, **bounds, "levels": varied[key].levels}
        else:
            yield {"key": key, "varied": "sample", **bounds}


def _to_column(levels: list[FactorLevel]) -> pa.Array:
    """Return the levels of a factor as a column; levels of several types become text."""
    kinds = {type(level) for level in levels}
    if kinds == {int, float}:
        return pa.array([float(level) for level in levels])  # type: ignore[arg-type]
    plain = len(kinds) == 1 and kinds <= {bool, int, float}
    return pa.array(levels if plain else [str(level) for level in levels])


def _add_missing_columns(table: pa.Table, point_id: str, schema: pa.Schema) -> pa.Table:
    """Return the rows of a point with the columns of all points, empty where it lacks one."""
    count = table.num_rows
    columns = [
        table[field.name] if field.name in table.column_names else pa.nulls(count, field.type)
        for field in schema
        if field.name != "point"
    ]
    return pa.table([pa.array([point_id] * count, pa.string()), *columns], schema=schema)


def _read_column(table: pa.Table, name: str) -> NDArray[Any]:
    column: NDArray[Any] = table[name].to_numpy()
    return column
