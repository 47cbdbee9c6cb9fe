"""The record of the allies that rivals would call, as tables, and what they would do by it.

The record is read anew where what binds an ally and its partner has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.decisions.calls import find_shared_treaties
from sim.model.decisions.record import foreseen_anchor
from sim.model.foresight.prospective_allies import ProspectiveAlly
from sim.model.places import Index, Places
from sim.model.state import State
from sim.model.theory.anchor import AidChances

_ANY_AID, _TROOPS, _WAR = range(3)


class ForeseenRecord:
    """From which record each ally starts if its partner begins a war, and if it is attacked.

    Attributes:
        nobody: row of nobody, after those of the allies.
        at_zero: the record of open war if the partner begins, then if it is attacked, in log-odds,
            (2 * rows, world); row r of the second half follows those of the first.
        divisors: of the odds for any aid, for troops and for open war, likewise.
    """

    def __init__(
        self,
        state: State,
        allies: Sequence[ProspectiveAlly],
        before: ForeseenRecord | None = None,
    ) -> None:
        """Prepare to read the record of allies; that of allies known `before` is taken over."""
        self._state, self._allies, self.nobody = state, allies, len(allies)
        self.at_zero = np.zeros((2 * (self.nobody + 1), state.count))
        self.divisors = [np.full(self.at_zero.shape, np.inf) for _ in range(3)]
        self._renewed = -1
        self._unread = set(range(self.nobody))
        if before is not None:
            self._take_over(before)

    def _take_over(self, before: ForeseenRecord) -> None:
        """Take over the record of every ally that was foreseen before."""
        self._renewed = before._renewed
        places = {id(ally): row for row, ally in enumerate(before._allies)}
        read = {each for each, row in places.items() if row not in before._unread}
        kept = [row for row, ally in enumerate(self._allies) if id(ally) in read]
        self._unread.difference_update(kept)
        then: Index = np.array([places[id(self._allies[row])] for row in kept], dtype=np.intp)
        now: Index = np.array(kept, dtype=np.intp)
        for half in (0, 1):
            new, old = now + half * (self.nobody + 1), then + half * (before.nobody + 1)
            self.at_zero[new] = before.at_zero[old]
            for table, known in zip(self.divisors, before.divisors, strict=True):
                table[new] = known[old]

    def renew(self) -> None:
        """Read the record anew of every ally whose treaties with its partner have changed."""
        state, since = self._state, self._renewed
        self._renewed = state.renewals
        changed = {code for code, renewal in state.binding_changed.items() if renewal > since}
        for row, ally in enumerate(self._allies):
            if row in self._unread or not changed.isdisjoint(self._treaties(ally)):
                self._read(row, ally)
        self._unread.clear()

    def _treaties(self, ally: ProspectiveAlly) -> set[str]:
        """Return the codes of the treaties of an ally with its partner."""
        call = ally.if_begun.call
        return {each.code for each in find_shared_treaties(self._state, call.ally, call.partner)}

    def _read(self, row: int, ally: ProspectiveAlly) -> None:
        for case, began in ((ally.if_begun, True), (ally.if_attacked, False)):
            anchor = foreseen_anchor(self._state, case.call, began=began)
            self.at_zero[row] = anchor.at_zero
            divisors = (1.0, 1.0, 1.0) if case.in_place else anchor.odds_divisors
            for table, divisor in zip(self.divisors, divisors, strict=True):
                table[row] = divisor
            row += self.nobody + 1

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
        both = self.if_begun_or_attacked(allies)
        return total([at.read(self.at_zero, both), *considered])

    def read_divisors(self, allies: Index, at: Places) -> tuple[Vector, ...]:
        """Return the divisors of the odds of any aid, troops and open war, (2, ally, place)."""
        both = self.if_begun_or_attacked(allies)
        return tuple(at.read(divisors, both) for divisors in self.divisors)

    @cached_property
    def chances(self) -> AidChances:
        """Chances of aid in the record of disputes, (2 * rows, world), as if all were allies."""
        cases = [ally.reference_chances for ally in self._allies]
        nobody = np.zeros(self._state.count)
        any_aid, troops, war = (
            np.stack([row for half in (0, 1) for row in (*(c[half][level] for c in cases), nobody)])
            for level in (_ANY_AID, _TROOPS, _WAR)
        )
        return any_aid, troops, war

    def read_chances(self, allies: Index, at: Places) -> AidChances:
        """Return the same chances of some allies, (2, ally, place) each."""
        both = self.if_begun_or_attacked(allies)
        any_aid, troops, war = (at.read(chances, both) for chances in self.chances)
        return any_aid, troops, war

    def if_begun_or_attacked(self, allies: Index) -> Index:
        """Return the rows in tables of twice the length: if begun, and if attacked."""
        return np.stack([allies, allies + (self.nobody + 1)])
