"""The allies that rivals would call, as tables: so that one can be read for each of many cases.

An ally has one row for each rivalry and partner; the last row is nobody, who adds nothing. Facts of
a call foreseen never change.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask, Vector
from sim.model.entities.treaty import Treaty
from sim.model.foresight.foreseen_promises import ForeseenPromises
from sim.model.foresight.foreseen_record import ForeseenRecord
from sim.model.foresight.misjudgement import LastingErrors
from sim.model.foresight.prospective_allies import ProspectiveAllies, ProspectiveAlly
from sim.model.places import Index, Places, Who
from sim.model.state import State
from sim.model.theory.anchor import AidChances, ordered_chances


class ForeseenAllies:
    """The allies of every side of every rivalry, by row.

    Attributes:
        by_side: the allies of each side, by the row of the side.
        ally, partner, opponent, theatre: rows of the ally, of its partner, of their opponent and
            of the rivalry, (row,).
        own_quarrels: quarrels of the ally with its partner's opponent, (row,), 0 to 3.
        circumstances: sum of the terms that never change, in log-odds, (row, world).
        aid: what materiel, troops beyond it and open war beyond these add, (row, world) each.
        armed: where the ally is nuclear, (row, world).
        record: the record of every ally.
        promises: what every ally promised, for a theory of honouring.
    """

    def __init__(
        self, state: State, prospects: ProspectiveAllies, before: ForeseenAllies | None = None
    ) -> None:
        """Foresee who would be called; what is known from `before` is not worked out again."""
        self._state = state
        rivalries = state.rivalries.values()
        self.by_side: list[tuple[ProspectiveAlly, ...]] = [
            prospects.of_rival(rivalry, rival) for rivalry in rivalries for rival in rivalry.rivals
        ]
        self._allies = [ally for allies in self.by_side for ally in allies]
        self._unconditional = [ally.find_unconditional(state) for ally in self._allies]
        self._allied = [ally.allied_where(state) for ally in self._allies]
        self.nobody = len(self._allies)
        calls = [ally.if_begun.call for ally in self._allies]
        theatres = list(state.rivalries)
        self.ally = np.array([*(call.ally for call in calls), 0])
        self.partner = np.array([*(call.partner for call in calls), 0])
        self.opponent = np.array([*(call.opponent for call in calls), 0])
        self.theatre = np.array([*(theatres.index(call.rivalry) for call in calls), 0])
        self.own_quarrels = np.array(
            [*(state.own_quarrels[call.ally, call.opponent] for call in calls), 0.0]
        )
        if before is not None and self._allies == before._allies:
            self._share_tables(before)
        else:
            self._fill_constants(before)
        self.promises = ForeseenPromises(state, self._allies)

    def _fill_constants(self, before: ForeseenAllies | None) -> None:
        allies, count = self._allies, self._state.count
        self.circumstances = _table([ally.if_begun.circumstances for ally in allies], count)
        contributions = [self._contribution(ally) for ally in allies]
        self.aid = [_table([adds[level] for adds in contributions], count) for level in range(3)]
        self.armed = _table([ally.contribution.nuclear for ally in allies], count)
        known = None if before is None else before.record
        self.record = ForeseenRecord(self._state, allies, known)

    def _share_tables(self, before: ForeseenAllies) -> None:
        """Go on with the tables of the same allies, of whom only where they are allies changed."""
        self.circumstances, self.aid, self.armed = before.circumstances, before.aid, before.armed
        self.record: ForeseenRecord = before.record

    def _contribution(self, ally: ProspectiveAlly) -> tuple[Vector, Vector, Vector]:
        """Return what each level adds; all or nothing with troops in place."""
        adds, nothing = ally.contribution, self._state.nothing
        if ally.if_begun.in_place:
            return nothing, nothing, adds.full_war
        return adds.materiel, adds.extra_troops, adds.extra_war

    # -- who ----------------------------------------------------------------------------------

    @cached_property
    def _slots(self) -> Index:
        """The allies of each side, filled up with nobody, (ally, side row)."""
        most = max((len(allies) for allies in self.by_side), default=0)
        slots = np.full((most, len(self.by_side)), self.nobody)
        row = 0
        for side, allies in enumerate(self.by_side):
            slots[: len(allies), side] = np.arange(row, row + len(allies))
            row += len(allies)
        return slots

    def of_side(self, side: Who) -> Index:
        """Return the rows of the allies of a side, (ally,), or of those in each case, (ally, case).

        In cases those of a side with fewer allies are filled up with nobody.
        """
        if isinstance(side, np.ndarray):
            return self._slots[:, side]
        return self._slots[: len(self.by_side[side]), side]

    # -- what they would do -----------------------------------------------------------------------

    def renew(self) -> None:
        """Read anew what has changed of the record, and of what was promised."""
        self.record.renew()
        self.promises = ForeseenPromises(self._state, self._allies)

    @cached_property
    def recorded(self) -> AidChances:
        """Chances of aid in the record of disputes, (2 * rows, world) each."""
        if self.allied is None:
            return self.record.chances
        both = np.concatenate([self.allied, self.allied])
        any_aid, troops, war = (table * both for table in self.record.chances)
        return any_aid, troops, war

    # -- worlds in which an ally is none ----------------------------------------------------------

    @cached_property
    def allied(self) -> Vector | None:
        """Where an ally is one, 1 or else 0, (row, world); None if all are in every world.

        An ally by a treaty that only some worlds signed is nobody in the others.
        """
        if all(where is None for where in self._allied):
            return None
        count = self._state.count
        rows = [np.ones(count) if where is None else where for where in self._allied]
        return _table([row.astype(float) for row in rows], count)

    def moved_since(self, before: ForeseenAllies, side: int) -> Mask:
        """Return where a side has other allies than it had before, (world,)."""
        now, then = (each._allied_of_side(side) for each in (self, before))
        moved = self._state.no_world
        if self._bound_anyway(side) != before._bound_anyway(side):
            return ~moved
        for ally in {*now, *then}:
            here, there = (known.get(ally, self._state.no_world) for known in (now, then))
            moved = moved if here is there else moved | (_mask(here, moved) != _mask(there, moved))
        return moved

    def _bound_anyway(self, side: int) -> list[tuple[Treaty, ...]]:
        """Return the treaties that bind allies of a side even if it begins."""
        bound = [self._unconditional[row] for row in self.of_side(side).tolist()]
        return [treaties for treaties in bound if treaties]

    def _allied_of_side(self, side: int) -> dict[int, Mask | None]:
        """Return where each ally of a side is one, by its row among the actors."""
        return {int(self.ally[row]): self._allied[row] for row in self.of_side(side).tolist()}

    def chances(
        self, allies: Index, willing: Vector, divisors: Sequence[Vector], at: Places
    ) -> AidChances:
        """Return the chances of any aid, of troops or more, and of open war, (2, ally, place) each.

        Args:
            allies: rows of the allies, (ally,) or (ally, case).
            willing: the log-odds of open war, (2, ally, place).
            divisors: as of `read_divisors`.
            at: the places.
        """
        return self._where_allied(allies, ordered_chances(willing, divisors), at)

    def expected_aid(self, allies: Index, chances: AidChances, at: Places) -> Vector:
        """Return the strength that allies are expected to add, given the chances, (ally, place)."""
        any_aid, troops, war = chances
        materiel, extra_troops, extra_war = (at.read(part, allies) for part in self.aid)
        aid: Vector = any_aid * materiel + troops * extra_troops + war * extra_war
        return aid

    def recorded_chances(self, allies: Index, at: Places) -> AidChances:
        """Return the same chances in the record of disputes, (2, ally, place) each."""
        return self._where_allied(allies, self.record.read_chances(allies, at), at)

    def _where_allied(self, allies: Index, chances: AidChances, at: Places) -> AidChances:
        """Return chances of aid, with none of an ally where it is none."""
        if self.allied is None:
            return chances
        allied = at.read(self.allied, allies)
        any_aid, troops, war = (chance * allied for chance in chances)
        return any_aid, troops, war

    @cached_property
    def errors(self) -> LastingErrors:
        """What their partners and opponents err about them."""
        calls = [ally.if_begun.call for ally in self._allies]
        pairs = {(who, call.ally) for call in calls for who in (call.partner, call.opponent)}
        return LastingErrors(self._state, pairs)

    # -- promises that hold even for a side that begins -------------------------------------------

    @cached_property
    def any_unconditional(self) -> bool:
        """Whether any ally is bound even if its partner begins the war."""
        return any(self._unconditional)

    @cached_property
    def unconditional(self) -> Mask:
        """Which allies are so bound, (row,)."""
        return np.array([*(bool(treaties) for treaties in self._unconditional), False])

    @cached_property
    def bound_in_record(self) -> Mask:
        """Which allies were so bound in the record of disputes, (row,)."""
        scenario = self._state.scenario
        pairs = zip(self.ally.tolist(), self.partner.tolist(), strict=True)
        treaties = [*self._unconditional, ()]
        return np.array(
            [
                any(treaty.in_reference_period(scenario, *pair) for treaty in each)
                for pair, each in zip(pairs, treaties, strict=True)
            ]
        )

    def bound_if_begun(self, allies: Index, at: Places) -> Vector:
        """Return how far allies are bound even if their partner begins the war, (ally, place)."""
        places, bound = np.zeros(self.nobody + 1, dtype=np.intp), [self._state.nothing]
        for row, treaties in enumerate(self._unconditional):
            if treaties:
                places[row], pair = len(bound), (int(self.ally[row]), int(self.partner[row]))
                bindings = [self._state.binding_between(treaty, *pair) for treaty in treaties]
                bound.append(np.maximum.reduce(bindings))
        return at.read(np.stack(bound), places[allies])


def _mask(where: Mask | None, like: Mask) -> Mask:
    return np.ones_like(like) if where is None else where


def _table(rows: list[NDArray[np.float64]], count: int) -> Vector:
    """Return vectors as a table (row, world), with a row of zeros for nobody."""
    return np.stack([*rows, np.zeros(count)])
