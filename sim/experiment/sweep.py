"""Answers a sweep: lives the worlds of all its points, and puts them together in one folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.experiment.design.design import Design
from sim.experiment.design.factors import SCENARIO, number_at
from sim.experiment.execution.scheduler import Lot, Toll, labour
from sim.experiment.layout import DESIGN, METRICS
from sim.experiment.limits import check_size
from sim.experiment.run import Answer, Wish, answered, see_that_some_lived
from sim.experiment.storage.atomic import becoming
from sim.experiment.storage.block_files import rows
from sim.experiment.storage.checkpoint import Keep
from sim.experiment.storage.fingerprint import Question, sweep_question
from sim.experiment.storage.manifest import FILE, Making, cited, manifest, write_manifest
from sim.experiment.storage.metrics import Metric, summed_up, write_point_metrics
from sim.experiment.storage.parquet import TableWriter
from sim.experiment.storage.writer import sizes
from sim.model.measures.registry import Measure, measures
from sim.scenario.load import Loaded
from sim.scenario.schema.sweep import Level


def sweep(loaded: Loaded, asked: Design, out: Path, wish: Wish, also: Sequence[str] = ()) -> Answer:
    """Answer a sweep in a folder below `out`; `also` names tables to keep, `months` or `events`.

    Raises:
        RequestError: more is asked than one sweep may do, or two points are the same.
        ResultsError: the folder cannot be written, or holds something else.
        LivingError: no world could be lived.
        WorkerError: the workers are gone; what they had finished is kept.
    """
    worlds = loaded.scenario.worlds
    check_size(worlds, loaded.scenario.months, asked.size)
    points = asked.points
    columns = json.dumps([list(point.levels.values()) for point in points], default=str)
    question = sweep_question(
        loaded, (point.id for point in points), columns, *asked.keys, *sorted(also)
    )

    def make(keep: Keep, folder: Path, standing: bool) -> Toll:
        begun = Making(wish.words)
        lots = [Lot(point.id, point.text, worlds) for point in points]
        pace = wish.pace(loaded.scenario.months)
        toll = labour(lots, keep, wish.hands, wish.told, pace)
        any_lived = any(keep.done(point.id) for point in points)
        see_that_some_lived(toll.failures, any_lived=any_lived)
        made = replace(begun, failures=toll.failures)
        _Record(question, loaded, asked, keep, tuple(also)).write(folder, made, replace=standing)
        return toll

    return answered(question, out, wish, make, kind="sweep")


@dataclass(frozen=True)
class _Record:
    """Puts the folder of a sweep together from what is kept."""

    question: Question
    loaded: Loaded
    design: Design
    keep: Keep
    also: tuple[str, ...]

    def write(self, folder: Path, made: Making, *, replace: bool) -> None:
        measured: dict[str, Measure] = {}
        with becoming(folder, self.keep.whole, replace=replace) as draft:
            counts = {DESIGN: _write_design(draft / DESIGN, self.design)}
            for name in ("worlds", *self.also):
                counts[f"{name}.parquet"] = self._write_table(draft, name)
            counts[METRICS] = write_point_metrics(draft / METRICS, self._metrics(measured))
            content = manifest(
                self.question,
                self.loaded,
                measures=measured.values(),
                files=sizes(draft, counts),
                made=made,
                **self._described(),
            )
            write_manifest(draft / FILE, content)

    def _write_table(self, draft: Path, name: str) -> int:
        schema = self._schema(name)
        with TableWriter(draft / f"{name}.parquet") as writer:
            for point in self.design.points:
                for table in rows(self.keep.done(point.id), name):
                    writer.add(_widened(table, point.id, schema))
        return writer.rows

    def _schema(self, name: str) -> pa.Schema:
        """Return the columns that any point has, in the order in which they are met."""
        schemas = [pa.schema([("point", pa.string())])]
        for point in self.design.points:
            for piece in self.keep.done(point.id)[:1]:
                schemas.append(next(piece.tables(name)).schema)
        return pa.unify_schemas(schemas)

    def _metrics(self, measured: dict[str, Measure]) -> Iterator[tuple[str, Metric]]:
        """Yield the metrics of every point; note every measure that comes up."""
        for point in self.design.points:
            if pieces := self.keep.done(point.id):
                told = measures(point.scenario())
                measured.update({measure.name: measure for measure in told})
                table = pa.concat_tables(rows(pieces, "worlds"))
                for metric in summed_up(told, partial(_column, table)):
                    yield point.id, metric

    def _described(self) -> dict[str, object]:
        """Return what the manifest of a sweep says besides that of a run."""
        bases = [base.loaded for base in self.design.bases]
        return {
            "kind": "sweep",
            "points": self.design.size,
            "factors": [*_factors(self.design)],
            "sample": self.design.sample.text,
            "also": sorted(self.also),
            "scenarios": {one.name: one.scenario.model_dump(mode="json") for one in bases},
            "bibliography": {key: entry for one in bases for key, entry in cited(one).items()},
        }


def _factors(design: Design) -> Iterator[dict[str, object]]:
    varied = {one.key: one for one in design.factors}
    for key in design.keys:
        number = None if key == SCENARIO else number_at(design.bases[0].loaded, key)
        shown = ("unit", "low", "high")
        told = {name: getattr(number, name, None) for name in shown}
        if key in varied:
            yield {"key": key, "varied": varied[key].varied, **told, "levels": varied[key].levels}
        else:
            yield {"key": key, "varied": "sample", **told}


def _write_design(file: Path, design: Design) -> int:
    columns: dict[str, pa.Array] = {"point": pa.array([point.id for point in design.points])}
    for key in design.keys:
        columns[key] = _levels([point.levels[key] for point in design.points])
    pq.write_table(pa.table(columns), file, compression="zstd")
    return len(design.points)


def _levels(levels: list[Level]) -> pa.Array:
    """Return the values of a factor as a column; those of several kinds as text."""
    kinds = {type(level) for level in levels}
    if kinds == {int, float}:
        return pa.array([float(level) for level in levels])  # type: ignore[arg-type]
    plain = len(kinds) == 1 and kinds <= {bool, int, float}
    return pa.array(levels if plain else [str(level) for level in levels])


def _widened(table: pa.Table, point: str, schema: pa.Schema) -> pa.Table:
    """Return a point's rows with the columns of all points, empty where it has none."""
    count = table.num_rows
    columns = [
        table[field.name] if field.name in table.column_names else pa.nulls(count, field.type)
        for field in schema
        if field.name != "point"
    ]
    return pa.table([pa.array([point] * count, pa.string()), *columns], schema=schema)


def _column(table: pa.Table, name: str) -> NDArray[Any]:
    column: NDArray[Any] = table[name].to_numpy()
    return column
