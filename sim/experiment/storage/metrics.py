"""Every measure summed up over the worlds, and the small table that keeps it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.model.measures.registry import Kind, Measure
from sim.statistics.intervals import ONE_LOOK, Intervals

if TYPE_CHECKING:
    from numpy.typing import NDArray

Column = Callable[[str], "NDArray[Any]"]


@dataclass(frozen=True)
class Metric:
    """One line of `metrics.csv`.

    Attributes:
        measure: the measure's name.
        unit: what it counts.
        value: share of worlds, or mean over worlds; None where there is none to speak of.
        low: lower end of the 95 % interval.
        high: upper end of the 95 % interval.
        worlds: how many worlds it is taken over.
    """

    measure: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    worlds: int


def summed_up(
    measures: Iterable[Measure], column: Column, interval: Intervals = ONE_LOOK
) -> list[Metric]:
    """Return the metric of each measure; `column` gives a column of the table of worlds."""
    return [_metric(measure, column, interval) for measure in measures]


def _metric(measure: Measure, column: Column, interval: Intervals) -> Metric:
    values = column(measure.name)
    if measure.given:
        values = values[column(measure.given)]
    worlds = len(values)
    if not worlds:
        return Metric(measure.name, measure.unit, None, None, None, 0)
    happened = measure.kind is Kind.HAPPENED
    found = interval.share(int(values.sum()), worlds) if happened else interval.mean(values)
    value, low, high = (None if isnan(x) else x for x in found)
    return Metric(measure.name, measure.unit, value, low, high, worlds)


def write_metrics(file: Path, metrics: Iterable[Metric]) -> None:
    """Write a table that any spreadsheet opens; figures in full, so that they read back alike."""
    _write(file, _NAMES, map(astuple, metrics))


def read_metrics(file: Path) -> list[Metric]:
    """Return the lines of a `metrics.csv`."""
    return [metric for _, metric in read_point_metrics(file)]


def write_point_metrics(file: Path, metrics: Iterable[tuple[str, Metric]]) -> int:
    """Write the table of a sweep, whose lines begin with a point, and return their number."""
    return _write(
        file, ["point", *_NAMES], ((point, *astuple(metric)) for point, metric in metrics)
    )


def read_point_metrics(file: Path) -> list[tuple[str, Metric]]:
    """Return the lines of a sweep's `metrics.csv`, each with its point."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row.get("point", ""), _read(row)) for row in csv.DictReader(lines)]


def _write(file: Path, names: list[str], rows: Iterable[tuple[object, ...]]) -> int:
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(names)
        for count, row in enumerate(rows, start=1):  # noqa: B007  it is the number of rows
            table.writerow(row)
    return count


def _read(row: dict[str, str]) -> Metric:
    value, low, high = (float(row[name]) if row[name] else None for name in _FIGURES)
    return Metric(row["measure"], row["unit"], value, low, high, int(row["worlds"]))


_NAMES = [field.name for field in fields(Metric)]
_FIGURES = ("value", "low", "high")
