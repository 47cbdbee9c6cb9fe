"""Where numbers are read: in every world of a block, or in one world for each of some cases.

A rule is written as if for one world. Its arguments are read at *places*: in all worlds of a block
for one actor or pair, so that an index says who; or in cases, one decision in one world each, where
every case has its own actor and its own world. Either way the last axis of what is read is over
places, and sums in a place are the same to the last bit.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask

Index = NDArray[np.intp]
Cases = slice | Index
"""Some of several cases: those in a row, or by their places."""
_Number = TypeVar("_Number", np.float64, np.intp)
Who = int | Index
"""Who, as a row of an array over actors, sides or allies: one for all places, or of each place."""


def in_cases(values: NDArray[_Number], cases: Cases) -> NDArray[_Number]:
    """Return what values, (..., case), are in some of the cases."""
    if isinstance(cases, slice):
        return values[..., cases]
    return values.take(cases, axis=-1)  # for several axes a third of the time of an index


class Places:
    """Every world of a block. Who is read is one row, or some rows: (row, place) is read then."""

    def of(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return what a vector (world,) or a table (..., world) holds at these places."""
        return values

    def read(self, table: NDArray[Any], who: Who) -> NDArray[Any]:
        """Return what a table (..., row, world) holds of `who`; the last axis is over places."""
        read: NDArray[Any] = table[..., who, :]
        return read

    def pick(self, values: NDArray[Any], who: Who) -> NDArray[Any]:
        """Return what values read at these places, (row, place), are of `who`, (place,)."""
        picked: NDArray[Any] = values[who]
        return picked

    def spread(self, facts: Any) -> NDArray[Any]:
        """Return facts about who that are the same in every world, to be combined with the rest."""
        return np.asarray(facts)[..., None]

    def read_pair(self, table: NDArray[Any], who: Who, other: Who) -> NDArray[Any]:
        """Return what a table (actor, other, world) holds of two actors."""
        read: NDArray[Any] = table[who, other]
        return read

    def find_pair(self, matrix: Index, who: Who, other: Who) -> Who:
        """Return what a matrix (actor, other), the same in every world, holds of two actors."""
        found: Index = matrix[who, other]
        return found

    def matches(self, facts: Any) -> Mask | None:
        """Return where a fact about who holds, or None where it holds nowhere."""
        return self.spread(facts) if np.any(facts) else None


class CasePlaces(Places):
    """One world for each of some cases; who is read is of each case, (case,) or (row, case).

    Where rows stand in tables is found once for the actors who are read, since several tables are
    read of the same: an array that says who must not be changed afterwards.
    """

    def __init__(self, worlds: Index) -> None:
        """Read in the world of each case, (case,)."""
        self.worlds = worlds
        self._places: dict[tuple[int, int], tuple[Who, Index]] = {}
        self._pairs: dict[tuple[int, int, int], tuple[Who, Who, Index]] = {}

    def of(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return what a vector (world,) or a table (..., world) holds at these places."""
        return values.take(self.worlds, axis=-1)

    def read(self, table: NDArray[Any], who: Who) -> NDArray[Any]:
        """Return what a table (..., row, world) holds of `who`; the last axis is over places."""
        flat = table.reshape(*table.shape[:-2], -1)
        return flat.take(self._places_of(who, table.shape[-1]), axis=-1)

    def pick(self, values: NDArray[Any], who: Who) -> NDArray[Any]:
        """Return what values read at these places, (row, place), are of `who`, (place,)."""
        picked: NDArray[Any] = values[who, np.arange(len(self.worlds))]
        return picked

    def spread(self, facts: Any) -> NDArray[Any]:
        """Return facts about who that are the same in every world, to be combined with the rest."""
        return np.asarray(facts)

    def read_pair(self, table: NDArray[Any], who: Who, other: Who) -> NDArray[Any]:
        """Return what a table (actor, other, world) holds of two actors."""
        rows = self._rows_of_pair(who, other, table.shape[1])
        return self.read(table.reshape(-1, table.shape[-1]), rows)

    def find_pair(self, matrix: Index, who: Who, other: Who) -> Who:
        """Return what a matrix (actor, other), the same in every world, holds of two actors."""
        return matrix.take(self._rows_of_pair(who, other, matrix.shape[1]))

    def _places_of(self, who: Who, count: int) -> Index:
        """Return where rows stand, as one long row, in a table of so many worlds."""
        key = id(who), count
        if key not in self._places:
            self._places[key] = who, who * count + self.worlds  # who stays, and so its identity
        return self._places[key][1]

    def _rows_of_pair(self, who: Who, other: Who, count: int) -> Index:
        """Return the rows of two actors in a table that has one for each pair of so many."""
        key = id(who), id(other), count
        if key not in self._pairs:
            self._pairs[key] = who, other, np.asarray(who * count + other)
        return self._pairs[key][2]


EVERYWHERE = Places()
