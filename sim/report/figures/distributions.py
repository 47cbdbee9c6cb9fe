"""How a quantity is spread over worlds, month by month, whichever tables of a run are stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.experiment.storage.faults import translate_read_errors
from sim.model.recording.month_counts import EVER
from sim.report.run_view import Run

_HISTORIES = 20
"""Worlds drawn one by one behind a fan: enough to see that none follows its edges."""


@dataclass(frozen=True)
class Spread:
    """The values of a quantity in one month, in ascending order, over worlds that have one.

    Attributes:
        month: from 1.
        values: the values that occur, (value,).
        worlds: the number of worlds with each, (value,).
    """

    month: int
    values: NDArray[np.float64]
    worlds: NDArray[np.int64]

    @property
    def count(self) -> int:
        """The number of worlds in which the quantity is defined."""
        return int(self.worlds.sum())

    @property
    def mean(self) -> float:
        """The mean over these worlds."""
        return float(self.values @ self.worlds) / self.count

    def quantiles(self, shares: list[float]) -> list[float]:
        """Return quantiles, interpolated between neighbours as numpy does by default."""
        places = (self.count - 1) * np.asarray(shares)
        below = np.floor(places).astype(np.int64)
        low, high = self._ranked(below), self._ranked(np.minimum(below + 1, self.count - 1))
        near, step = places - below, high - low
        between = np.where(near < 0.5, low + step * near, high - step * (1 - near))
        return [float(each) for each in between]

    def only(self, mask: NDArray[np.bool_]) -> Spread:
        """Return the worlds with some of the values."""
        return Spread(self.month, self.values[mask], self.worlds[mask])

    def _ranked(self, ranks: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the values at ranks from 0."""
        ranked: NDArray[np.float64] = self.values[
            np.searchsorted(np.cumsum(self.worlds), ranks, side="right")
        ]
        return ranked


@dataclass(frozen=True)
class MonthSpreads:
    """A column of the months over all worlds.

    Attributes:
        months: the spread in each month in which any world has a value.
        ever: the number of worlds in which it is other than 0 in some month.
        histories: the column in the first worlds, (world, month); NaN where it is not defined.
    """

    months: tuple[Spread, ...]
    ever: int
    histories: NDArray[np.float64]

    @cached_property
    def levels(self) -> NDArray[np.float64]:
        """All values that occur, in ascending order."""
        return np.unique(np.concatenate([np.zeros(0), *(month.values for month in self.months)]))


def read_spreads(run: Run, column: str) -> MonthSpreads:
    """Return a column of the months of a run, from the table of months or from the counts.

    Raises:
        ResultsError: a table is damaged or has no such column.
    """
    if run.results.has_table("month_counts"):
        return _read_counts(run, column)
    return spread_values(run.read_month_column(column))


def spread_values(values: NDArray[np.float64]) -> MonthSpreads:
    """Return the spreads of (world, month), without what is not defined."""
    months = tuple(
        Spread(month, *np.unique(column[np.isfinite(column)], return_counts=True))
        for month, column in enumerate(values.T, start=1)
        if np.isfinite(column).any()
    )
    ever = int((np.nan_to_num(values) != 0).any(axis=1).sum())
    return MonthSpreads(months, ever, values[:_HISTORIES])


def _read_counts(run: Run, column: str) -> MonthSpreads:
    results = run.results
    with translate_read_errors(results.folder):
        rows = pq.read_table(results.table_path("month_counts"), filters=[("column", "=", column)])
        samples = pq.read_table(results.table_path("month_samples"), columns=[column])
        histories = samples[column].to_numpy().astype(np.float64).reshape(-1, run.months)
    spreads = {spread.month: spread for spread in _split_months(rows)}
    ever = spreads.pop(EVER)
    return MonthSpreads(
        tuple(spreads.values()), ever.only(ever.values != 0).count, histories[:_HISTORIES]
    )


def _split_months(rows: Any) -> Iterator[Spread]:
    month, values, worlds = (rows[name].to_numpy() for name in ("month", "value", "worlds"))
    numbers, starts = np.unique(month, return_index=True)
    for number, first, end in zip(numbers, starts, [*starts[1:], len(month)], strict=True):
        order = first + np.argsort(values[first:end])
        yield Spread(int(number), values[order].astype(np.float64), worlds[order])
