"""What an ally promised a partner in the war at hand, as a theory of honouring is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

import numpy as np

from sim.model.arrays import Vector
from sim.model.decisions.calls import Call, find_shared_treaties
from sim.model.decisions.record import class_anchor, standing_anchor
from sim.model.entities.treaty import Treaty
from sim.model.state import State
from sim.model.theory.anchor import Anchor


@dataclass(frozen=True)
class Promise:
    """What an ally promised, each a vector (place,) or (.., place).

    Attributes:
        record: log-odds of open war of allies of its class in the record.
        record_unbound: the same of actors of its standing that promised nothing.
        aid_due: how far a treaty binds it to aid in this war, 0 to 1.
        aid_not_due: the same of a treaty of aid that does not apply to this war.
        consultation: the same of a treaty to consult.
        pact_age: years since the oldest of these treaties was signed; 0 without one.
    """

    record: Vector
    record_unbound: Vector
    aid_due: Vector
    aid_not_due: Vector
    consultation: Vector
    pact_age: Vector

    def each(self, read: Callable[[Vector], Vector]) -> Promise:
        """Return the promise with every vector read in another way, as in some places."""
        return Promise(*(read(getattr(self, field.name)) for field in fields(self)))

    def withdrawn(self) -> Promise:
        """Return what is left if nothing had been promised."""
        nothing, record = np.zeros_like(self.record), self.record_unbound
        return Promise(record, record, nothing, nothing, nothing, nothing)


def join_promises(promises: Iterable[Promise], join: Callable[[list[Vector]], Vector]) -> Promise:
    """Return several promises as one, whose vectors are joined, as one after another."""
    listed = list(promises)
    return Promise(*(join([getattr(p, f.name) for p in listed]) for f in fields(Promise)))


def promise_now(state: State, call: Call) -> Promise:
    """Return what the ally has promised under the treaties that bind this month, (world,) each."""
    between = call.ally, call.partner
    bindings = [(t, state.binding_between(t, *between)) for t in _shared(state, call)]
    return _promise(state, call, class_anchor(state, call), bindings)


def promise_in_record(state: State, call: Call, anchor: Anchor) -> Promise:
    """Return the promise under the treaties of the reference period, (world,) each.

    A treaty that either of the two joined later promised nothing then. The `anchor` is the record
    of what was owed then.
    """
    between, ones = (call.ally, call.partner), np.ones(state.count)
    shared = _shared(state, call)
    stood = [(t, ones) for t in shared if t.in_reference_period(state.scenario, *between)]
    return _promise(state, call, anchor, stood)


def _shared(state: State, call: Call) -> list[Treaty]:
    return find_shared_treaties(state, call.ally, call.partner)


def _promise(
    state: State, call: Call, anchor: Anchor, bindings: list[tuple[Treaty, Vector]]
) -> Promise:
    due = not_due = consulted = age = state.nothing
    for treaty, bound in bindings:
        if treaty.promises_aid(call.ally, call.partner, call.rivalry):
            owed = treaty.aid_due(call.began, call.home_soil)
            due, not_due = np.maximum(due, bound * owed), np.maximum(not_due, bound * ~owed)
        elif treaty.promises_consultation(call.ally, call.partner):
            consulted = np.maximum(consulted, bound)
        else:
            continue
        age = np.maximum(age, np.where(bound > 0, (state.month - treaty.signed) / 12, 0.0))
    standing = standing_anchor(state, call).open_war
    return Promise(anchor.open_war, standing, due, not_due, consulted, age)
