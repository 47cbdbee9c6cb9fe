"""Renders a comparison as tables: rows for a spreadsheet, a data frame or a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.analysis.choices.of_runs import RunChoices
from sim.analysis.choices.tables import CHOICE_COLUMNS, choice_rows
from sim.analysis.comparison.compare import MeasureDifference, RunComparison, RunPair
from sim.analysis.comparison.differing_input import Absent
from sim.experiment.storage.atomic import atomic_folder, require_absent
from sim.scenario.schema.quantity import FrozenModel, Quantity
from sim.statistics.paired import FourWay

ComparisonRow = dict[str, object]
FOUR_WAY_KINDS = ("both", "added", "averted", "neither")


_ARROW_TYPES = {
    "text": pa.string(),
    "number": pa.float64(),
    "count": pa.int64(),
    "fact": pa.bool_(),
}


def _parse_schema(columns: str) -> pa.Schema:
    """Return a schema from words such as `worlds:count`."""
    pairs = (column.split(":") for column in columns.split())
    return pa.schema([(name, _ARROW_TYPES[kind]) for name, kind in pairs])


_INPUT_SCHEMA = _parse_schema(
    "key:text meaning:text side:text text:text value:number low:number high:number unit:text"
)
_MEASURE_SCHEMA = _parse_schema(
    "measure:text label:text unit:text side:text folder:text "
    "value:number low:number high:number worlds:count"
)
_DIFFERENCE_SCHEMA = _parse_schema(
    "measure:text label:text unit:text with:text without:text paired:fact worlds:count "
    "difference:number low:number high:number same_in_every_world:fact times_fewer_worlds:number "
    + " ".join(f"{kind}:count {kind}_low:number {kind}_high:number" for kind in FOUR_WAY_KINDS)
)


_CHOICE_SCHEMA = _parse_schema(f"with:text without:text pairs:count {CHOICE_COLUMNS}")


def side_letter(index: int) -> str:
    """Return the label of a run in tables: A, B, C and so on."""
    return chr(ord("A") + index) if index < 26 else str(index + 1)


def input_rows(comparison: RunComparison) -> Iterator[ComparisonRow]:
    """Yield one row for each key and run where the scenarios differ."""
    for differing in comparison.inputs:
        for index, value in enumerate(differing.values):
            yield {
                "key": differing.key,
                "meaning": differing.meaning,
                "side": side_letter(index),
                "text": _value_text(value),
                **_number_cells(value),
            }


def measure_rows(comparison: RunComparison) -> Iterator[ComparisonRow]:
    """Yield one row for each measure and run."""
    for measure in comparison.measures:
        for index, side in enumerate(comparison.sides):
            metric = side.metrics[measure.name]
            yield {
                "measure": measure.name,
                "label": measure.label,
                "unit": measure.unit,
                "side": side_letter(index),
                "folder": str(side.path),
                "value": metric.value,
                "low": metric.low,
                "high": metric.high,
                "worlds": metric.worlds,
            }


def difference_rows(comparison: RunComparison) -> Iterator[ComparisonRow]:
    """Yield one row for each measure and pair of runs; `with` minus `without`."""
    for pair in comparison.pairs:
        for difference in pair.differences:
            yield _difference_row(pair, difference)


def run_choice_rows(choices: Sequence[RunChoices]) -> Iterator[ComparisonRow]:
    """Yield the rows of what differs in choices, for each pair of runs."""
    for pair in choices:
        sides = {
            "with": side_letter(pair.pair.other_index),
            "without": side_letter(pair.pair.base_index),
            "pairs": pair.pairs,
        }
        for row in choice_rows(pair.effects):
            yield sides | row


def write_comparison(
    folder: Path, comparison: RunComparison, choices: Sequence[RunChoices] = ()
) -> None:
    """Write the tables into a new folder, each as CSV and as Parquet.

    What differs in choices is a table of its own where it was computed.

    Raises:
        RequestError: the folder already exists.
        ResultsError: it cannot be written.
    """
    require_absent(folder, "name another folder", "--out")
    tables = {
        "inputs": (_INPUT_SCHEMA, input_rows(comparison)),
        "measures": (_MEASURE_SCHEMA, measure_rows(comparison)),
        "differences": (_DIFFERENCE_SCHEMA, difference_rows(comparison)),
        **({"choices": (_CHOICE_SCHEMA, run_choice_rows(choices))} if choices else {}),
    }
    with atomic_folder(folder) as draft:
        for name, (schema, rows) in tables.items():
            _write_table(draft / name, schema, list(rows))


def _value_text(value: object) -> str | None:
    """Return a value as written in a file; None where there is none."""
    match value:
        case Absent():
            return None
        case Quantity():
            return f"{value.value:g}"
        case tuple() | list() | dict():
            return "; ".join(map(str, value))
        case FrozenModel():
            return "a table"
        case _:
            return str(value)


def _number_cells(value: object) -> ComparisonRow:
    names = ("value", "low", "high", "unit")
    return {name: getattr(value, name) if isinstance(value, Quantity) else None for name in names}


def _difference_row(pair: RunPair, difference: MeasureDifference) -> ComparisonRow:
    change = difference.change
    return {
        "measure": difference.measure.name,
        "label": difference.measure.label,
        "unit": difference.measure.unit,
        "with": side_letter(pair.other_index),
        "without": side_letter(pair.base_index),
        "paired": pair.paired,
        "worlds": difference.worlds,
        "difference": _finite_or_none(change.value),
        "low": _finite_or_none(change.low),
        "high": _finite_or_none(change.high),
        "same_in_every_world": difference.identical if pair.paired else None,
        "times_fewer_worlds": _finite_or_none(difference.efficiency),
        **_four_way_cells(difference.four_way),
    }


def _four_way_cells(four_way: FourWay | None) -> ComparisonRow:
    row: ComparisonRow = {}
    for kind in FOUR_WAY_KINDS:
        share = four_way.share(kind) if four_way else None
        row |= {
            kind: getattr(four_way, kind) if four_way else None,
            f"{kind}_low": share.low if share else None,
            f"{kind}_high": share.high if share else None,
        }
    return row


def _finite_or_none(value: float | None) -> float | None:
    """Return a number if it is finite; None otherwise."""
    return value if value is not None and isfinite(value) else None


def _write_table(file: Path, schema: pa.Schema, rows: list[ComparisonRow]) -> None:
    """Write rows as `file`.csv and `file`.parquet."""
    with file.with_suffix(".csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, schema.names, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    pq.write_table(pa.Table.from_pylist(rows, schema), file.with_suffix(".parquet"))
