"""Which record an ally's answer starts from: its strongest promise, or its standing.

What an ally owes is the same in every world; how far its treaties bind is not. So the record is
read of what is owed, in some worlds or in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

import numpy as np

from sim.model.arrays import Vector, any_world
from sim.model.decisions.calls import Call, Called, find_commitment
from sim.model.entities.commitment import Owed
from sim.model.entities.treaty import Treaty
from sim.model.places import Index
from sim.model.state import State
from sim.model.theory.anchor import Anchor, strongest_promise

_WEAKER = {
    "aid_due_two": ("aid_not_due", "consultation"),
    "aid_due_more": ("aid_not_due", "consultation"),
    "aid_not_due": ("consultation",),
    "consultation": (),
}
"""The classes of promise that owe less than each."""


def find_owed(state: State, call: Called) -> tuple[Owed, Owed]:
    """Return what is owed to a partner that began the war unpunished, and to one that did not.

    Theatres in which two are bound alike differ in nothing else.
    """
    return find_commitment(state, call.ally, call.partner, call.rivalry).owed


def read_records(state: State, owed: Sequence[Owed], worlds: Sequence[Index]) -> Vector:
    """Return the record of what is owed now, each in some worlds, one after another.

    The strongest promise counts. A treaty that is signed and not yet in force binds in part: it
    counts for that part of the way from an ally that promised nothing.

    Args:
        state: the state.
        owed: what each ally owes, of which there is at least one.
        worlds: where each is read, (its cases,).

    Returns:
        What the chances of aid rest on, (number, case), as of `Anchor.chances_at_zero`.
    """
    listed = [_promises_now(state, each) for each in owed]
    nothing = state.nothing, state.anchors[owed[0].standing]
    promises = (
        (
            np.concatenate([bound.take(at) for (bound, _), at in zip(slot, worlds, strict=True)]),
            _read_tables([record for _, record in slot], worlds),
        )
        for slot in zip_longest(*listed, fillvalue=nothing)
    )
    return strongest_promise(read_standings(state, owed, worlds), promises)


def _read_tables(anchors: Sequence[Anchor], worlds: Sequence[Index]) -> Vector:
    """Return what the chances rest on by each anchor, in some worlds each, (number, case)."""
    tables = zip(anchors, worlds, strict=True)
    read = [anchor.chances_at_zero.take(at, axis=1) for anchor, at in tables]
    return np.concatenate(read, axis=1)


def read_standings(state: State, owed: Sequence[Owed], worlds: Sequence[Index]) -> Vector:
    """Return the same record had the allies promised nothing, (number, case)."""
    return _read_tables([state.anchors[each.standing] for each in owed], worlds)


def class_anchor(state: State, call: Call) -> Anchor:
    """Return the record of allies of this class by the same rule, in every world."""

    def record(owed: Owed) -> Anchor:
        return _strongest(state, owed, _promises_now(state, owed))

    return _by_beginning(state, call, record)


def reference_anchor(state: State, owed: Owed) -> Anchor:
    """Return the record of allies of this class under the treaties of the reference period.

    They are the alliances that stood while rates of disputes were measured; all bind in full.
    """
    pair, scenario = (owed.ally, owed.partner), state.scenario
    stood = [made for by, made in owed.promises if by.in_reference_period(scenario, *pair)]
    known, key = state.promised_anchors, (owed.standing, *stood)
    if key not in known:
        promises = ((state.one, _promised(state, promise, owed.standing)) for promise in stood)
        known[key] = _strongest(state, owed, promises)
    return known[key]


def standing_anchor(state: State, call: Called) -> Anchor:
    """Return the record of actors of the ally's standing that promised nothing."""
    return state.anchors[find_owed(state, call)[0].standing]


def _by_beginning(state: State, call: Call, record: Callable[[Owed], Anchor]) -> Anchor:
    """Return the record in every world, by whether the partner began the war unpunished."""
    if_begun, if_attacked = find_owed(state, call)
    unpunished = call.began & ~call.home_soil
    if not any_world(unpunished):
        return record(if_attacked)
    return record(if_begun).where(unpunished, record(if_attacked))


def _strongest(state: State, owed: Owed, promises: Iterable[tuple[Vector, Anchor]]) -> Anchor:
    tables = ((bound, record.table) for bound, record in promises)
    return Anchor(strongest_promise(state.anchors[owed.standing].table, tables))


def _promises_now(state: State, owed: Owed) -> list[tuple[Vector, Anchor]]:
    """Return how far each promise binds this month, (world,), and its record if it does."""
    return [
        (
            state.binding_between(treaty, owed.ally, owed.partner),
            _promised_now(state, treaty, promise, owed.standing),
        )
        for treaty, promise in owed.promises
    ]


def _promised_now(state: State, treaty: Treaty, promise: str, standing: str) -> Anchor:
    """Return the record of a promise, which is one of more than two where others acceded."""
    record = _promised(state, promise, standing)
    joined = treaty.enlarged(state.month) if promise == "aid_due_two" else None
    if joined is None:
        return record
    return _promised(state, "aid_due_more", standing).where(joined, record)


def _promised(state: State, promise: str, standing: str) -> Anchor:
    """Return the anchor of a promise, made by an actor of some standing; cached."""
    key = standing, promise
    if key not in state.promised_anchors:
        anchor = state.anchors[promise]
        for weaker in (*_WEAKER[promise], standing):
            anchor = anchor.raised_to(state.anchors[weaker])
        state.promised_anchors[key] = anchor
    return state.promised_anchors[key]
