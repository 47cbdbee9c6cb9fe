"""The record of the allies that rivals would call, as tables, and what they would do by it.

The record is read anew in the worlds in which what binds an ally and its partner has changed. Of
every cell a table has two numbers: one if the partner begins the war, and one if it is attacked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, permutations

import numpy as np

from sim.model.arrays import Mask, Vector, total
from sim.model.decisions.record import RecordCases, find_owed
from sim.model.foresight.allied_cells import NOBODY, AlliedCells
from sim.model.foresight.growing import with_more
from sim.model.foresight.prospective_allies import Pair, ProspectiveAlly
from sim.model.foresight.recorded_chances import RecordedAllies
from sim.model.places import CasePlaces, Index, Places
from sim.model.state import State
from sim.model.theory.anchor import odds_divisors


class ForeseenRecord:
    """From which record each ally starts.

    Attributes:
        before: what allies did in the record of disputes.
        at_zero: the record of open war, in log-odds, (2, cell).
    """

    def __init__(self, state: State, cells: AlliedCells) -> None:
        """Know of nobody."""
        self._state, self._cells = state, cells
        self._allies: list[ProspectiveAlly] = []
        self._rows: defaultdict[Pair, list[int]] = defaultdict(list)
        self.before = RecordedAllies(state)
        self._unread: defaultdict[Pair, Mask] = defaultdict(state.no_world.copy)
        self._changes_read = 0
        self.at_zero: Vector = np.zeros((2, 1))
        self._divisors: Vector = np.full((2, 2, 1), np.inf)

    def add_rows(self, allies: Sequence[ProspectiveAlly]) -> None:
        """Add allies that are none in any world yet."""
        for row, ally in enumerate(allies, start=1 + len(self._allies)):
            self._rows[ally.pair].append(row)
        self._allies.extend(allies)
        self.before.add(allies)

    def add_cells(self, used: int, rows: Index, circumstances: Vector, at: Places) -> None:
        """Add cells after those in use; what is owed there is to be read.

        Args:
            used: how many cells were in use before.
            rows: rows of allies in every world, (ally,), or of one ally in each case, (case,).
            circumstances: sum of the terms that never change, in log-odds, (ally, place) or
                (case,).
            at: the places.
        """
        unread = np.broadcast_to(1.0, (2, 2, circumstances.size))
        self.at_zero = with_more(self.at_zero, used, unread[0])
        self._divisors = with_more(self._divisors, used, unread)
        self.before.add_cells(used, rows, circumstances, at)

    def let_read(self, committed: Mapping[Pair, Index]) -> None:
        """Let be read what allies owe in worlds in which they may have become allies, (case,)."""
        for pair, worlds in committed.items():
            if pair in self._rows:
                self._unread[pair][worlds] = True

    def renew(self) -> None:
        """Read the record anew where what binds an ally and its partner has changed."""
        changes = self._state.binding_changes
        for treaty, where in changes[self._changes_read :]:
            for pair in permutations(treaty.parties, 2):
                if pair in self._rows:
                    self._unread[pair] |= where
        self._changes_read = len(changes)
        if self._unread:
            self._read({pair: where.nonzero()[0] for pair, where in self._unread.items()})
        self._unread.clear()

    def _read(self, worlds: Mapping[Pair, Index]) -> None:
        """Read what allies and their partners owe, in some worlds of each two.

        What is owed alike in several theatres is read once.
        """
        rows = [row for pair in worlds for row in self._rows[pair]]
        owed = [find_owed(self._state, self._allies[row - 1]) for row in rows]
        where = {each: worlds[each.ally, each.partner] for each in chain.from_iterable(owed)}
        record = RecordCases(self._state, [*where.values()]).read([*where])
        ends = accumulate(len(at) for at in where.values())
        cases = {
            each: np.arange(end - len(at), end)
            for (each, at), end in zip(where.items(), ends, strict=True)
        }
        both = zip(*owed, strict=True)  # if the partner begins the war, and if it is attacked
        places = np.array([np.concatenate([cases[each] for each in of_all]) for of_all in both])
        at = [worlds[self._allies[row - 1].pair] for row in rows]
        self._write(np.repeat(rows, [len(each) for each in at]), np.concatenate(at), record, places)

    def _write(self, rows: Index, worlds: Index, record: Vector, places: Index) -> None:
        """Write the record of an ally in each case: its `places` in what was read, (2, case)."""
        cells = self._cells.read(rows, CasePlaces(worlds))
        self.at_zero[:, cells] = record[0].take(places)
        self._divisors[..., cells] = odds_divisors(record[1:]).take(places, axis=-1)
        in_place = self._state.stationed[*self.before.who[:2, rows]] > 0
        self._divisors[..., cells[in_place]] = 1.0
        self.at_zero[:, NOBODY], self._divisors[..., NOBODY] = 0.0, np.inf  # where they are none

    # -- what allies would do by it ---------------------------------------------------------------

    def divisors(self, cells: Index) -> Vector:
        """Return what divides the odds of allies, by their cells, (ally, place).

        Returns:
            The divisors for any aid, for troops and for open war, (level, 2, ally, place). The last
            is 1, and of nobody infinite.
        """
        divisors = np.empty((3, 2, *cells.shape))
        self._divisors.take(cells, axis=-1, out=divisors[:2], mode="clip")  # without a copy
        divisors[2] = np.where(cells == NOBODY, np.inf, 1.0)
        return divisors

    def willingness(self, cells: Index, considered: Sequence[Vector]) -> Vector:
        """Return how willing allies are if the partner begins, and if it is attacked.

        Args:
            cells: the cells of the allies, (ally, place).
            considered: departures from the record, in log-odds, (ally, place) each.

        Returns:
            The log-odds of open war, (2, ally, place).
        """
        return total([self.at_zero.take(cells, axis=-1), *considered])
