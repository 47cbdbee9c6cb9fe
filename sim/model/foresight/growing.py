"""Tables to which rows are added, and in which no row ever moves."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector


def with_rows(table: Vector, used: int, rows: Vector) -> Vector:
    """Return a table (..., row, world) with rows written after those in use.

    A table that is too short is copied into one of twice the length, so that this happens seldom.
    """
    needed = used + rows.shape[-2]
    if needed > table.shape[-2]:
        longer = np.empty((*table.shape[:-2], max(2 * used, needed), table.shape[-1]))
        longer[..., :used, :] = table[..., :used, :]
        table = longer
    table[..., used:needed, :] = rows
    return table
