"""Every measure summed up over the worlds, and the small table that keeps it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields
from math import isnan
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from sim.experiment.intervals import ONE_LOOK, Intervals
from sim.model.measures import Kind, Measure

Column = Callable[[str], NDArray[Any]]


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
    found = (
        interval.share(int(values.sum()), worlds) if happened else interval.mean(values.tolist())
    )
    value, low, high = (None if isnan(x) else x for x in found)
    return Metric(measure.name, measure.unit, value, low, high, worlds)


def write_metrics(file: Path, metrics: Iterable[Metric]) -> None:
    """Write a table that any spreadsheet opens; figures in full, so that they read back alike."""
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(field.name for field in fields(Metric))
        table.writerows(astuple(metric) for metric in metrics)


def read_metrics(file: Path) -> list[Metric]:
    """Return the lines of a `metrics.csv`."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [_read(row) for row in csv.DictReader(lines)]


def _read(row: dict[str, str]) -> Metric:
    value, low, high = (float(row[name]) if row[name] else None for name in _FIGURES)
    return Metric(row["measure"], row["unit"], value, low, high, int(row["worlds"]))


_FIGURES = ("value", "low", "high")
