"""The allies that rivals would call, as tables: so that one can be read for each of many cases.

An ally has one row for each rivalry and partner; the last row is nobody, who adds nothing. Facts of
a call foreseen never change; the record is read anew where what binds the two has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Mask, Vector, total
from sim.model.decisions.calls import find_shared_treaties
from sim.model.decisions.record import foreseen_anchor
from sim.model.entities.treaty import Treaty
from sim.model.foresight.misjudgement import lasting_error
from sim.model.foresight.prospective_allies import ProspectiveAllies, ProspectiveAlly
from sim.model.places import Index, Places, Who
from sim.model.plugged.asking import honour_willingness
from sim.model.plugged.honour import Asked
from sim.model.plugged.promises import Promise, join_promises, promise_now
from sim.model.state import State
from sim.model.theory.anchor import AidChances, ordered_chances

_ANY_AID, _TROOPS, _WAR = range(3)


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
        at_zero: the record of open war if the partner begins, then if it is attacked, in log-odds,
            (2 * rows, world); row r of the second half follows those of the first.
        divisors: of the odds for any aid, for troops and for open war, likewise.
        recorded: chances of any aid, troops and open war in the record of disputes, likewise.
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
        self._renewed: int = -1 if before is None else before._renewed
        self._unread = set(range(self.nobody))
        if before is not None and self._allies == before._allies:
            self._share_tables(before)
            return
        self._fill_constants()
        if before is not None:
            self._keep_record(before)

    def _fill_constants(self) -> None:
        allies, count = self._allies, self._state.count
        self.circumstances = _table([ally.if_begun.circumstances for ally in allies], count)
        contributions = [self._contribution(ally) for ally in allies]
        self.aid = [_table([adds[level] for adds in contributions], count) for level in range(3)]
        self.armed = _table([ally.contribution.nuclear for ally in allies], count)
        self.at_zero = np.zeros((2 * (self.nobody + 1), count))
        self.divisors = [np.full(self.at_zero.shape, np.inf) for _ in range(3)]

    def _share_tables(self, before: ForeseenAllies) -> None:
        """Go on with the tables of the same allies, of whom only where they are allies changed."""
        self.circumstances, self.aid, self.armed = before.circumstances, before.aid, before.armed
        self.at_zero, self.divisors = before.at_zero, before.divisors
        self._unread = before._unread
        if "_recorded_if_allied" in before.__dict__:
            self._recorded_if_allied = before._recorded_if_allied

    def _keep_record(self, before: ForeseenAllies) -> None:
        """Take over the record of every ally that was foreseen before."""
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

    # -- the record -----------------------------------------------------------------------------

    def renew(self) -> None:
        """Read the record anew of every ally whose treaties with its partner have changed."""
        state, since = self._state, self._renewed
        self._renewed = state.renewals
        self.__dict__.pop("_promises", None)
        changed = {code for code, renewal in state.binding_changed.items() if renewal > since}
        for row, ally in enumerate(self._allies):
            if row in self._unread or not changed.isdisjoint(self._treaties[row]):
                self._read_record(row, ally)
        self._unread.clear()

    @cached_property
    def _treaties(self) -> list[set[str]]:
        """Codes of the treaties of each ally with its partner."""
        pairs = zip(self.ally.tolist(), self.partner.tolist(), strict=True)
        return [
            {treaty.code for treaty in find_shared_treaties(self._state, *pair)} for pair in pairs
        ]

    def _read_record(self, row: int, ally: ProspectiveAlly) -> None:
        for case, began in ((ally.if_begun, True), (ally.if_attacked, False)):
            anchor = foreseen_anchor(self._state, case.call, began=began)
            self.at_zero[row] = anchor.at_zero
            divisors = (1.0, 1.0, 1.0) if case.in_place else anchor.odds_divisors
            for table, divisor in zip(self.divisors, divisors, strict=True):
                table[row] = divisor
            row += self.nobody + 1

    @cached_property
    def recorded(self) -> tuple[Vector, Vector, Vector]:
        """Chances of aid in the record of disputes, (2 * rows, world) each."""
        if self.allied is None:
            return self._recorded_if_allied
        both = np.concatenate([self.allied, self.allied])
        any_aid, troops, war = (table * both for table in self._recorded_if_allied)
        return any_aid, troops, war

    @cached_property
    def _recorded_if_allied(self) -> tuple[Vector, Vector, Vector]:
        """The same, as if all were allies in every world."""
        cases = [ally.reference_chances for ally in self._allies]
        count = self._state.count
        any_aid, troops, war = (
            np.concatenate([_table([c[begins][level] for c in cases], count) for begins in (0, 1)])
            for level in (_ANY_AID, _TROOPS, _WAR)
        )
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

    def chances(self, allies: Index, considered: Sequence[Vector], at: Places) -> AidChances:
        """Return the chances of aid if the partner begins, and if it is attacked.

        Args:
            allies: rows of the allies, (ally,) or (ally, case).
            considered: what is added to the record, in log-odds, (ally, place) each.
            at: the places.

        Returns:
            Chances of any aid, of troops or more, and of open war, (2, ally, place) each.
        """
        both = self.if_begun_or_attacked(allies)
        return self.chances_of(allies, total([at.read(self.at_zero, both), *considered]), at)

    def chances_of(self, allies: Index, willing: Vector, at: Places) -> AidChances:
        """Return the same chances, given the log-odds of open war, (2, ally, place)."""
        both = self.if_begun_or_attacked(allies)
        any_aid, troops, war = (at.read(divisors, both) for divisors in self.divisors)
        chances = ordered_chances(willing, (any_aid, troops, war))
        if self.allied is None:
            return chances
        any_aid, troops, war = (chance * at.read(self.allied, allies) for chance in chances)
        return any_aid, troops, war

    def willing_by_theory(
        self, allies: Index, other_wars: Callable[[], Mask], at: Places
    ) -> Vector:
        """Return the log-odds of open war by the scenario's theory of honouring, as it is.

        Args:
            allies: rows of the allies, (ally,) or (ally, case).
            other_wars: finds where the allies are at open war elsewhere, (ally, place).
            at: the places.

        Returns:
            Log-odds if the partner begins, and if it is attacked, (2, ally, place).
        """
        both = self.if_begun_or_attacked(allies)
        promise = self._promises.each(lambda table: at.read(table, both))
        began = np.zeros(promise.record.shape, dtype=bool)
        began[0] = True
        nuclear = at.read(self._state.nuclear, self.opponent[allies])
        asked = Asked(
            ally=self.ally[allies],
            partner=self.partner[allies],
            opponent=self.opponent[allies],
            at=at,
            shape=began.shape,
            promise=promise,
            war={"began": began, "home_soil": np.zeros(1), "nuclear": nuclear},
            other_wars=other_wars,
        )
        return honour_willingness(self._state, asked)

    @cached_property
    def _promises(self) -> Promise:
        """What every ally promised if its partner begins, then if it is attacked, as tables.

        They are read anew with the record.
        """
        state = self._state
        cases = [a.if_begun for a in self._allies], [a.if_attacked for a in self._allies]
        nobody = Promise(*([state.nothing] * 6))
        rows = [
            promise
            for each in cases
            for promise in (*(promise_now(state, case.call) for case in each), nobody)
        ]
        return join_promises(rows, np.stack)

    def expected_aid(self, allies: Index, chances: AidChances, at: Places) -> Vector:
        """Return the strength that allies are expected to add, given the chances, (ally, place)."""
        any_aid, troops, war = chances
        materiel, extra_troops, extra_war = (at.read(part, allies) for part in self.aid)
        aid: Vector = any_aid * materiel + troops * extra_troops + war * extra_war
        return aid

    def recorded_chances(self, allies: Index, at: Places) -> AidChances:
        """Return the same chances in the record of disputes, (2, ally, place) each."""
        both = self.if_begun_or_attacked(allies)
        any_aid, troops, war = (at.read(chances, both) for chances in self._recorded_if_allied)
        if self.allied is None:
            return any_aid, troops, war
        allied = at.read(self.allied, allies)
        return any_aid * allied, troops * allied, war * allied

    def if_begun_or_attacked(self, allies: Index) -> Index:
        """Return the rows in tables of twice the length: if begun, and if attacked."""
        return np.stack([allies, allies + (self.nobody + 1)])

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

    # -- what observers err about -----------------------------------------------------------------

    def error(self, observer: Who, allies: Index, at: Places) -> Vector:
        """Return the lasting error of an observer about allies, (ally, place)."""
        pairs, table = self._errors
        return at.read(table, pairs[observer, allies])

    @cached_property
    def _errors(self) -> tuple[Index, Vector]:
        """Row of each pair in a table, (actor, other), and the table of their errors."""
        state, actors = self._state, len(self._state.codes)
        pairs, errors = np.zeros((actors, actors), dtype=np.intp), [state.nothing]
        for observer, ally in sorted(set(self._observed())):
            pairs[observer, ally] = len(errors)
            errors.append(lasting_error(state, observer, ally))
        return pairs, np.stack(errors)

    def _observed(self) -> Iterator[tuple[int, int]]:
        for ally in self._allies:
            call = ally.if_begun.call
            yield call.partner, call.ally
            yield call.opponent, call.ally


def _mask(where: Mask | None, like: Mask) -> Mask:
    return np.ones_like(like) if where is None else where


def _table(rows: list[NDArray[np.float64]], count: int) -> Vector:
    """Return vectors as a table (row, world), with a row of zeros for nobody."""
    return np.stack([*rows, np.zeros(count)])
