"""How the quantities of the months are spread over worlds, counted while worlds are simulated.

A million worlds have tens of millions of months, of which a picture shows quantiles. So each value
is rounded to eight binary digits (by four in a thousand at most; whole numbers to 256 are exact),
and the worlds with each value are counted. Counts of blocks add up to those of the whole, whatever
the blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.recording.history import Coded, Columns, History

EVER = 0
"""The month of the counts of worlds in which a quantity is ever other than 0: value 1, else 0."""
SAMPLED_WORLDS = 20
"""Worlds whose months are recorded one by one where those of the others are counted."""
_KEYS = ("world", "month")
_SIZE, _INFINITE, _ONE = 0x7FFF, 0x7F80, 0x3F80
"""Of the upper half of a float of 32 bits: all but the sign; infinity, above which nothing is a
number; and 1."""
Rounded = NDArray[np.uint16]


class MonthCounter:
    """Counts worlds by the rounded value of every quantity in every month."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._months: list[int] = []
        self._counted: list[_Counted] = []
        self._ever = np.zeros((0, 0), dtype=bool)

    def add(self, record: Mapping[str, NDArray[Any]]) -> None:
        """Add the record of a month: one row per world, in columns."""
        if not self._months:
            self._names = [name for name in record if name not in _KEYS]
            self._ever = np.zeros((len(self._names), len(record["world"])), dtype=bool)
        values = np.empty(self._ever.shape, dtype=np.float32)
        for row, name in zip(values, self._names, strict=True):
            row[:] = record[name]
        rounded = round_values(values)
        sizes = rounded & _SIZE
        sizes -= 1  # of 0 makes the largest
        self._ever |= sizes < _INFINITE  # neither 0 nor undefined
        self._months.append(int(record["month"][0]))
        self._counted.append(_count(rounded))

    def columns(self) -> tuple[Columns, dict[str, Coded]]:
        """Return the counts, ordered by month, column and value as they are rounded, and the codes.

        `column`: name of the quantity; `month`: from 1, or `EVER`; `value`, `worlds`: the number of
        worlds with that value. Worlds in which a quantity is not defined are not counted.
        """
        if not self._months:
            return {}, {}
        ever = _count(np.where(self._ever, np.uint16(_ONE), np.uint16(0)))
        months = np.repeat(
            [EVER, *self._months], [len(each.rounded) for each in (ever, *self._counted)]
        )
        place, rounded, worlds = map(np.concatenate, zip(ever, *self._counted, strict=True))
        defined = rounded & _SIZE <= _INFINITE
        names = Coded(place[defined].astype(np.int32), tuple(self._names))
        columns = {
            "column": names.texts(),
            "month": months[defined].astype(np.int16),
            "value": restore_values(rounded[defined]),
            "worlds": worlds[defined].astype(np.int64),
        }
        return columns, {"column": names}


class _Counted(NamedTuple):
    """Counts of one month: place of the column, rounded value, worlds, (row,) each."""

    place: NDArray[np.uint32]
    rounded: Rounded
    worlds: NDArray[np.int64]


def _count(rounded: Rounded) -> _Counted:
    """Count the worlds with each value of each column, given (column, world).

    Most columns have one value in most worlds. Only worlds that differ from the first are sorted.
    """
    places: NDArray[np.uint32] = np.arange(len(rounded), dtype=np.uint32)
    first = rounded[:, 0]
    differs = rounded != first[:, None]
    keys = ((places << 16)[:, None] | rounded)[differs]
    keys.sort()
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint32(1)))
    like_first = rounded.shape[1] - np.count_nonzero(differs, axis=1)
    all_keys = np.concatenate([(places << 16) | first, keys[starts]])
    worlds = np.concatenate([like_first, np.diff(starts, append=len(keys))])
    order = np.argsort(all_keys)
    all_keys = all_keys[order]
    return _Counted(
        (all_keys >> 16).astype(np.uint32), (all_keys & 0xFFFF).astype(np.uint16), worlds[order]
    )


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
    half = bits >> 16
    half &= 1  # is the last digit odd?
    half += 0x7FFF
    bits += half
    bits >>= 16
    return bits.astype(np.uint16)


def restore_values(rounded: Rounded) -> NDArray[np.float32]:
    """Return rounded values as numbers."""
    return (rounded.astype(np.uint32) << 16).view(np.float32)
