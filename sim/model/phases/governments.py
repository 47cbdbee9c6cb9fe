"""Phase: governments. The supporters that keep an autocrat in power may change.

A new leader with the old supporters, and a change of government in a democracy, had no measured
effect on promises, so that neither is drawn.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.pacts import last_promise
from sim.model.decisions.sampling import occurs
from sim.model.state import State
from sim.model.theory.rates import monthly_chance


def change_governments(context: PhaseContext) -> None:
    """Let every autocrat rest on new supporters where it so happens."""
    state = context.state
    if state.mechanisms.governments_change:
        chance = monthly_chance(state.rules.supporters.change)
        for actor in state.governments.autocracies:
            key = DrawKey("supporters", state.codes[actor])
            bring_new_supporters(context, actor, occurs(state, key, chance))
    find_successors(state)


def bring_new_supporters(context: PhaseContext, actor: int, where: Mask) -> None:
    """Let a leader rest on new supporters, `where` it happens, and record it."""
    state = context.state
    new = state.governments.bring_new_supporters(actor, where, state.month)
    context.chronicle.record("new_supporters", new, actor)


def find_successors(state: State) -> None:
    """Find out where promises of aid were made before the ally's supporters changed."""
    governments = state.governments
    if not governments.any_change:
        return
    actors = range(len(state.codes))
    successor = np.zeros((len(actors), len(actors), state.count))
    for ally in governments.autocracies:
        for partner in actors:
            promised = last_promise(state, ally, partner)
            successor[ally, partner] = governments.changed[ally] > promised
    governments.successor = successor
