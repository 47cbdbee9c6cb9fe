"""The record of the allies that rivals would call, as tables, and what they would do by it.

The record is read anew where what binds an ally and its partner has changed. Of every ally a table
has two rows: as it is if its partner begins the war, and as it is if its partner is attacked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import permutations

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.decisions.record import foreseen_anchor
from sim.model.foresight.growing import with_rows
from sim.model.foresight.prospective_allies import ProspectiveAlly
from sim.model.places import Index, Places
from sim.model.state import State
from sim.model.theory.anchor import AidTable


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
        self._allies: list[ProspectiveAlly | None] = [None]
        self._rows: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._unread: set[int] = set()
        self._renewed = -1
        nobody = np.zeros((2, state.count))
        self.at_zero: Vector = nobody
        self.divisors: Vector = np.full((3, *nobody.shape), np.inf)
        self.chances: AidTable = np.zeros((3, *nobody.shape))

    def add(self, allies: Sequence[ProspectiveAlly]) -> None:
        """Add allies, whose record is read when it is renewed."""
        used, first = 2 * len(self._allies), len(self._allies)
        for row, ally in enumerate(allies, start=first):
            self._rows[ally.if_begun.call.ally, ally.if_begun.call.partner].append(row)
            self._unread.add(row)
        self._allies.extend(allies)
        unread = np.zeros((2 * len(allies), self._state.count))
        self.at_zero = with_rows(self.at_zero, used, unread)
        self.divisors = with_rows(self.divisors, used, unread)
        chances = np.array([each for ally in allies for each in ally.reference_chances])
        self.chances = with_rows(self.chances, used, chances.swapaxes(0, 1))

    def renew(self) -> None:
        """Read the record anew of every ally whose treaties with its partner have changed."""
        state, since = self._state, self._renewed
        self._renewed = state.renewals
        changed = [code for code, renewal in state.binding_changed.items() if renewal > since]
        pairs = {pair for code in changed for pair in permutations(state.treaties[code].parties, 2)}
        for row in self._unread.union(*(self._rows[pair] for pair in pairs)):
            self._read(row)
        self._unread.clear()

    def _read(self, row: int) -> None:
        if (ally := self._allies[row]) is None:
            return
        for case, began in ((ally.if_begun, True), (ally.if_attacked, False)):
            place = 2 * row + (not began)
            anchor = foreseen_anchor(self._state, case.call, began=began)
            self.at_zero[place] = anchor.at_zero
            self.divisors[:, place] = 1.0
            if not case.in_place:
                self.divisors[:2, place] = anchor.odds_divisors[:2]

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
