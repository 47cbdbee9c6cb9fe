"""Two rivals that face each other: in every world of a block, or in some cases.

Sides of rivalries have rows: those of the first rivalry are 0 and 1, those of the second 2 and 3,
and so on.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Vector
from sim.model.foresight.coalition import ExpectedContest
from sim.model.places import EVERYWHERE, CasePlaces, Index, Places, Who
from sim.model.theory.anchor import AidTable


class Opponents:
    """Two rivals, sides 0 and 1: those of one rivalry everywhere, or others in every case.

    Attributes:
        places: where they face each other.
        rows: row of side 0 among all sides; side 1 is the other side of the same rivalry.
        contests, chances: caches of what is expected of their contests this phase.
        advice: of what the allies of a side advise it.
        willing: of what every observer expects of the allies, by the side that attacks.
        whole: the cases of which these are a part, all foreseen together; None if of none.
    """

    def __init__(self, actors: Index, rows: Who, worlds: Index | None = None) -> None:
        """Let sides face each other.

        Args:
            actors: row of the actor on every side, (side row,).
            rows: as above; one row for every world of a block, or of each case, (case,).
            worlds: world of each case, (case,); None for every world.
        """
        self._actors = actors
        self.rows = rows
        self.places: Places = EVERYWHERE if worlds is None else CasePlaces(worlds)
        self.contests: dict[tuple[int, int, bool], ExpectedContest] = {}
        self.chances: dict[tuple[int, int], AidTable] = {}
        self.advice: dict[int, Vector] = {}
        self.willing: dict[int, tuple[Vector, Vector]] = {}
        self.whole: Opponents | None = None
        self._part = slice(None)

    def part(self, cases: slice) -> Opponents:
        """Return some of the cases in a row."""
        assert isinstance(self.places, CasePlaces)
        assert isinstance(self.rows, np.ndarray)
        some = Opponents(self._actors, self.rows[cases], self.places.worlds[cases])
        some.whole, some._part = self, cases
        return some

    def of_whole(self, chances: AidTable) -> AidTable:
        """Return of chances in the whole, (..., case), those in this part."""
        return chances[..., self._part]

    @cached_property
    def rivalry(self) -> Who:
        """Row of their rivalry."""
        return self.rows >> 1

    def row(self, side: int) -> Who:
        """Return the row of a side among all sides."""
        return self.rows ^ 1 if side else self.rows

    def actor(self, side: int) -> Who:
        """Return the row of the actor on a side."""
        return self._both[side]

    def read(self, table: NDArray[Any], side: int) -> Vector:
        """Return what a table (side row, world) holds of a side, (place,)."""
        return self.places.read(table, self.row(side))

    def read_rivalry(self, table: NDArray[Any]) -> NDArray[Any]:
        """Return what a table (rivalry, world) holds of their rivalry, (place,)."""
        return self.places.read(table, self.rivalry)

    @cached_property
    def _both(self) -> tuple[Who, Who]:
        if isinstance(self.rows, np.ndarray):
            return self._actors[self.rows], self._actors[self.rows ^ 1]
        return int(self._actors[self.rows]), int(self._actors[self.rows ^ 1])
