"""Which record an ally's answer starts from: its strongest promise, or its standing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.model.arrays import Mask, Vector, any_world
from sim.model.decisions.calls import (
    Call,
    Called,
    find_promises,
    find_shared_treaties,
)
from sim.model.entities.treaty import Promised, Treaty
from sim.model.state import State
from sim.model.theory.anchor import Anchor

_WEAKER = {
    "aid_due_two": ("aid_not_due", "consultation"),
    "aid_due_more": ("aid_not_due", "consultation"),
    "aid_not_due": ("consultation",),
    "consultation": (),
}
"""The classes of promise that owe less than each."""


def class_anchor(state: State, call: Call) -> Anchor:
    """Return the record of allies of this class, given the treaties that bind this month.

    The strongest promise counts. A treaty that is signed and not yet in force binds in part: it
    counts for that part of the way from an ally that promised nothing.
    """
    return _record_now(state, call, lambda treaty: treaty.aid_due(call.began, call.home_soil))


def foreseen_anchor(state: State, call: Called, *, began: bool) -> Anchor:
    """Return the record for a call by a partner that began the war, or did not, in every world.

    It is worked out anew where what binds the two has changed, and once for all theatres in which
    they are bound alike.
    """
    key = began, call.ally, call.partner, *what_binds(state, call)
    changed = last_change(state, call.ally, call.partner)
    if state.foreseen_anchors.get(key, (-1, None))[0] != changed:
        begun = np.full(state.count, began)
        record = _record_now(state, call, lambda treaty: treaty.aid_due(begun, state.no_world))
        state.foreseen_anchors[key] = changed, record
    return state.foreseen_anchors[key][1]


def last_change(state: State, ally: int, partner: int) -> int:
    """Return the renewal in which what binds ally and partner last changed in any world."""
    shared = find_shared_treaties(state, ally, partner)
    return max([state.binding_changed.get(treaty.code, 0) for treaty in shared], default=0)


def what_binds(state: State, call: Called) -> tuple[object, ...]:
    """Return what the record of a class rests on beside who began: standing and promises.

    Calls for which it is equal have equal records, in whatever theatre.
    """
    promises = find_promises(state, call.ally, call.partner, call.rivalry)
    return _standing_of(state, call), *promises


def reference_anchor(state: State, call: Call) -> Anchor:
    """Return the record of allies of this class under the treaties of the reference period.

    They are the alliances that stood while rates of disputes were measured; all bind in full.
    """

    def stood(treaty: Treaty) -> Vector:
        bound = treaty.in_reference_period(state.scenario, call.ally, call.partner)
        return np.full(state.count, float(bound))

    def due(treaty: Treaty) -> Mask:
        return treaty.aid_due(call.began, call.home_soil)

    return _strongest_promise(state, call, stood, due, then=True)


def standing_anchor(state: State, call: Called) -> Anchor:
    """Return the record of actors of the ally's standing that promised nothing."""
    return state.anchors[_standing_of(state, call)]


def _record_now(state: State, call: Called, aid_due: Callable[[Treaty], Mask]) -> Anchor:
    """Return the record under the treaties that bind this month, given where aid is due."""

    def bound(treaty: Treaty) -> Vector:
        return state.binding_between(treaty, call.ally, call.partner)

    return _strongest_promise(state, call, bound, aid_due)


def _strongest_promise(
    state: State,
    call: Called,
    bound_by: Callable[[Treaty], Vector],
    aid_due: Callable[[Treaty], Mask],
    *,
    then: bool = False,
) -> Anchor:
    """Return the record of the strongest promise that binds, or of the ally's standing.

    Of two promises of one class the one that binds further counts.

    Args:
        state: the state.
        call: the call.
        bound_by: returns how far a treaty binds the two, (world,).
        aid_due: returns where a promise of aid applies to this war, (world,).
        then: whether it is asked about the reference period.
    """
    standing = _standing_of(state, call)
    without = strongest = state.anchors[standing]
    level, share = np.full(state.count, -np.inf), np.zeros(state.count)
    for promise in find_promises(state, call.ally, call.partner, call.rivalry):
        bound = bound_by(promise.treaty)
        if not any_world(bound > 0):
            continue
        anchor = _read_promise(state, promise, aid_due, standing, then)
        in_part = any_world((bound > 0) & (bound < 1))
        blended = anchor.blended(bound, without) if in_part else anchor
        stronger = (anchor.at_zero > level) | ((anchor.at_zero == level) & (bound > share))
        stronger &= bound > 0
        strongest = blended.where(stronger, strongest)
        level = np.where(stronger, anchor.at_zero, level)
        share = np.where(stronger, bound, share)
    return strongest


def _read_promise(
    state: State,
    promise: Promised,
    aid_due: Callable[[Treaty], Mask],
    standing: str,
    then: bool,
) -> Anchor:
    """Return the record of what one treaty owes in this war."""
    if not promise.of_aid:
        return _promised(state, "consultation", standing)
    due = _aid_due(state, promise.treaty, standing, then)
    return due.where(aid_due(promise.treaty), _promised(state, "aid_not_due", standing))


def _aid_due(state: State, treaty: Treaty, standing: str, then: bool) -> Anchor:
    """Return the record of aid due under a treaty of two, or of more where others acceded."""
    more = _promised(state, "aid_due_more", standing)
    if not treaty.spec.is_bilateral:
        return more
    two, joined = _promised(state, "aid_due_two", standing), treaty.enlarged(state.month)
    return two if joined is None or then else more.where(joined, two)


def _promised(state: State, promise: str, standing: str) -> Anchor:
    """Return the anchor of a promise, made by an actor of some standing; cached."""
    key = promise, standing
    if key not in state.promised_anchors:
        anchor = state.anchors[promise]
        for weaker in (*_WEAKER[promise], standing):
            anchor = anchor.raised_to(state.anchors[weaker])
        state.promised_anchors[key] = anchor
    return state.promised_anchors[key]


def _standing_of(state: State, call: Called) -> str:
    """Return the class of an actor that promised nothing, by its rank and its neighbours."""
    if state.major_power[call.ally]:
        return "major_power"
    near = state.contiguous[call.ally, list(state.rivalries[call.rivalry].rivals)].any()
    return "neighbour" if near else "bystander"
