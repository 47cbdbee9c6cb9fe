"""The allies that rivals would call, as tables: so that one can be read for each of many cases.

An ally has one row for each rivalry and partner, from when it is first foreseen, and in each world
in which it is one a cell of the tables. Row 0 and cell 0 are those of nobody, who adds nothing.
Facts of a call foreseen never change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import permutations

import numpy as np

from sim.model.arrays import Mask, Vector, any_world, total
from sim.model.entities.commitment import Commitment
from sim.model.entities.treaty import Treaty
from sim.model.foresight.allied_cells import NOBODY, AlliedCases, AlliedCells
from sim.model.foresight.called_allies import CalledAllies
from sim.model.foresight.coalition import ally_contributions
from sim.model.foresight.foreseen_promises import ForeseenPromises
from sim.model.foresight.foreseen_record import ForeseenRecord
from sim.model.foresight.growing import with_more
from sim.model.foresight.misjudgement import LastingErrors
from sim.model.foresight.prospective_allies import Pair, ProspectiveAlly, prospective_allies
from sim.model.places import EVERYWHERE, CasePlaces, Index, Places, Who
from sim.model.state import State
from sim.model.theory.anchor import AidTable
from sim.model.theory.honour import Circumstances, circumstance_considerations

_Found = Mapping[ProspectiveAlly, Commitment]
"""Whom sides would call, with what they promised."""


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
        rivals = ((rival, code) for code, each in state.rivalries.items() for rival in each.rivals)
        self._sides = {calling: side for side, calling in enumerate(rivals)}
        self._called = CalledAllies(len(self._sides), state.count)
        self._cells = AlliedCells(state.count)
        self._rows: dict[ProspectiveAlly, int] = {}
        self.by_side: list[tuple[ProspectiveAlly, ...]] = [()] * len(self._sides)
        self._unconditional: dict[ProspectiveAlly, list[Treaty]] = {}
        self.circumstances, self.aid = np.zeros(1), np.zeros((3, 1))
        self.record, self.errors = ForeseenRecord(state, self._cells), LastingErrors(state)
        self._who: Index = np.zeros((4, 1), dtype=np.intp)
        self.ally, self.partner, self.opponent, self.side = self._who
        pairs = permutations(range(len(state.codes)), 2)
        self.find_anew(dict.fromkeys(pairs, np.arange(state.count)))

    # -- who ----------------------------------------------------------------------------------

    def find_anew(self, committed: Mapping[Pair, Index]) -> Mask:
        """Find anew where some actors are allies; return where others are, (side row, world).

        Args:
            committed: the worlds in which an act may have bound an ally to its partner, (case,), by
                their rows. What is known of others, and of other worlds, stays as it is.
        """
        if not (found := self._find_prospects(committed)):
            return np.zeros((len(self._sides), 1), dtype=bool)
        self._add_rows([ally for ally in found if ally not in self._rows])
        self._list(found)
        begun, ended = self._cells.find_changes(*self._find_where(found, committed))
        self._begin(begun)
        self._end(ended)
        self.record.let_read(committed)
        for name in ("any_unconditional", "unconditional", "bound_in_record"):
            self.__dict__.pop(name, None)
        moved = np.repeat(self._find_unconditional(found), self._state.count, axis=1)
        for cases in (begun, ended):
            moved[self.side[cases.rows], cases.worlds] = True
        return moved

    def _find_prospects(self, pairs: Iterable[Pair]) -> _Found:
        """Return who is an ally in any world, and who was one before, with what they promised."""
        found = prospective_allies(self._state, pairs).items()
        return {ally: of for ally, of in found if of.ever or ally in self._rows}

    def _find_where(
        self, found: _Found, committed: Mapping[Pair, Index]
    ) -> tuple[AlliedCases, Mask]:
        """Return those found in each world, and in which of these cases they are allies."""
        worlds = [committed[ally.pair] for ally in found]
        allied = [of.has_bound(at) for of, at in zip(found.values(), worlds, strict=True)]
        rows = np.repeat([self._rows[ally] for ally in found], [len(at) for at in worlds])
        return AlliedCases(rows, np.concatenate(worlds)), np.concatenate(allied)

    def _list(self, found: _Found) -> None:
        """List the allies of sides: those who are ones in any world."""
        moved: defaultdict[int, set[ProspectiveAlly]] = defaultdict(set)
        for ally, commitment in found.items():
            side = self._side_of(ally)
            if commitment.ever != (ally in self.by_side[side]):
                moved[side].add(ally)
        for side, allies in moved.items():
            self.by_side[side] = tuple(sorted({*self.by_side[side]} ^ allies))
            self._called.order(side, tuple([self._rows[ally] for ally in self.by_side[side]]))

    def _side_of(self, ally: ProspectiveAlly) -> int:
        """Return the row of the side that calls an ally."""
        return self._sides[ally.partner, ally.rivalry]

    def _find_unconditional(self, found: _Found) -> Mask:
        """Find what binds allies even if their partner begins; return of whom, (side row, 1)."""
        known, changed = self._unconditional, np.zeros((len(self._sides), 1), dtype=bool)
        for ally, commitment in found.items():
            if commitment.unconditional != known.get(ally, []):
                known[ally], changed[self._side_of(ally)] = commitment.unconditional, True
        return changed

    def _add_rows(self, allies: Sequence[ProspectiveAlly]) -> None:
        """Add rows for allies that were not foreseen before."""
        if not allies:
            return
        self._rows.update((ally, row) for row, ally in enumerate(allies, 1 + len(self._rows)))
        who = np.array([(*ally[:3], self._side_of(ally)) for ally in allies]).T
        self._who = np.concatenate([self._who, who], axis=1)
        self.ally, self.partner, self.opponent, self.side = self._who
        self._cells.add_rows(len(allies))
        self.record.add_rows(allies)
        self.errors.add((who, each.ally) for each in allies for who in each[1:3])

    def _begin(self, begun: AlliedCases) -> None:
        """Let allies be ones in the worlds in which they become allies."""
        everywhere: Mask = np.bincount(begun.rows, minlength=1) == self._state.count
        if any_world(everywhere):
            self._begin_at(everywhere.nonzero()[0], EVERYWHERE)
        rows, worlds = begun.part(~everywhere[begun.rows])
        if len(rows):
            self._begin_at(rows, CasePlaces(worlds))

    def _begin_at(self, rows: Index, at: Places) -> None:
        """Call allies in every world, (ally,), or one in each case, (case,), and add cells."""
        self._called.change(self.side[rows], rows, at)
        used = self._cells.used
        self._cells.add(rows, at)
        circumstances = self._circumstances(rows, at)
        self.circumstances = with_more(self.circumstances, used, circumstances)
        aid = ally_contributions(self._state, self.ally[rows], self.partner[rows], at)
        self.aid = with_more(self.aid, used, aid)
        self.record.add_cells(used, rows, circumstances, at)

    def _end(self, ended: AlliedCases) -> None:
        """Let allies be ones no longer in some worlds."""
        self._cells.end(ended)
        self._called.change(self.side[ended.rows], ended.rows, CasePlaces(ended.worlds))

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
