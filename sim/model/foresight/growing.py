"""Tables to which entries are added, and in which no entry ever moves."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from sim.model.arrays import Vector
from sim.model.places import Index

_Table = TypeVar("_Table", Vector, Index)


def with_more(table: _Table, used: int, more: _Table) -> _Table:
    """Return a table (..., entry) with entries written after those in use, one after another.

    A table that is too short is copied into one of twice the length that is needed, so that this
    happens seldom; entries that are not in use take no memory.
    """
    more = more.reshape(*table.shape[:-1], -1)
    needed = used + more.shape[-1]
    if needed > table.shape[-1]:
        longer = np.empty_like(table, shape=(*table.shape[:-1], 2 * needed))
        longer[..., :used] = table[..., :used]
        table = longer
    table[..., used:needed] = more
    return table


def with_rows(table: _Table, used: int, rows: _Table) -> _Table:
    """Return a table (row, world) likewise, with rows written after those in use."""
    worlds = table.shape[1]
    return with_more(table.reshape(-1), used * worlds, rows).reshape(-1, worlds)
