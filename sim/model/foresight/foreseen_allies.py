"""The allies that rivals would call, as tables: so that one can be read for each of many cases.

An ally has one row for each rivalry and partner, from when it is first foreseen, and in each world
in which it is one a cell of the tables. Row 0 and cell 0 are those of nobody, who adds nothing.
Facts of a call foreseen never change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import chain, permutations

import numpy as np

from sim.model.arrays import Mask, Vector, total
from sim.model.entities.commitment import Commitment
from sim.model.entities.treaty import Treaty
from sim.model.foresight.allied_cells import NOBODY, AlliedCells
from sim.model.foresight.called_allies import CalledAllies
from sim.model.foresight.coalition import ally_contributions
from sim.model.foresight.foreseen_promises import ForeseenPromises
from sim.model.foresight.foreseen_record import ForeseenRecord
from sim.model.foresight.growing import with_more
from sim.model.foresight.misjudgement import LastingErrors
from sim.model.foresight.prospective_allies import ProspectiveAlly, prospective_allies
from sim.model.places import EVERYWHERE, CasePlaces, Index, Places, Who
from sim.model.state import State
from sim.model.theory.anchor import AidTable
from sim.model.theory.honour import Circumstances, circumstance_considerations

_Found = Mapping[int, Mapping[ProspectiveAlly, Commitment]]
"""Whom each side would call, by its row, with what they promised."""


class ForeseenAllies:
    """The allies of every side of every rivalry, by row.

    Attributes:
        nobody: row of nobody, and its cell.
        by_side: the allies of each side in any world, by the row of the side.
        ally, side, partner, opponent: rows of the ally, of the side that calls it, and of the
            actors on this side and on the other, (row,).
        own_quarrels: quarrels of the ally with its partner's opponent, (row,), 0 to 3.
        circumstances: sum of the terms that never change, in log-odds, (cell,).
        aid: what materiel, troops beyond it and open war beyond these add, (level, cell).
        record: the record of every ally.
        promises: what every ally promised, for a theory of honouring.
        errors: what their partners and opponents err about them.
    """

    nobody = NOBODY

    def __init__(self, state: State) -> None:
        """Foresee who would be called."""
        self._state = state
        self._sides = [(each, rival) for each in state.rivalries.values() for rival in each.rivals]
        self._called = CalledAllies(len(self._sides), state.count)
        self._cells = AlliedCells(state.count)
        self._rows: dict[ProspectiveAlly, int] = {}
        self.by_side: list[tuple[ProspectiveAlly, ...]] = [()] * len(self._sides)
        self._unconditional: dict[ProspectiveAlly, list[Treaty]] = {}
        self.circumstances, self.aid = np.zeros(1), np.zeros((3, 1))
        self.record, self.errors = ForeseenRecord(state, self._cells), LastingErrors(state)
        self._who: Index = np.zeros((4, 1), dtype=np.intp)
        self.ally, self.partner, self.opponent, self.side = self._who
        self.find_anew(set(permutations(range(len(state.codes)), 2)))

    # -- who ----------------------------------------------------------------------------------

    def find_anew(self, pairs: Collection[tuple[int, int]]) -> Mask:
        """Find anew where some actors are allies; return where others are, (side row, world).

        Args:
            pairs: rows of an ally and its partner, each. What is known of others stays as it is.
        """
        found = self._find_prospects(pairs)
        where = self._find_where(found, pairs)
        self._list(found, where)
        rows = {self._rows[ally]: worlds for ally, worlds in where.items()}
        begun, ended = self._cells.find_changes(rows)
        self._add_cells(begun)
        for row, worlds in ended.items():
            self._cells.end(row, worlds)
        for name in ("any_unconditional", "unconditional", "bound_in_record"):
            self.__dict__.pop(name, None)
        return self._call(begun, ended) | self._find_unconditional(found)

    def _find_prospects(self, pairs: Collection[tuple[int, int]]) -> _Found:
        """Return which of some actors each side would call, if any of them might be."""
        by_partner: defaultdict[int, list[int]] = defaultdict(list)
        for ally, partner in pairs:
            by_partner[partner].append(ally)
        return {
            side: prospective_allies(self._state, rivalry, rival, by_partner[rival])
            for side, (rivalry, rival) in enumerate(self._sides)
            if rival in by_partner
        }

    def _find_where(
        self, found: _Found, pairs: Collection[tuple[int, int]]
    ) -> dict[ProspectiveAlly, Mask]:
        """Return where some actors are allies, (world,) each; nowhere if they only were."""
        known, everywhere = (self.by_side[side] for side in found), ~self._state.no_world
        were = (ally for ally in chain.from_iterable(known) if ally.pair in pairs)
        are = chain.from_iterable(allies.items() for allies in found.values())
        now = {ally: everywhere if of.where is None else of.where for ally, of in are}
        return dict.fromkeys(were, self._state.no_world) | now

    def _list(self, found: _Found, anew: Collection[ProspectiveAlly]) -> None:
        """List the allies of sides: those that were found, and others than those found `anew`."""
        self._add_rows([(s, ally) for s in found for ally in found[s] if ally not in self._rows])
        for side, allies in found.items():
            others = (ally for ally in self.by_side[side] if ally not in anew)
            self.by_side[side] = tuple(sorted([*others, *allies]))
            self._called.order(side, tuple([self._rows[ally] for ally in self.by_side[side]]))

    def _call(self, *changes: Mapping[int, Index]) -> Mask:
        """Let allies be called in some worlds, or no longer; return where, (side row, world)."""
        moved: Mask = np.zeros((len(self._sides), self._state.count), dtype=bool)
        for row, worlds in chain.from_iterable(each.items() for each in changes):
            side = int(self.side[row])
            self._called.change(side, row, worlds)
            moved[side, worlds] = True
        return moved

    def _find_unconditional(self, found: _Found) -> Mask:
        """Find what binds allies even if their partner begins; return of whom, (side row, 1)."""
        known, changed = self._unconditional, np.zeros((len(self._sides), 1), dtype=bool)
        for side, allies in found.items():
            for ally, commitment in allies.items():
                if commitment.unconditional != known.get(ally, []):
                    known[ally], changed[side] = commitment.unconditional, True
        return changed

    def _add_rows(self, new: Sequence[tuple[int, ProspectiveAlly]]) -> None:
        """Add rows for allies that were not foreseen before, each with the row of its side."""
        if not new:
            return
        allies = [ally for _, ally in new]
        self._rows.update((ally, row) for row, ally in enumerate(allies, 1 + len(self._rows)))
        who = np.array([(*ally[:3], side) for side, ally in new]).T
        self._who = np.concatenate([self._who, who], axis=1)
        self.ally, self.partner, self.opponent, self.side = self._who
        self._cells.add_rows(len(allies))
        self.record.add_rows(allies)
        self.errors.add((who, each.ally) for each in allies for who in each[1:3])

    def _add_cells(self, begun: Mapping[int, Index]) -> None:
        """Add cells for allies in the worlds in which they become allies, by their rows."""
        everywhere = [row for row, worlds in begun.items() if len(worlds) == self._state.count]
        if everywhere:
            self._add_at(np.array(everywhere), EVERYWHERE)
        somewhere = {row: worlds for row, worlds in begun.items() if row not in everywhere}
        if somewhere:
            rows = np.repeat([*somewhere], [len(worlds) for worlds in somewhere.values()])
            self._add_at(rows, CasePlaces(np.concatenate([*somewhere.values()])))
        self.record.let_read(begun)

    def _add_at(self, rows: Index, at: Places) -> None:
        """Add cells for allies in every world, (ally,), or for one in each case, (case,)."""
        used = self._cells.used
        self._cells.add(rows, at)
        circumstances = self._circumstances(rows, at)
        self.circumstances = with_more(self.circumstances, used, circumstances)
        aid = ally_contributions(self._state, self.ally[rows], self.partner[rows], at)
        self.aid = with_more(self.aid, used, aid)
        self.record.add_cells(used, rows, circumstances, at)

    def _circumstances(self, rows: Index, at: Places) -> Vector:
        """Return the sum of the terms that never change of allies, in log-odds, (ally, place)."""
        state, ally, partner = self._state, self.ally[rows], self.partner[rows]
        facts = Circumstances(
            own_quarrels=at.spread(self.own_quarrels[rows]),
            joint_disputes=at.spread(state.joint_disputes[ally, partner]),
            nuclear=at.read(state.nuclear, self.opponent[rows]),
            stationed=at.spread(state.stationed[ally, partner]),
        )
        return total(circumstance_considerations(state.rules.honour.at(at), facts).values())

    @property
    def theatre(self) -> Index:
        """Row of the rivalry, (row,)."""
        return self.side >> 1

    @property
    def own_quarrels(self) -> Vector:
        """Quarrels of the ally with its partner's opponent, (row,), 0 to 3."""
        quarrels: Vector = self._state.own_quarrels[self.ally, self.opponent]
        return quarrels

    def of_side(self, side: Who, at: Places = EVERYWHERE) -> Index:
        """Return the rows of the allies of a side, filled up with nobody where there are fewer.

        Args:
            side: row of a side, or rows.
            at: the places: in cases those of each case are returned, (ally, case), and in every
                world all that are allies in any, (ally,) or (ally, side).
        """
        return self._called.of_side(side, at)

    def cells(self, rows: Index, at: Places) -> Index:
        """Return the cells of allies by their rows, (ally, place): nobody's where they are none."""
        return self._cells.read(rows, at)

    # -- what they would do -----------------------------------------------------------------------

    def renew(self) -> None:
        """Read anew what has changed of the record, and of what was promised."""
        self.record.renew()
        self.promises = ForeseenPromises(self._state, list(self._rows))

    def expected_aid(self, cells: Index, chances: AidTable) -> Vector:
        """Return the strength that allies are expected to add, given the chances, (ally, place)."""
        materiel, extra_troops, extra_war = chances * self.aid.take(cells, axis=-1)
        aid: Vector = materiel + extra_troops + extra_war
        return aid

    # -- promises that hold even for a side that begins -------------------------------------------

    @cached_property
    def any_unconditional(self) -> bool:
        """Whether any ally is bound even if its partner begins the war."""
        return bool(self._unconditional)

    @cached_property
    def unconditional(self) -> Mask:
        """Which allies are so bound, (row,)."""
        return np.array([False, *(ally in self._unconditional for ally in self._rows)])

    @cached_property
    def bound_in_record(self) -> Mask:
        """Which allies were so bound in the record of disputes, (row,)."""
        bound = np.zeros(len(self.ally), dtype=bool)
        for ally, treaties in self._unconditional.items():
            stood = (t.in_reference_period(self._state.scenario, *ally.pair) for t in treaties)
            bound[self._rows[ally]] = any(stood)
        return bound

    def bound_if_begun(self, allies: Index, at: Places) -> Vector:
        """Return how far allies are bound even if their partner begins the war, (ally, place)."""
        places, bound = np.zeros(len(self.ally), dtype=np.intp), [self._state.nothing]
        for ally, treaties in self._unconditional.items():
            places[self._rows[ally]] = len(bound)
            bindings = [self._state.binding_between(treaty, *ally.pair) for treaty in treaties]
            bound.append(np.maximum.reduce(bindings))
        return at.read(np.stack(bound), places[allies])
