"""In which worlds each ally is one: there it has a cell, an entry in the tables of all allies.

So a pact that one world signs adds one entry to each table, and not one for every world.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask
from sim.model.foresight.growing import with_rows
from sim.model.places import CasePlaces, Index, Places

NOBODY = 0
"""The row of nobody, and its cell: that of an ally in worlds in which it is none."""


class AlliedCases(NamedTuple):
    """Allies, each in one world, one ally after another.

    Attributes:
        rows: rows of the allies, (case,).
        worlds: the worlds, (case,).
    """

    rows: Index
    worlds: Index

    def part(self, which: Mask) -> AlliedCases:
        """Return some of the cases."""
        return AlliedCases(self.rows[which], self.worlds[which])


class AlliedCells:
    """The cells of allies, numbered in the order in which they become allies.

    Attributes:
        used: how many are in use; the first is that of nobody.
    """

    def __init__(self, count: int) -> None:
        """Let there be no ally, in so many worlds."""
        self._cells = np.zeros((1, count), dtype=np.int32)  # half the memory of an index
        self._rows = self.used = 1

    def read(self, rows: Index, at: Places) -> Index:
        """Return the cells of allies by their rows, (ally, place)."""
        return at.read(self._cells, rows).astype(np.intp)

    def add_rows(self, rows: int) -> None:
        """Add allies that are none in any world, so many."""
        nobody = np.zeros_like(self._cells, shape=(rows, self._cells.shape[1]))
        self._cells = with_rows(self._cells, self._rows, nobody)
        self._rows += rows

    def find_changes(self, cases: AlliedCases, allied: Mask) -> tuple[AlliedCases, AlliedCases]:
        """Return in which cases some become allies, and in which they are allies no longer.

        Args:
            cases: allies in some worlds.
            allied: in which of these they are allies now, (case,).
        """
        were = self._cells[cases] != NOBODY
        return cases.part(allied & ~were), cases.part(were & ~allied)

    def end(self, cases: AlliedCases) -> None:
        """Let allies be ones no longer in some worlds."""
        self._cells[cases] = NOBODY

    def add(self, rows: Index, at: Places) -> None:
        """Let allies be allies in every world, (ally,), or one in each case, (case,)."""
        places = (rows, at.worlds) if isinstance(at, CasePlaces) else (rows,)
        added = self._cells[places]
        self._cells[places] = self.used + np.arange(added.size).reshape(added.shape)
        self.used += added.size
