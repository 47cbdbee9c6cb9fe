"""The allies of contests in one row, without those that fill up tables, and how willing they are.

A table (ally, case) has room for as many allies in each case as the longest list has; half of it is
nobody. What an ally considers is worked out of those that are somebody, and put back in the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Vector
from sim.model.foresight.allied_cells import NOBODY
from sim.model.foresight.coalition import ContestAllies
from sim.model.places import CasePlaces, Cases, Index, Places, Who, in_cases


class AllyEntries:
    """The allies of contests: in every world as they are, in cases those that are somebody.

    Attributes:
        rows: their rows among all foreseen, (ally,) in every world, (entry,) in cases.
        cells: their cells, (ally, world) or (entry,).
        places: every world, or the world of each entry.
        numbers: in cases the place of each ally among the entries, (ally, case); -1 of nobody.
    """

    def __init__(self, allies: ContestAllies, places: Places) -> None:
        """List the allies of contests at these places."""
        self.rows, self.cells, self.places = allies.rows, allies.cells, places
        self.numbers: Index | None = None
        if isinstance(places, CasePlaces):
            somebody = np.flatnonzero(allies.cells != NOBODY)
            self.rows, self.cells = (each.take(somebody) for each in (self.rows, self.cells))
            self._cases = somebody % max(len(places.worlds), 1)
            self.places = CasePlaces(places.worlds.take(self._cases))
            self.numbers = _number(somebody, allies.cells.shape)

    def of_case(self, who: Who) -> Who:
        """Return of each entry who it is in its case, given that of each case, (case,)."""
        return who.take(self._cases) if isinstance(who, np.ndarray) else who

    def tabulate(self, values: Vector) -> Vector:
        """Return values, (..., entry), as a table (..., ally, case); 0 of nobody."""
        if self.numbers is None:
            return values
        of_nobody = np.zeros((*values.shape[:-1], 1))
        return np.concatenate([values, of_nobody], axis=-1).take(self.numbers, axis=-1)


@dataclass(frozen=True)
class Willingness:
    """How willing the allies in contests are before any observer judges them.

    Attributes:
        numbers: the place of each among the entries, as of `AllyEntries`.
        log_odds: of open war if the partner begins, and if it is attacked, (2, ally, world) or
            (2, entry).
        divisors: of the odds of any aid, troops and open war, (level, 2, ally, world) or
            (level, 2, entry).
    """

    numbers: Index | None
    log_odds: Vector
    divisors: Vector

    def part(self, cases: Cases) -> Willingness:
        """Return the same in some of the cases."""
        assert self.numbers is not None
        numbers = in_cases(self.numbers, cases)
        somebody = np.flatnonzero(numbers >= 0)
        entries = numbers.take(somebody)
        tables = (table.take(entries, axis=-1) for table in (self.log_odds, self.divisors))
        return Willingness(_number(somebody, numbers.shape), *tables)


def _number(somebody: Index, shape: tuple[int, ...]) -> Index:
    """Return the numbers, (ally, case), of those that are somebody, by their places in the table.

    Places are counted as if the table were one long row.
    """
    numbers: Index = np.full(shape, -1)
    numbers.put(somebody, np.arange(len(somebody)))
    return numbers
