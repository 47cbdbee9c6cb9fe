"""Which record an ally's answer starts from: its strongest promise, or its standing.

What an ally owes is the same in every world; how far its treaties bind is not. So the record is
read of what is owed, in some worlds or in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from sim.model.arrays import Vector, any_world
from sim.model.decisions.calls import Call, Called, find_commitment
from sim.model.entities.commitment import MORE, TWO, Owed
from sim.model.entities.treaty import Treaty
from sim.model.places import CasePlaces, Index
from sim.model.state import State
from sim.model.theory.anchor import Anchor, strongest_promise
from sim.model.theory.anchors import NOTHING

_Promise = tuple[Treaty, str]
"""A treaty by which something is promised, and the class of the promise."""


def find_owed(state: State, call: Called) -> tuple[Owed, Owed]:
    """Return what is owed to a partner that began the war unpunished, and to one that did not.

    Theatres in which two are bound alike differ in nothing else.
    """
    return find_commitment(state, call.ally, call.partner, call.rivalry).owed


class RecordCases:
    """The worlds in which the record of several allies is read, one ally after another."""

    def __init__(self, state: State, worlds: Sequence[Index]) -> None:
        """Read the record of each in some worlds, (its cases,)."""
        self._state, self._worlds = state, worlds
        self._sizes = [len(each) for each in worlds]
        self._at = CasePlaces(np.concatenate(worlds))

    def read(self, owed: Sequence[Owed]) -> Vector:
        """Return the record of what each ally owes now.

        The strongest promise counts. A treaty that is signed and not yet in force binds in part: it
        counts for that part of the way from an ally that promised nothing.

        Returns:
            What the chances of aid rest on, (number, case), as of `Anchor.chances_at_zero`.
        """
        promises = (
            (self._read_bindings(owed, promised), self._read_promises(owed, promised))
            for promised in zip_longest(*[each.promises for each in owed])
        )
        standings = self.read_standings([each.standing for each in owed])
        return strongest_promise(standings, promises)

    def read_standings(self, standings: Sequence[str]) -> Vector:
        """Return the same record of allies of such standings that promised nothing."""
        rows = self._state.anchors.rows
        by_case = np.repeat([rows[standing, NOTHING] for standing in standings], self._sizes)
        return self._at.read(self._state.anchors.table, by_case)

    def _read_promises(self, owed: Sequence[Owed], promised: Sequence[_Promise | None]) -> Vector:
        """Return the record of one promise of each, or of its standing, (number, case)."""
        rows, each = self._state.anchors.rows, zip(owed, promised, strict=True)
        classes = [rows[who.standing, made[1] if made else NOTHING] for who, made in each]
        by_case = np.repeat(classes, self._sizes)
        for place, made in enumerate(promised):
            if made and made[1] == TWO and made[0].memberships:
                by_case[self._joined(place, made[0])] = rows[owed[place].standing, MORE]
        return self._at.read(self._state.anchors.table, by_case)

    def _joined(self, place: int, treaty: Treaty) -> Index:
        """Return the cases of one ally in which others acceded to a treaty of two."""
        joined = treaty.enlarged(self._state.month)
        where = self._state.no_world if joined is None else joined
        return sum(self._sizes[:place]) + where[self._worlds[place]].nonzero()[0]

    def _read_bindings(self, owed: Sequence[Owed], promised: Sequence[_Promise | None]) -> Vector:
        """Return how far one promise of each binds this month, (case,); 0 of who made none."""
        bound = [
            self._state.binding_between(made[0], who.ally, who.partner)
            if made
            else self._state.nothing
            for who, made in zip(owed, promised, strict=True)
        ]
        each = zip(bound, self._worlds, strict=True)
        return np.concatenate([binding.take(worlds) for binding, worlds in each])


def class_anchor(state: State, call: Call) -> Anchor:
    """Return the record of allies of this class by the same rule, in every world."""
    (if_begun, if_attacked), unpunished = find_owed(state, call), call.began & ~call.home_soil
    record = _anchor_now(state, if_attacked)
    if if_begun == if_attacked or not any_world(unpunished):
        return record
    return _anchor_now(state, if_begun).where(unpunished, record)


def _anchor_now(state: State, owed: Owed) -> Anchor:
    promises = (
        (
            state.binding_between(treaty, owed.ally, owed.partner),
            _promised_now(state, treaty, promise, owed.standing).table,
        )
        for treaty, promise in owed.promises
    )
    return Anchor(strongest_promise(state.anchors.find(owed.standing).table, promises))


def reference_anchor(state: State, owed: Owed) -> Anchor:
    """Return the record of allies of this class under the treaties of the reference period.

    They are the alliances that stood while rates of disputes were measured; all bind in full.
    """
    pair, scenario = (owed.ally, owed.partner), state.scenario
    stood = [made for by, made in owed.promises if by.in_reference_period(scenario, *pair)]
    return state.anchors.find(owed.standing, *stood)


def standing_anchor(state: State, call: Called) -> Anchor:
    """Return the record of actors of the ally's standing that promised nothing."""
    return state.anchors.find(find_owed(state, call)[0].standing)


def _promised_now(state: State, treaty: Treaty, promise: str, standing: str) -> Anchor:
    """Return the record of a promise, which is one of more than two where others acceded."""
    record = state.anchors.find(standing, promise)
    joined = treaty.enlarged(state.month) if promise == TWO else None
    return record if joined is None else state.anchors.find(standing, MORE).where(joined, record)
