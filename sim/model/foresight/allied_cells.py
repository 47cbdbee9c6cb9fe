"""In which worlds each ally is one: there it has a cell, an entry in the tables of all allies.

So a pact that one world signs adds one entry to each table, and not one for every world.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.model.arrays import Mask, rows_in_any_world
from sim.model.foresight.growing import with_rows
from sim.model.places import CasePlaces, Index, Places

NOBODY = 0
"""The row of nobody, and its cell: that of an ally in worlds in which it is none."""
_Worlds = dict[int, Index]
"""Some worlds of each of several allies, by their rows."""


class AlliedCells:
    """The cells of allies, numbered in the order in which they become allies.

    Attributes:
        used: how many are in use; the first is that of nobody.
    """

    def __init__(self, count: int) -> None:
        """Let there be no ally, in so many worlds."""
        self._cells: Index = np.zeros((1, count), dtype=np.intp)
        self._rows = self.used = 1

    def read(self, rows: Index, at: Places) -> Index:
        """Return the cells of allies by their rows, (ally, place)."""
        return at.read(self._cells, rows)

    def add_rows(self, rows: int) -> None:
        """Add allies that are none in any world, so many."""
        nobody = np.zeros_like(self._cells, shape=(rows, self._cells.shape[1]))
        self._cells = with_rows(self._cells, self._rows, nobody)
        self._rows += rows

    def find_changes(self, found: Mapping[int, Mask]) -> tuple[_Worlds, _Worlds]:
        """Return where some become allies, and where they are allies no longer, by row.

        Args:
            found: where each is an ally now, (world,), by its row.
        """
        rows = list(found)
        before = self._cells[rows] != NOBODY
        now = np.array([*found.values()], dtype=bool).reshape(before.shape)
        return _by_row(rows, now & ~before), _by_row(rows, before & ~now)

    def end(self, row: int, worlds: Index) -> None:
        """Let an ally be one no longer in some worlds, (case,)."""
        self._cells[row, worlds] = NOBODY

    def add(self, rows: Index, at: Places) -> None:
        """Let allies be allies in every world, (ally,), or one in each case, (case,)."""
        places = (rows, at.worlds) if isinstance(at, CasePlaces) else (rows,)
        added = self._cells[places]
        self._cells[places] = self.used + np.arange(added.size).reshape(added.shape)
        self.used += added.size


def _by_row(rows: Sequence[int], where: Mask) -> _Worlds:
    """Return the worlds in which each is true, (ally, world), by its row, if it is in any."""
    return {rows[each]: where[each].nonzero()[0] for each in rows_in_any_world(where)}
