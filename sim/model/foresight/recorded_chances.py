"""What allies did in the record of disputes, by the rule of today.

The treaties are those of the reference period, and what has passed between the two since then is
left out. So it is worked out once for an ally that is foreseen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.model.arrays import Vector
from sim.model.decisions.record import find_owed, reference_anchor
from sim.model.foresight.prospective_allies import ProspectiveAlly
from sim.model.places import Index, Places
from sim.model.plugged.asking import honour_willingness
from sim.model.plugged.honour import ask_in_record
from sim.model.plugged.promises import Promise, join_promises, promise_in_record
from sim.model.state import State
from sim.model.theory.anchor import AidTable, Anchor, tabled_chances
from sim.model.theory.honour import willingness


class RecordedAllies:
    """The allies that are foreseen, by row, with the record from which each started.

    Attributes:
        who: rows of the ally, its partner and their opponent among the actors, (3, row).
    """

    def __init__(self, state: State) -> None:
        """Know of nobody, in row 0."""
        self._state = state
        self._allies: list[ProspectiveAlly] = []
        self.who: Index = np.zeros((3, 1), dtype=np.intp)
        self._anchors: dict[Anchor, int] = {}
        self._starts: Index = np.zeros((2, 1), dtype=np.intp)
        self._table: Vector = np.zeros((4, 0, state.count))

    def add(self, allies: Sequence[ProspectiveAlly]) -> None:
        """Add allies, in the next rows."""
        self._allies.extend(allies)
        who = np.array([ally[:3] for ally in allies]).T
        self.who = np.concatenate([self.who, who], axis=1)
        starts = np.array([self._find_starts(ally) for ally in allies]).T
        self._starts = np.concatenate([self._starts, starts], axis=1)

    def _find_starts(self, ally: ProspectiveAlly) -> list[int]:
        """Return from which records an ally started if its partner began the war, and if not."""
        return [
            self._row_of(reference_anchor(self._state, o)) for o in find_owed(self._state, ally)
        ]

    def _row_of(self, anchor: Anchor) -> int:
        """Return the row of a record in the table; there are few, however many allies."""
        if anchor not in self._anchors:
            self._anchors[anchor] = len(self._anchors)
            any_aid, troops, _ = anchor.odds_divisors
            numbers = np.array([anchor.at_zero, any_aid, troops, anchor.means["busy"]])
            self._table = np.concatenate([self._table, numbers[:, None]], axis=1)
        return self._anchors[anchor]

    def chances(self, rows: Index, circumstances: Vector, at: Places) -> AidTable:
        """Return the chances of aid in the record of disputes, (level, 2, ally, place).

        They are those if the partner begins the war, and if it is attacked. Where troops were in
        place then, all three are the same.

        Args:
            rows: rows of allies in every world, (ally,), or of one ally in each case, (case,): in
                cases there is no axis of allies.
            circumstances: sum of the terms that never change, in log-odds, (ally, place).
            at: the places.
        """
        at_zero, any_aid, troops, usual_wars = at.read(self._table, self._starts[:, rows])
        divisors = np.array([any_aid, troops, np.ones_like(troops)])
        divisors[:, :, self._state.stationed_before[*self.who[:2, rows]] > 0] = 1.0
        if "honour" in self._state.theories:
            return tabled_chances(self._willingness_by_theory(rows, usual_wars, at), divisors)
        willing = self._willingness(rows, at_zero, circumstances, usual_wars, at)
        return tabled_chances(willing, divisors)

    def _willingness(
        self, rows: Index, at_zero: Vector, circumstances: Vector, usual_wars: Vector, at: Places
    ) -> Vector:
        """Return the log-odds of open war by the mutual-defence rule, (2, ally, place)."""
        state, (ally, partner) = self._state, self.who[:2, rows]
        honour = state.rules.honour.at(at)
        moved = state.stationed_before[ally, partner] - state.stationed[ally, partner]
        return willingness(
            at_zero,
            honour.worth * at.read_pair(state.worth_before, ally, partner),
            circumstances + honour.stationed * at.spread(moved),
            -honour.busy * usual_wars,
        )

    def _willingness_by_theory(self, rows: Index, usual_wars: Vector, at: Places) -> Vector:
        """Return the same log-odds by the theory that the scenario names, (2, ally, place)."""
        allies, places = np.unique(rows, return_inverse=True)
        promises = [
            self._promise(row, began=began) for began in (True, False) for row in allies.tolist()
        ]
        both = np.add.outer((0, len(allies)), places)
        promise = join_promises(promises, lambda each: at.read(np.array(each), both))
        asked = ask_in_record(self._state, self.who[:, rows], at, promise, usual_wars)
        return honour_willingness(self._state, asked)

    def _promise(self, row: int, *, began: bool) -> Promise:
        """Return what an ally had promised, should its partner begin the war, or the other side."""
        call = self._allies[row - 1].foresee_call(self._state, began=began)
        anchor = [*self._anchors][self._starts[0 if began else 1, row]]
        return promise_in_record(self._state, call, anchor)
