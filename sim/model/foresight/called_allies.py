"""Whom each side would call in which world, as lists of rows.

Worlds in which a side would call the same allies share a list. So in a case only those are looked
at that are allies there, and a pact that one world signs costs the others nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import zip_longest

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.places import EVERYWHERE, Index, Places, Who

NOBODY = 0
"""The row of nobody, with which lists are filled up."""


class CalledAllies:
    """The allies of every side in every world, by their rows among all that are foreseen."""

    def __init__(self, sides: int, count: int) -> None:
        """Let nobody be called by any side, in so many worlds."""
        self._called: Index = np.zeros((sides, count), dtype=np.intp)
        self._lists: list[tuple[int, ...]] = [()]
        self._numbers: dict[tuple[int, ...], int] = {(): 0}
        self._allied: dict[int, Mask] = {}
        self._by_side: list[tuple[int, ...]] = [()] * sides

    def call(self, side: int, rows: tuple[int, ...], found: Mapping[int, Mask]) -> Mask:
        """Let a side call allies, and no others; return where it called others before, (world,).

        Args:
            side: row of the side.
            rows: rows of its allies, in order.
            found: where some of them were found to be allies, (world,); the rest are as before.
        """
        before, former = self._called[side].copy(), {*self._by_side[side]}
        for row in former - {*rows}:
            self._change(side, row, np.zeros_like(self._allied[row]), rows)
        for row, where in found.items():
            self._change(side, row, where, rows)
        self._by_side[side] = rows
        self._forget_tables()
        moved: Mask = self._called[side] != before
        return moved

    def _change(self, side: int, row: int, where: Mask, order: tuple[int, ...]) -> None:
        """Add an ally to the lists of the worlds in which it becomes one, or strike it off."""
        worlds = (where != self._allied.get(row, False)).nonzero()[0]
        self._allied[row] = where
        numbers = self._called[side, worlds]
        for number in {*numbers.tolist()}:
            called = {*self._lists[number]} ^ {row}
            rows = tuple([each for each in order if each in called])
            self._called[side, worlds[numbers == number]] = self._number(rows)

    def _number(self, rows: tuple[int, ...]) -> int:
        if rows not in self._numbers:
            self._numbers[rows] = len(self._lists)
            self._lists.append(rows)
        return self._numbers[rows]

    # -- reading ----------------------------------------------------------------------------------

    def of_side(self, side: Who, at: Places = EVERYWHERE) -> Index:
        """Return the rows of the allies of a side, filled up with nobody where there are fewer.

        Args:
            side: row of a side, or rows.
            at: the places: in cases those of each case are returned, (ally, case), and in every
                world all that are allies in any, (ally,) or (ally, side).
        """
        if at is EVERYWHERE:
            return self._everywhere[:, side] if isinstance(side, np.ndarray) else self._rows(side)
        return self._in_worlds[:, at.read(self._called, side)]

    def _rows(self, side: int) -> Index:
        return np.array(self._by_side[side], dtype=np.intp)

    @cached_property
    def _in_worlds(self) -> Index:
        """The lists, (ally, list)."""
        return _filled_up(self._lists)

    @cached_property
    def _everywhere(self) -> Index:
        """The allies of every side in any world, (ally, side row)."""
        return _filled_up(self._by_side)

    @cached_property
    def allied(self) -> Vector | None:
        """Where an ally is one, 1 or else 0, (row, world); None if all are in every world.

        An ally by a treaty that only some worlds signed is nobody in the others.
        """
        if all(where.all() for where in self._allied.values()):
            return None
        table = np.zeros((max(self._allied) + 1, self._called.shape[1]))
        for row, where in self._allied.items():
            table[row] = where
        return table

    def _forget_tables(self) -> None:
        for name in ("_in_worlds", "_everywhere", "allied"):
            self.__dict__.pop(name, None)


def _filled_up(lists: Sequence[tuple[int, ...]]) -> Index:
    """Return lists as a table, (place, list), filled up with nobody."""
    columns = list(zip_longest(*lists, fillvalue=NOBODY))
    return np.array(columns, dtype=np.intp).reshape(len(columns), len(lists))
