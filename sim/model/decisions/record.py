"""Which record an ally's answer starts from: its strongest promise, or its standing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.model.arrays import Mask
from sim.model.decisions.calls import Call, find_shared_treaties
from sim.model.entities.treaty import Treaty
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
    standing = _standing_of(state, call)
    without = state.anchors[standing]
    strongest: Anchor | None = None
    for treaty, promise, where in _promises(state, call, state.treaties.values()):
        bound = state.binding[treaty.code] * where
        anchor = _promised(state, promise, standing).blended(bound, without)
        strongest = _stronger(anchor, bound > 0, strongest, without)
    return strongest or without


def reference_anchor(state: State, call: Call) -> Anchor:
    """Return the record of allies of this class under the treaties of the reference period.

    They are the alliances that stood while rates of disputes were measured; all bind in full.
    """
    standing = _standing_of(state, call)
    stood = [t for t in state.treaties.values() if t.in_reference_period(state.scenario)]
    without = state.anchors[standing]
    strongest: Anchor | None = None
    for _, promise, where in _promises(state, call, stood):
        anchor = _promised(state, promise, standing)
        strongest = _stronger(anchor, where, strongest, without)
    return strongest or without


def standing_anchor(state: State, call: Call) -> Anchor:
    """Return the record of actors of the ally's standing that promised nothing."""
    return state.anchors[_standing_of(state, call)]


def _stronger(anchor: Anchor, where: Mask, other: Anchor | None, without: Anchor) -> Anchor:
    """Return `anchor` where it binds and exceeds `other`, which itself exceeds having none."""
    if other is None:
        return anchor.where(where, without)
    return anchor.where(where & (anchor.at_zero > other.at_zero), other)


def _promised(state: State, promise: str, standing: str) -> Anchor:
    """Return the anchor of a promise, made by an actor of some standing; cached."""
    key = promise, standing
    if key not in state.promised_anchors:
        anchor = state.anchors[promise]
        for weaker in (*_WEAKER[promise], standing):
            anchor = anchor.raised_to(state.anchors[weaker])
        state.promised_anchors[key] = anchor
    return state.promised_anchors[key]


def _promises(
    state: State, call: Call, treaties: Iterable[Treaty]
) -> Iterator[tuple[Treaty, str, Mask]]:
    """Yield each treaty that bears on the call, what it promises there, and in which worlds."""
    shared = find_shared_treaties(state, call.ally, call.partner)
    for treaty in treaties:
        if treaty not in shared:
            continue
        if treaty.promises_aid(call.ally, call.partner, call.rivalry):
            due = treaty.aid_due(call.began, call.home_soil)
            yield treaty, _due_class(treaty), due
            yield treaty, "aid_not_due", ~due
        elif treaty.promises_consultation(call.ally, call.partner):
            yield treaty, "consultation", ~state.no_world


def _due_class(treaty: Treaty) -> str:
    return "aid_due_two" if len(treaty.parties) == 2 else "aid_due_more"


def _standing_of(state: State, call: Call) -> str:
    """Return the class of an actor that promised nothing, by its rank and its neighbours."""
    if state.major_power[call.ally]:
        return "major_power"
    near = state.contiguous[call.ally, list(state.rivalries[call.rivalry].rivals)].any()
    return "neighbour" if near else "bystander"
