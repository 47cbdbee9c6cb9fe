"""Tables to which entries are added, and in which no entry ever moves."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Vector

_Table = TypeVar("_Table", Vector, NDArray[np.int32])


def with_more(table: _Table, used: int, more: _Table) -> _Table:
    """Return a table (..., entry) with entries written after those in use, one after another.

    A table that is too short is copied into one that is longer by an eighth than is needed, so that
    this happens seldom.
    """
    more = more.reshape(*table.shape[:-1], -1)
    needed = used + more.shape[-1]
    if needed > table.shape[-1]:
        longer = np.empty_like(table, shape=(*table.shape[:-1], needed + needed // 8))
        longer[..., :used] = table[..., :used]
        table = longer
    table[..., used:needed] = more
    return table


def with_rows(table: _Table, used: int, rows: _Table) -> _Table:
    """Return a table (row, world) likewise, with rows written after those in use."""
    needed = used + len(rows)
    if needed > len(table):
        longer = np.empty_like(table, shape=(needed + needed // 8, table.shape[1]))
        longer[:used] = table[:used]
        table = longer
    table[used:needed] = rows
    return table
