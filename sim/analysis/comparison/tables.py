"""A comparison as tables: rows for a spreadsheet, a data frame, or a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.analysis.comparison.compare import Comparison, Difference, Pair
from sim.analysis.comparison.inputs import Absent
from sim.errors import ResultsError
from sim.experiment.storage.atomic import becoming
from sim.scenario.schema.quantity import Frozen, Quantity
from sim.statistics.paired import FourWay

Row = dict[str, object]
KINDS = ("both", "provoked", "deterred", "neither")


_TYPES = {"text": pa.string(), "number": pa.float64(), "count": pa.int64(), "fact": pa.bool_()}


def _schema(columns: str) -> pa.Schema:
    """Return a schema from words such as `worlds:count`."""
    parted = (column.partition(":") for column in columns.split())
    return pa.schema([(name, _TYPES[kind]) for name, _, kind in parted])


INPUTS = _schema(
    "key:text meaning:text side:text text:text value:number low:number high:number unit:text"
)
MEASURES = _schema(
    "measure:text label:text unit:text side:text folder:text "
    "value:number low:number high:number worlds:count"
)
DIFFERENCES = _schema(
    "measure:text label:text unit:text with:text without:text paired:fact worlds:count "
    "difference:number low:number high:number same_in_every_world:fact times_fewer_worlds:number "
    + " ".join(f"{kind}:count {kind}_low:number {kind}_high:number" for kind in KINDS)
)


def letter(place: int) -> str:
    """Return what a run is called in tables: A, B, C and so on."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def input_rows(comparison: Comparison) -> Iterator[Row]:
    """Yield one row for each key and run where the scenarios differ."""
    for one in comparison.inputs:
        for place, value in enumerate(one.values):
            yield {
                "key": one.key,
                "meaning": one.meaning,
                "side": letter(place),
                "text": _text(value),
                **_number(value),
            }


def measure_rows(comparison: Comparison) -> Iterator[Row]:
    """Yield one row for each measure and run."""
    for measure in comparison.shown:
        for place, side in enumerate(comparison.sides):
            metric = side.metrics[measure.name]
            yield {
                "measure": measure.name,
                "label": measure.label,
                "unit": measure.unit,
                "side": letter(place),
                "folder": str(side.folder),
                "value": metric.value,
                "low": metric.low,
                "high": metric.high,
                "worlds": metric.worlds,
            }


def difference_rows(comparison: Comparison) -> Iterator[Row]:
    """Yield one row for each measure and pair of runs; `with` minus `without`."""
    for pair in comparison.pairs:
        for difference in pair.differences:
            yield _difference_row(pair, difference)


def check_free(folder: Path) -> None:
    """See to it that nothing is written over.

    Raises:
        ResultsError: something is there already.
    """
    if folder.exists():
        raise ResultsError(f"--out {folder}: is there already; name another folder")


def write_comparison(folder: Path, comparison: Comparison) -> None:
    """Write the tables into a new folder, each as CSV and as Parquet.

    Raises:
        ResultsError: the folder is there already or cannot be written.
    """
    check_free(folder)
    tables = {
        "inputs": (INPUTS, input_rows(comparison)),
        "measures": (MEASURES, measure_rows(comparison)),
        "differences": (DIFFERENCES, difference_rows(comparison)),
    }
    with becoming(folder) as draft:
        for name, (schema, rows) in tables.items():
            _write(draft / name, schema, list(rows))


def _text(value: object) -> str | None:
    """Return a value as a file would say it; nothing where there is none."""
    match value:
        case Absent():
            return None
        case Quantity():
            return f"{value.value:g}"
        case tuple() | list() | dict():
            return "; ".join(map(str, value))
        case Frozen():
            return "a table"
        case _:
            return str(value)


def _number(value: object) -> Row:
    names = ("value", "low", "high", "unit")
    return {name: getattr(value, name) if isinstance(value, Quantity) else None for name in names}


def _difference_row(pair: Pair, difference: Difference) -> Row:
    change = difference.change
    return {
        "measure": difference.measure.name,
        "label": difference.measure.label,
        "unit": difference.measure.unit,
        "with": letter(pair.other),
        "without": letter(pair.base),
        "paired": pair.paired,
        "worlds": difference.worlds,
        "difference": _cell(change.value),
        "low": _cell(change.low),
        "high": _cell(change.high),
        "same_in_every_world": difference.same if pair.paired else None,
        "times_fewer_worlds": _cell(difference.fewer),
        **_four_cells(difference.four),
    }


def _four_cells(four: FourWay | None) -> Row:
    row: Row = {}
    for kind in KINDS:
        share = four.share(kind) if four else None
        row |= {
            kind: getattr(four, kind) if four else None,
            f"{kind}_low": share.low if share else None,
            f"{kind}_high": share.high if share else None,
        }
    return row


def _cell(value: float | None) -> float | None:
    """Return a figure, or nothing where it is none; what needs no worlds at all stays empty too."""
    return value if value is not None and isfinite(value) else None


def _write(file: Path, schema: pa.Schema, rows: list[Row]) -> None:
    """Write rows as `file`.csv and `file`.parquet."""
    with file.with_suffix(".csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, schema.names, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    pq.write_table(pa.Table.from_pylist(rows, schema), file.with_suffix(".parquet"))
