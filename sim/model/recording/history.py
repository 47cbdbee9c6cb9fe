"""The history of a block of worlds: tables as columns, ready to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class History:
    """The history of a block of worlds, as three tables of equally long columns.

    Attributes:
        worlds: one row per world: `world`, then one column per measure.
        months: one row per world and month: `world`, `month` (from 1), then the state at its end.
        events: one row per event: `world`, `month`, `event`, `actor`, `towards`, `subject` (the
            treaty or rivalry it concerns), `level`; in order of world, month and occurrence.
    """

    worlds: Columns
    months: Columns
    events: Columns


def rows(columns: Columns) -> int:
    """Return the number of rows of a table."""
    return int(np.size(next(iter(columns.values())))) if columns else 0
