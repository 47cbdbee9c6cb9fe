"""Phase: governments. The supporters that keep an autocrat in power may change.

A new leader with the old supporters, and a change of government in a democracy, had no measured
effect on promises, so that neither is drawn.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from sim.model.arrays import Mask, Vector, in_any_world
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import occurs_each
from sim.model.entities.pacts import class_of
from sim.model.entities.treaty import Treaty
from sim.model.places import CasePlaces, Places
from sim.model.state import State
from sim.model.theory.formation import DEFENCE
from sim.model.theory.rates import monthly_chance


def change_governments(context: PhaseContext) -> None:
    """Let every autocrat rest on new supporters where it so happens."""
    state = context.state
    if state.mechanisms.governments_change:
        actors, rules = state.governments.autocracies, state.rules.supporters
        keys = [DrawKey("supporters", state.codes[actor]) for actor in actors]
        everywhere = np.ones((len(actors), state.count), dtype=bool)
        chance = rules.once("monthly", lambda: monthly_chance(rules.change))
        changes = occurs_each(state, keys, chance, everywhere)
        for row in in_any_world(changes).nonzero()[0].tolist():
            bring_new_supporters(context, actors[row], changes[row])
    find_successors(state)


def bring_new_supporters(context: PhaseContext, actor: int, where: Mask) -> None:
    """Let a leader rest on new supporters, `where` it happens, and record it."""
    state = context.state
    new = state.governments.bring_new_supporters(actor, where, state.month)
    context.chronicle.record("new_supporters", new, actor)


def find_successors(state: State) -> None:
    """Find out where promises of aid were made before the ally's supporters changed.

    It is found anew after a change of supporters, and of two whom a treaty binds anew.
    """
    governments, renewed = state.governments, len(state.binding_changes)
    known = governments.successors_known
    if renewed <= known or not governments.any_change:
        return
    moved = {treaty.code for treaty, _ in state.binding_changes[max(known, 0) :]}
    if governments.successor is None:
        governments.successor = np.zeros((len(state.codes), len(state.codes), state.count))
    worlds = np.logical_or.reduce(governments.changed > -np.inf).nonzero()[0]
    for (ally, partner), promises in _promises_of_autocracies(state).items():
        if known >= 0 and moved.isdisjoint(treaty.code for treaty in promises):
            continue
        last = _last_of(state, promises, (ally, partner), CasePlaces(worlds))
        since = (governments.changed[ally, worlds] > last) & (last > -np.inf)
        governments.successor[ally, partner, worlds] = since
    governments.successors_known = renewed


def _promises_of_autocracies(state: State) -> dict[tuple[int, int], list[Treaty]]:
    """Return the treaties that ever promised an autocracy's aid to a partner, by the two."""
    promises: dict[tuple[int, int], list[Treaty]] = {}
    for treaty in state.treaties.values():
        if class_of(treaty) == DEFENCE:
            autocracies = [row for row in state.governments.autocracies if row in treaty.parties]
            for ally, partner in product(autocracies, treaty.protected):
                if ally != partner:
                    promises.setdefault((ally, partner), []).append(treaty)
    return promises


def _last_of(state: State, promises: list[Treaty], two: tuple[int, int], at: Places) -> Vector:
    """Return the month of the last promise that binds two, (place,); minus infinity without one."""
    months = [
        np.where(at.of(state.binding_between(treaty, *two)) > 0, at.of(treaty.signed), -np.inf)
        for treaty in promises
    ]
    last: Vector = np.maximum.reduce(months)
    return last
