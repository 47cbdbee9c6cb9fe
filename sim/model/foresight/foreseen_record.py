"""The record of the allies that rivals would call, as tables, and what they would do by it.

The record is read anew in the worlds in which what binds an ally and its partner has changed. Of
every ally a table has two rows: as it is if its partner begins the war, and if it is attacked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, permutations

import numpy as np

from sim.model.arrays import Mask, Vector, total
from sim.model.decisions.record import RecordCases, find_owed
from sim.model.entities.commitment import Commitment, Owed
from sim.model.foresight.growing import with_rows
from sim.model.foresight.prospective_allies import ProspectiveAlly
from sim.model.foresight.recorded_chances import recorded_chances
from sim.model.places import Index, Places
from sim.model.state import State
from sim.model.theory.anchor import AidTable, odds_divisors

_Pair = tuple[int, int]
"""Rows of an ally and its partner among the actors."""


class ForeseenRecord:
    """From which record each ally starts.

    Attributes:
        at_zero: the record of open war, in log-odds, (2 * row, world).
        divisors: of the odds for any aid, for troops and for open war, (level, 2 * row, world).
        chances: of the same in the record of disputes, likewise.
    """

    def __init__(self, state: State) -> None:
        """Know of nobody, in row 0."""
        self._state = state
        self._allies: list[ProspectiveAlly] = []
        self._rows: defaultdict[_Pair, list[int]] = defaultdict(list)
        self._unread: dict[_Pair, Mask] = {}
        self._changes_read = 0
        nobody = np.zeros((2, state.count))
        self.at_zero: Vector = nobody
        self.divisors: Vector = np.full((3, *nobody.shape), np.inf)
        self.chances: AidTable = np.zeros((3, *nobody.shape))

    def add(self, allies: Mapping[ProspectiveAlly, Commitment], circumstances: Vector) -> None:
        """Add allies: their standing, until what they promised is read.

        Args:
            allies: the allies, (row,), with what they promised.
            circumstances: sum of the terms that never change, in log-odds, (row, world).
        """
        used = 2 * (1 + len(self._allies))
        for row, (ally, commitment) in enumerate(allies.items(), start=1 + len(self._allies)):
            self._rows[ally.pair].append(row)
            self._let_read(ally.pair, commitment.where)
        self._allies.extend(allies)
        standings = [self._state.anchors.find(each.standing) for each in allies.values()]
        at_zero = np.array([each.at_zero for each in standings])
        self.at_zero = with_rows(self.at_zero, used, at_zero.repeat(2, axis=0))
        divisors = np.ones((3, *at_zero.shape))
        for place, (ally, standing) in enumerate(zip(allies, standings, strict=True)):
            if not self._state.stationed[ally.pair]:
                divisors[:2, place] = standing.odds_divisors[:2]
        self.divisors = with_rows(self.divisors, used, divisors.repeat(2, axis=1))
        recorded = recorded_chances(self._state, list(allies), circumstances).swapaxes(1, 2)
        self.chances = with_rows(self.chances, used, recorded.reshape(3, -1, self._state.count))

    def renew(self) -> None:
        """Read the record anew where what binds an ally and its partner has changed."""
        changes = self._state.binding_changes
        for treaty, where in changes[self._changes_read :]:
            for pair in permutations(treaty.parties, 2):
                self._let_read(pair, where)
        self._changes_read = len(changes)
        self._read({pair: where.nonzero()[0] for pair, where in self._unread.items()})
        self._unread.clear()

    def _let_read(self, pair: _Pair, where: Mask | None) -> None:
        if pair in self._rows:
            anywhere = ~self._state.no_world if where is None else where
            self._unread[pair] = self._unread.get(pair, self._state.no_world) | anywhere

    def _read(self, worlds: Mapping[_Pair, Index]) -> None:
        """Read what allies and their partners owe, in some worlds of each two."""
        rows = self._find_owed(worlds)
        if not rows:
            return
        where = [worlds[owed.ally, owed.partner] for owed in rows]
        record = RecordCases(self._state, where).read(list(rows))
        ends = np.cumsum([len(at) for at in where])[:-1]
        for owed, at, read in zip(rows, where, np.split(record, ends, axis=1), strict=True):
            places = np.array(rows[owed])[:, None], at
            self.at_zero[places] = read[0]
            if not self._state.stationed[owed.ally, owed.partner]:
                self.divisors[:2, *places] = odds_divisors(read[1:])[:, None]

    def _find_owed(self, pairs: Iterable[_Pair]) -> Mapping[Owed, list[int]]:
        """Return what is owed in any theatre by each two, and the rows of the tables it is for."""
        rows: defaultdict[Owed, list[int]] = defaultdict(list)
        for row in chain.from_iterable(self._rows[pair] for pair in pairs):
            for place, owed in enumerate(find_owed(self._state, self._allies[row - 1]), 2 * row):
                rows[owed].append(place)
        return rows

    # -- what allies would do by it ---------------------------------------------------------------

    def willingness(self, allies: Index, considered: Sequence[Vector], at: Places) -> Vector:
        """Return how willing allies are if the partner begins, and if it is attacked.

        Args:
            allies: rows of the allies, (ally,) or (ally, case).
            considered: departures from the record, in log-odds, (ally, place) each.
            at: the places.

        Returns:
            The log-odds of open war, (2, ally, place).
        """
        return total([at.read(self.at_zero, if_begun_or_attacked(allies)), *considered])

    def read_divisors(self, allies: Index, at: Places) -> Vector:
        """Return the divisors of the odds of any aid, troops, open war, (level, 2, ally, place)."""
        return at.read(self.divisors, if_begun_or_attacked(allies))

    def read_chances(self, allies: Index, at: Places) -> AidTable:
        """Return the chances of aid in the record of disputes, (level, 2, ally, place)."""
        return at.read(self.chances, if_begun_or_attacked(allies))


def if_begun_or_attacked(allies: Index) -> Index:
    """Return the rows of allies in tables with two for each: if begun, and if attacked."""
    both: Index = np.add.outer((0, 1), 2 * allies)
    return both
