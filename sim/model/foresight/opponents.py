"""Two rivals that face each other: in every world of a block, or in some cases.

Sides of rivalries have rows: those of the first rivalry are 0 and 1, those of the second 2 and 3,
and so on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Vector
from sim.model.places import EVERYWHERE, CasePlaces, Cases, Index, Places, Who, in_cases


class Divisible(Protocol):
    """What is known in several cases, and so in some of them."""

    def part(self, cases: Cases) -> Self:
        """Return the same in some of the cases."""


_Known = TypeVar("_Known", bound=Divisible)


class Opponents:
    """Two rivals, sides 0 and 1: those of one rivalry everywhere, or others in every case.

    Attributes:
        places: where they face each other.
        rows: row of side 0 among all sides; side 1 is the other side of the same rivalry.
        advice: cache of what the allies of a side advise it.
        whole: the cases of which these are a part; None if of none.
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
        self.advice: dict[int, Vector] = {}
        self.whole: Opponents | None = None
        self._part: Cases = slice(None)
        self._known: dict[object, Any] = {}

    def part(self, cases: Cases) -> Opponents:
        """Return some of the cases, in which what is known of the whole is known."""
        assert isinstance(self.places, CasePlaces)
        assert isinstance(self.rows, np.ndarray)
        worlds = in_cases(self.places.worlds, cases)
        some = Opponents(self._actors, in_cases(self.rows, cases), worlds)
        some.whole, some._part = self, cases
        return some

    def recall(self, key: object, find: Callable[[], _Known]) -> _Known:
        """Return what is known under a key, of these or of the whole; else find it."""
        if key not in self._known:
            known = None if self.whole is None else self.whole._known.get(key)
            self._known[key] = find() if known is None else known.part(self._part)
        found: _Known = self._known[key]
        return found

    @cached_property
    def rivalry(self) -> Who:
        """Row of their rivalry."""
        return self.rows >> 1

    def row(self, side: int) -> Who:
        """Return the row of a side among all sides."""
        return self._sides[side]

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
    def _sides(self) -> tuple[Who, Who]:
        return self.rows, self.rows ^ 1

    @cached_property
    def _both(self) -> tuple[Who, Who]:
        if isinstance(self.rows, np.ndarray):
            return self._actors[self.rows], self._actors[self.rows ^ 1]
        return int(self._actors[self.rows]), int(self._actors[self.rows ^ 1])
