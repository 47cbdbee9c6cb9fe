"""Tables to which rows are added, and in which no row ever moves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Vector


def with_rows(table: Vector, used: int, rows: Sequence[NDArray[np.float64] | float]) -> Vector:
    """Return a table (row, world) with rows written after those in use.

    A table that is too short is copied into one of twice the length, so that this happens seldom.
    """
    if used + len(rows) > len(table):
        longer = np.empty((max(2 * used, used + len(rows)), table.shape[1]))
        longer[:used] = table[:used]
        table = longer
    for row, values in enumerate(rows, start=used):
        table[row] = values
    return table
