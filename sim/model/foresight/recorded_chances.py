"""What allies did in the record of disputes, by the rule of today.

The treaties are those of the reference period, and what has passed between the two since then is
left out. So it is worked out once for an ally that is foreseen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.model.arrays import Vector
from sim.model.decisions.record import find_owed, reference_anchor
from sim.model.foresight.growing import with_more
from sim.model.foresight.prospective_allies import ProspectiveAlly
from sim.model.places import Index, Places
from sim.model.plugged.asking import honour_willingness
from sim.model.plugged.honour import ask_in_record
from sim.model.plugged.promises import Promise, join_promises, promise_in_record
from sim.model.state import State
from sim.model.theory.anchor import AidTable, Anchor, odds_against, odds_divisors
from sim.model.theory.honour import willingness


class RecordedAllies:
    """The allies that are foreseen, by row, with the record from which each started.

    Attributes:
        who: rows of the ally, its partner and their opponent among the actors, (3, row).
        against: odds against open war, if the partner begins it and if it is attacked, (2, cell).
    """

    def __init__(self, state: State) -> None:
        """Know of nobody, in row 0."""
        self._state = state
        self._allies: list[ProspectiveAlly] = []
        self.who: Index = np.zeros((3, 1), dtype=np.intp)
        self.against: Vector = np.full((2, 1), np.inf)
        self._anchors: dict[tuple[Anchor, bool], int] = {}
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
        in_place = bool(self._state.stationed_before[ally.pair] > 0)
        owed = find_owed(self._state, ally)
        return [self._row_of(reference_anchor(self._state, each), in_place) for each in owed]

    def _row_of(self, anchor: Anchor, in_place: bool) -> int:
        """Return the row of a record in the table; there are few, however many allies.

        Where troops were in place then, any aid was open war.
        """
        if (anchor, in_place) not in self._anchors:
            self._anchors[anchor, in_place] = len(self._anchors)
            likelier = anchor.table[1:3]
            divisors = np.ones_like(likelier) if in_place else odds_divisors(likelier)
            numbers = np.array([*divisors, anchor.at_zero, anchor.means["busy"]])
            self._table = np.concatenate([self._table, numbers[:, None]], axis=1)
        return self._anchors[anchor, in_place]

    def add_cells(self, used: int, rows: Index, circumstances: Vector, at: Places) -> None:
        """Add cells after those in use, as `ForeseenRecord.add_cells` does."""
        at_zero, usual_wars = at.read(self._table[2:], self._starts[:, rows])
        if "honour" in self._state.theories:
            willing = self._willingness_by_theory(rows, usual_wars, at)
        else:
            willing = self._willingness(rows, at_zero, circumstances, usual_wars, at)
        self.against = with_more(self.against, used, odds_against(willing))

    # -- what they did ----------------------------------------------------------------------------

    def chances(self, rows: Index, cells: Index, at: Places) -> AidTable:
        """Return the chances of aid in the record of disputes, (level, 2, ally, place).

        They are those if the partner begins the war, and if it is attacked.

        Args:
            rows: rows of the allies, (ally,) or (ally, case).
            cells: their cells, (ally, place).
            at: the places.
        """
        against = self.against.take(cells, axis=-1)
        chances = np.empty((3, *against.shape))
        chances[:2] = 1 / (1 + against * at.read(self._table[:2], self._starts[:, rows]))
        chances[2] = 1 / (1 + against)
        return chances

    def any_aid(self, rows: Index, cells: Index, at: Places) -> Vector:
        """Return the chances of any aid alone, likewise, (2, ally, place)."""
        against = self.against.take(cells, axis=-1)
        chances: Vector = 1 / (1 + against * at.read(self._table[0], self._starts[:, rows]))
        return chances

    def war_if_begun(self, cells: Index) -> Vector:
        """Return the chance of open war alone if the partner begins it, (ally, place)."""
        chance: Vector = 1 / (1 + self.against[0].take(cells))
        return chance

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
        anchor, _ = [*self._anchors][self._starts[0 if began else 1, row]]
        return promise_in_record(self._state, call, anchor)
