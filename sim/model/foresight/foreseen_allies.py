"""The allies that rivals would call, as tables: so that one can be read for each of many cases.

An ally has one row for each rivalry and partner, from when it is first foreseen; row 0 is nobody,
who adds nothing. Facts of a call foreseen never change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import permutations

import numpy as np

from sim.model.arrays import Mask, Vector, total
from sim.model.entities.commitment import Commitment
from sim.model.entities.treaty import Treaty
from sim.model.foresight.called_allies import NOBODY, CalledAllies
from sim.model.foresight.coalition import ally_contributions
from sim.model.foresight.foreseen_promises import ForeseenPromises
from sim.model.foresight.foreseen_record import ForeseenRecord
from sim.model.foresight.growing import with_rows
from sim.model.foresight.misjudgement import LastingErrors
from sim.model.foresight.prospective_allies import ProspectiveAlly, prospective_allies
from sim.model.places import EVERYWHERE, Index, Places, Who
from sim.model.state import State
from sim.model.theory.anchor import AidTable, tabled_chances
from sim.model.theory.honour import Circumstances, circumstance_considerations


class ForeseenAllies:
    """The allies of every side of every rivalry, by row.

    Attributes:
        nobody: row of nobody.
        by_side: the allies of each side in any world, by the row of the side.
        ally, partner, opponent, theatre: rows of the ally, of its partner, of their opponent and
            of the rivalry, (row,).
        own_quarrels: quarrels of the ally with its partner's opponent, (row,), 0 to 3.
        circumstances: sum of the terms that never change, in log-odds, (row, world).
        aid: what materiel, troops beyond it and open war beyond these add, (level, row, world).
        armed: where the ally is nuclear, (row, world).
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
        self._rows: dict[ProspectiveAlly, int] = {}
        self.by_side: list[tuple[ProspectiveAlly, ...]] = [()] * len(self._sides)
        self._unconditional: dict[ProspectiveAlly, list[Treaty]] = {}
        nobody = np.zeros((1, state.count))
        self.circumstances = self.armed = nobody
        self.aid = np.zeros((3, *nobody.shape))
        self.record, self.errors = ForeseenRecord(state), LastingErrors(state)
        self._who: Index = np.zeros((4, 1), dtype=np.intp)
        self.ally, self.partner, self.opponent, self.theatre = self._who
        self.own_quarrels = state.own_quarrels[self.ally, self.opponent]
        self.find_anew(set(permutations(range(len(state.codes)), 2)))

    # -- who ----------------------------------------------------------------------------------

    def find_anew(self, pairs: Collection[tuple[int, int]]) -> Mask:
        """Find anew where some actors are allies; return where others are, (side row, world).

        Args:
            pairs: rows of an ally and its partner, each. What is known of others stays as it is.
        """
        found = self._find_prospects(pairs)
        self._add({ally: of for each in found.values() for ally, of in each.items()})
        moved: Mask = np.zeros((len(self._sides), self._state.count), dtype=bool)
        for side, allies in found.items():
            others = [ally for ally in self.by_side[side] if ally[:2] not in pairs]
            self.by_side[side] = tuple(sorted([*others, *allies]))
            moved[side] = self._find_side(side, allies)
        for name in ("any_unconditional", "unconditional", "bound_in_record"):
            self.__dict__.pop(name, None)
        return moved

    def _find_prospects(
        self, pairs: Collection[tuple[int, int]]
    ) -> dict[int, dict[ProspectiveAlly, Commitment]]:
        """Return which of some actors each side would call, by its row, if any of them might be."""
        by_partner: defaultdict[int, list[int]] = defaultdict(list)
        for ally, partner in pairs:
            by_partner[partner].append(ally)
        return {
            side: prospective_allies(self._state, rivalry, rival, by_partner[rival])
            for side, (rivalry, rival) in enumerate(self._sides)
            if rival in by_partner
        }

    def _find_side(self, side: int, found: Mapping[ProspectiveAlly, Commitment]) -> Mask:
        """Find where some allies of a side are allies; return where others are than before."""
        everywhere, rows = ~self._state.no_world, self._rows
        wheres = {
            rows[ally]: everywhere if of.where is None else of.where for ally, of in found.items()
        }
        moved = self._called.call(side, tuple([rows[ally] for ally in self.by_side[side]]), wheres)
        return everywhere if self._find_unconditional(found) else moved

    def _find_unconditional(self, allies: Mapping[ProspectiveAlly, Commitment]) -> bool:
        """Find what binds allies even if their partner begins; return whether it is other now."""
        known = self._unconditional
        changed = {
            ally: commitment.unconditional
            for ally, commitment in allies.items()
            if commitment.unconditional != known.get(ally, [])
        }
        known.update(changed)
        return bool(changed)

    def _add(self, found: Mapping[ProspectiveAlly, Commitment]) -> None:
        """Add rows for allies that were not foreseen before."""
        allies = {ally: of for ally, of in found.items() if ally not in self._rows}
        if not allies:
            return
        used = 1 + len(self._rows)
        self._rows.update((ally, row) for row, ally in enumerate(allies, start=used))
        self._list_actors(allies)
        ally, partner = self.ally[used:], self.partner[used:]
        circumstances = self._circumstances(slice(used, None))
        self.circumstances = with_rows(self.circumstances, used, circumstances)
        self.aid = with_rows(self.aid, used, ally_contributions(self._state, ally, partner))
        self.armed = with_rows(self.armed, used, self._state.nuclear[ally])
        self.record.add(allies, circumstances)
        self.errors.add((who, each.ally) for each in allies for who in each[1:3])

    def _list_actors(self, allies: Iterable[ProspectiveAlly]) -> None:
        theatres = {code: row for row, code in enumerate(self._state.rivalries)}
        who = [(*ally[:3], theatres[ally.rivalry]) for ally in allies]
        self._who = np.concatenate([self._who, np.array(who).T], axis=1)
        self.ally, self.partner, self.opponent, self.theatre = self._who
        self.own_quarrels = self._state.own_quarrels[self.ally, self.opponent]

    def _circumstances(self, rows: slice) -> Vector:
        """Return the sum of the terms that never change of some allies, (row, world)."""
        state, opponent = self._state, self.opponent[rows]
        pairs = self.ally[rows], self.partner[rows]
        facts = Circumstances(
            own_quarrels=self.own_quarrels[rows, None],
            joint_disputes=state.joint_disputes[pairs][:, None],
            nuclear=state.nuclear[opponent],
            stationed=state.stationed[pairs][:, None],
        )
        return total(circumstance_considerations(state.rules.honour, facts).values())

    def of_side(self, side: Who, at: Places = EVERYWHERE) -> Index:
        """Return the rows of the allies of a side, filled up with nobody where there are fewer.

        Args:
            side: row of a side, or rows.
            at: the places: in cases those of each case are returned, (ally, case), and in every
                world all that are allies in any, (ally,) or (ally, side).
        """
        return self._called.of_side(side, at)

    @property
    def allied(self) -> Vector | None:
        """Where an ally is one, 1 or else 0, (row, world); None if all are in every world."""
        return self._called.allied

    # -- what they would do -----------------------------------------------------------------------

    def renew(self) -> None:
        """Read anew what has changed of the record, and of what was promised."""
        self.record.renew()
        self.promises = ForeseenPromises(self._state, list(self._rows))

    def chances(self, allies: Index, willing: Vector, divisors: Vector, at: Places) -> AidTable:
        """Return the chances of any aid, troops or more, open war, (level, 2, ally, place).

        Args:
            allies: rows of the allies, (ally,) or (ally, case).
            willing: the log-odds of open war, (2, ally, place).
            divisors: as of `ForeseenRecord.read_divisors`.
            at: the places.
        """
        return self._where_allied(allies, tabled_chances(willing, divisors), at)

    def recorded_chances(self, allies: Index, at: Places) -> AidTable:
        """Return the same chances in the record of disputes, (level, 2, ally, place)."""
        return self._where_allied(allies, self.record.read_chances(allies, at), at)

    def _where_allied(self, allies: Index, chances: AidTable, at: Places) -> AidTable:
        """Return chances of aid, with none of an ally where it is none; in cases all are allies."""
        if at is not EVERYWHERE or self.allied is None:
            return chances
        return chances * self.allied[allies]

    def expected_aid(self, allies: Index, chances: AidTable, at: Places) -> Vector:
        """Return the strength that allies are expected to add, given the chances, (ally, place)."""
        materiel, extra_troops, extra_war = chances * at.read(self.aid, allies)
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
