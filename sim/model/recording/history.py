"""The history of a block of worlds: tables as columns, ready to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]


class Coded(NamedTuple):
    """A column of texts as numbers.

    Attributes:
        numbers: the place of each row's text in the legend, (row,).
        legend: the texts.
    """

    numbers: NDArray[np.int32]
    legend: tuple[str, ...]

    def texts(self) -> NDArray[Any]:
        """Return the text of each row, (row,)."""
        return np.array(self.legend or ("",), dtype=object)[self.numbers]


@dataclass(frozen=True)
class History:
    """The history of a block of worlds, as tables of equally long columns.

    Attributes:
        worlds: one row per world: `world`, then one column per measure.
        months: one row per world and month: `world`, `month` (from 1), then the state at its end.
        events: one row per event: `world`, `month`, `event`, `actor`, `towards`, `subject` (the
            treaty or rivalry it concerns), `level`; in order of world, month and occurrence.
        codes: the texts of events and counts once more, as numbers, by column; empty if unknown.
        month_counts: in place of months, how many worlds have each value: see `month_counts`.
        month_samples: in place of months, those of the first worlds of the scenario.
    """

    worlds: Columns
    months: Columns
    events: Columns
    codes: dict[str, Coded] = field(default_factory=dict, kw_only=True)
    month_counts: Columns = field(default_factory=dict, kw_only=True)
    month_samples: Columns = field(default_factory=dict, kw_only=True)


def rows(columns: Columns) -> int:
    """Return the number of rows of a table."""
    return int(np.size(next(iter(columns.values())))) if columns else 0
