"""Metrics: every measure summarised over the worlds, and the small table that stores them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.model.measures.registry import Measure, MeasureKind
from sim.statistics.intervals import FIXED_SAMPLE_INTERVALS, IntervalMethods

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SCALE = re.compile(r"(?:^|, )(-?\d+)(?: \w+)? to (-?\d+)")
"""The ends of a scale in a unit, such as "0 to 1" or "level, 0 none to 3 open war"."""
ColumnReader = Callable[[str], "NDArray[Any]"]


@dataclass(frozen=True)
class Metric:
    """The summary of a measure: the figures of a line of `metrics.csv`.

    Attributes:
        measure: the measure's name.
        unit: its unit.
        value: share of worlds, or mean over worlds; None where it is undefined.
        low: lower end of the 95% interval.
        high: upper end of the 95% interval.
        worlds: the number of worlds in which the measure is defined.
    """

    measure: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    worlds: int


def summarise_measures(
    measures: Iterable[Measure],
    read_column: ColumnReader,
    interval_methods: IntervalMethods = FIXED_SAMPLE_INTERVALS,
) -> list[Metric]:
    """Return the metric of each measure; `read_column` returns a column of the table of worlds."""
    return [_summarise_measure(measure, read_column, interval_methods) for measure in measures]


def _summarise_measure(
    measure: Measure, read_column: ColumnReader, interval_methods: IntervalMethods
) -> Metric:
    values = read_column(measure.name)
    if measure.given:
        values = values[read_column(measure.given)]
    worlds = len(values)
    if not worlds:
        return Metric(measure.name, measure.unit, None, None, None, 0)
    happened = measure.kind is MeasureKind.HAPPENED
    interval = (
        interval_methods.share(int(values.sum()), worlds)
        if happened
        else interval_methods.mean(values)
    )
    value, low, high = (None if isnan(x) else x for x in interval)
    low, high = _cut_at_ends(low, measure.unit), _cut_at_ends(high, measure.unit)
    return Metric(measure.name, measure.unit, value, low, high, worlds)


def _cut_at_ends(bound: float | None, unit: str) -> float | None:
    """Return an end of an interval, cut where the unit states the ends of its scale.

    Student's interval of few worlds can pass them, such as a level below "0 none".
    """
    ends = _SCALE.search(unit)
    if bound is None or ends is None:
        return bound
    return min(max(bound, float(ends[1])), float(ends[2]))


def write_metrics(file: Path, metrics: Iterable[Metric], measures: Iterable[Measure]) -> None:
    """Write a table for any spreadsheet; numbers have all digits and read back unchanged.

    Each line ends with what its measure says: its label, its group, and whether it is a headline.
    """
    _write_rows(file, _COLUMN_NAMES, map(_build_row, metrics, measures))


def read_metrics(file: Path) -> list[Metric]:
    """Return the figures of a `metrics.csv`, of any version."""
    return [metric for _, metric in read_point_metrics(file)]


def write_point_metrics(file: Path, metrics: Iterable[tuple[str, Metric, Measure]]) -> int:
    """Write the table of a sweep, whose lines start with a point; return the number of lines."""
    rows = ((point, *_build_row(metric, measure)) for point, metric, measure in metrics)
    return _write_rows(file, ["point", *_COLUMN_NAMES], rows)


def read_point_metrics(file: Path) -> list[tuple[str, Metric]]:
    """Return the lines of a sweep's `metrics.csv`, each with its point."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row.get("point", ""), _parse_metric(row)) for row in csv.DictReader(lines)]


def _build_row(metric: Metric, measure: Measure) -> tuple[object, ...]:
    return (*astuple(metric), *(getattr(measure, name) for name in _DESCRIPTION_COLUMNS))


def _write_rows(file: Path, column_names: list[str], rows: Iterable[tuple[object, ...]]) -> int:
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(column_names)
        for count, row in enumerate(rows, start=1):  # noqa: B007  the number of rows
            table.writerow(row)
    return count


def _parse_metric(row: dict[str, str]) -> Metric:
    value, low, high = (float(row[name]) if row[name] else None for name in _ESTIMATE_COLUMNS)
    return Metric(row["measure"], row["unit"], value, low, high, int(row["worlds"]))


_DESCRIPTION_COLUMNS = ("label", "group", "headline")
"""What is said of a measure beside its figures; earlier versions lack these columns."""
_COLUMN_NAMES = [*(field.name for field in fields(Metric)), *_DESCRIPTION_COLUMNS]
_ESTIMATE_COLUMNS = ("value", "low", "high")
