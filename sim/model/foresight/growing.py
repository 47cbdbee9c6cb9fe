"""Tables to which rows are added, and in which no row ever moves."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector


def with_rows(table: Vector, used: int, rows: Vector) -> Vector:
    """Return a table (..., row, world) with rows written after those in use.

    A table that is too short is copied into one of twice the length that is needed, so that this
    happens seldom; rows that are not in use take no memory.
    """
    needed = used + rows.shape[-2]
    if needed > table.shape[-2]:
        longer = np.empty((*table.shape[:-2], 2 * needed, table.shape[-1]))
        longer[..., :used, :] = table[..., :used, :]
        table = longer
    table[..., used:needed, :] = rows
    return table
