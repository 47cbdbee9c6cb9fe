"""How the quantities of the months are spread over worlds, counted while worlds are simulated.

A million worlds have tens of millions of months, of which a picture shows quantiles. So each value
is rounded to eight binary digits (by four in a thousand at most; whole numbers to 256 are exact),
and the worlds with each value are counted. Counts of blocks add up to those of the whole, whatever
the blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.recording.history import Coded, Columns, History

EVER = 0
"""The month of the counts of worlds in which a quantity is ever other than 0: value 1, else 0."""
SAMPLED_WORLDS = 20
"""Worlds whose months are recorded one by one where those of the others are counted."""
_KEYS = ("world", "month")
_UNDEFINED = 0x7FC0
_ONE = 0x3F80
"""How not-a-number and 1 are rounded: the upper half of a float of 32 bits."""
Rounded = NDArray[np.uint16]


class MonthCounter:
    """Counts worlds by the rounded value of every quantity in every month."""

    def __init__(self) -> None:
        self._months: list[Rounded] = []
        self._names: list[str] = []

    def add(self, record: Mapping[str, NDArray[Any]]) -> None:
        """Add the record of a month: one row per world, in columns."""
        self._names = [name for name in record if name not in _KEYS]
        values = np.empty((len(self._names), len(record["world"])), dtype=np.float32)
        for row, name in zip(values, self._names, strict=True):
            row[:] = record[name]
        self._months.append(round_values(values))

    def columns(self) -> tuple[Columns, dict[str, Coded]]:
        """Return the counts, ordered by column, month and value as they are rounded, and the codes.

        `column`: name of the quantity; `month`: from 1, or `EVER`; `value`, `worlds`: the number of
        worlds with that value. Worlds in which a quantity is not defined are not counted.
        """
        if not self._months:
            return {}, {}
        months = np.stack([self._ever(), *self._months], axis=1)
        months.sort(axis=-1, kind="stable")  # of 16 bits: by radix, in linear time
        starts = np.ones(months.shape, dtype=bool)
        starts[..., 1:] = months[..., 1:] != months[..., :-1]
        at = np.flatnonzero(starts)
        counts, rounded = np.diff(at, append=months.size), months.ravel()[at]
        defined = rounded != _UNDEFINED
        at, counts, rounded = at[defined], counts[defined], rounded[defined]
        place, month = np.divmod(at // months.shape[-1], months.shape[1])
        names = Coded(place.astype(np.int32), tuple(self._names))
        columns = {
            "column": names.texts(),
            "month": month.astype(np.int16),
            "value": restore_values(rounded),
            "worlds": counts.astype(np.int64),
        }
        return columns, {"column": names}

    def _ever(self) -> Rounded:
        """Return 1 where a quantity is other than 0 in any month, as it is rounded."""
        some = [(month != 0) & (month != _UNDEFINED) for month in self._months]
        return np.where(np.logical_or.reduce(some), np.uint16(_ONE), np.uint16(0))


def count_months(history: History, first: int) -> History:
    """Return a history with its months counted, if the engine has recorded them one by one.

    `first` is the number of the first world of the block.
    """
    if history.month_counts or not history.months:
        return history
    count = np.count_nonzero(history.months["month"] == history.months["month"][0])
    table = {name: values.reshape(count, -1) for name, values in history.months.items()}
    counter = MonthCounter()
    for month in range(next(iter(table.values())).shape[1]):
        counter.add({name: values[:, month] for name, values in table.items()})
    counts, codes = counter.columns()
    sampled = max(0, SAMPLED_WORLDS - first)
    samples = {name: values[:sampled].ravel() for name, values in table.items()}
    return replace(history, codes=codes, month_counts=counts, month_samples=samples)


def round_values(values: NDArray[np.float32]) -> Rounded:
    """Return the nearest values with eight binary digits, ties to even, as their upper halves."""
    bits = (values + np.float32(0)).view(np.uint32)  # of -0 makes 0
    rounded = ((bits + (0x7FFF + ((bits >> 16) & 1))) >> 16).astype(np.uint16)
    rounded[np.isnan(values)] = _UNDEFINED
    return rounded


def restore_values(rounded: Rounded) -> NDArray[np.float32]:
    """Return rounded values as numbers."""
    return (rounded.astype(np.uint32) << 16).view(np.float32)
