"""Whom each side would call in which world, as lists of rows.

Worlds in which a side would call the same allies share a list. So in a case only those are looked
at that are allies there, and a pact that one world signs costs the others nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import zip_longest

import numpy as np

from sim.model.foresight.allied_cells import NOBODY
from sim.model.places import EVERYWHERE, CasePlaces, Index, Places, Who


class CalledAllies:
    """The allies of every side in every world, by their rows among all that are foreseen."""

    def __init__(self, sides: int, count: int) -> None:
        """Let nobody be called by any side, in so many worlds."""
        self._called: Index = np.zeros((sides, count), dtype=np.intp)
        self._lists: list[tuple[int, ...]] = [()]
        self._numbers: dict[tuple[int, ...], int] = {(): 0}
        self._table: Index = np.zeros((0, 1), dtype=np.intp)
        self._by_side: list[tuple[int, ...]] = [()] * sides

    def order(self, side: int, rows: tuple[int, ...]) -> None:
        """Name the allies that a side calls in any world, by their rows, in order."""
        self._by_side[side] = rows
        self.__dict__.pop("_everywhere", None)

    def change(self, sides: Index, rows: Index, at: Places) -> None:
        """Let sides call allies that they did not call, and no longer those that they did.

        Args:
            sides: rows of the sides.
            rows: rows of the allies, in every world, (ally,), or one in each case, (case,).
            at: the places.
        """
        changes = zip(sides.tolist(), rows.tolist(), strict=True)
        if isinstance(at, CasePlaces):  # few, and of a world there may be several
            for (side, row), world in zip(changes, at.worlds.tolist(), strict=True):
                self._called[side, world] = self._change(side, self._called[side, world], row)
            return
        for side, row in changes:
            numbers, places = np.unique(self._called[side], return_inverse=True)
            changed = [self._change(side, number, row) for number in numbers]
            self._called[side] = np.take(changed, places)

    def _change(self, side: int, number: int, row: int) -> int:
        """Return the number of another list of a side, with an ally added or struck off."""
        called = {*self._lists[number]} ^ {row}
        return self._number(tuple([each for each in self._by_side[side] if each in called]))

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
        self._tabulate()
        return self._table[:, at.read(self._called, side)]

    def _rows(self, side: int) -> Index:
        return np.array(self._by_side[side], dtype=np.intp)

    def _tabulate(self) -> None:
        """Add to the table of lists, (ally, list), those that are not in it."""
        known = self._table.shape[1]
        if known < len(self._lists):
            table, more = self._table, _filled_up(self._lists[known:])
            longest = max(len(table), len(more))
            both = [np.pad(each, ((0, longest - len(each)), (0, 0))) for each in (table, more)]
            self._table = np.concatenate(both, axis=1)

    @cached_property
    def _everywhere(self) -> Index:
        """The allies of every side in any world, (ally, side row)."""
        return _filled_up(self._by_side)


def _filled_up(lists: Sequence[tuple[int, ...]]) -> Index:
    """Return lists as a table, (place, list), filled up with nobody."""
    columns = list(zip_longest(*lists, fillvalue=NOBODY))
    return np.array(columns, dtype=np.intp).reshape(len(columns), len(lists))
