"""Phase: challenge, resist, escalate. All actors decide on the same state before any change.

Steps are of two kinds, to climb in a dispute under way and to challenge: masks of steps and of what
is faced have the axes (kind, rivalry, side, world).
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, in_any_world
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.crisis_decisions import (
    CHALLENGE,
    CLIMB,
    RESIST_CHALLENGE,
    RESIST_CLIMB,
    CrisisChoice,
)
from sim.model.decisions.sampling import occurs_each
from sim.model.phases.dispute_steps import Steps, apply_steps
from sim.model.state import State


def run_disputes(context: PhaseContext) -> None:
    """Let all actors decide on current and new disputes, then apply their decisions."""
    context.expectations.refresh()
    state, disputes = context.state, context.state.disputes
    free = disputes.quiet & ~_fight_elsewhere(context)
    if context.choices is not None:
        faced = dict(zip(state.rivalries, free, strict=True))
        context.choices.record(state, context.expectations, faced)
    if not state.rivalries:
        return
    under_way = disputes.in_dispute(state.month)
    apply_steps(context, under_way, _decide_by_group(context, np.stack([under_way, free])))


def _decide_by_group(context: PhaseContext, faced: Mask) -> Steps:
    """Return the steps of all rivalries, decided together where they are faced.

    With a decision log one rivalry follows another, so that reply follows step in a story.
    """
    where = faced[:, :, None].repeat(2, axis=2)
    if not context.state.one_by_one:
        return _decide_steps(context, where)
    taken, resisted = np.zeros_like(where), np.zeros_like(where)
    for kind, row in np.argwhere(in_any_world(faced)).tolist():
        alone = np.zeros_like(where)
        alone[kind, row] = where[kind, row]
        step, reply = _decide_steps(context, alone)
        taken |= step
        resisted |= reply
    return Steps(taken, resisted)


def _decide_steps(context: PhaseContext, faced: Mask) -> Steps:
    """Return who takes a step where it is `faced`, and who would resist it.

    A step of one side alone may be resisted; a coin decides where both would challenge.
    """
    taken = _decide(context, (CLIMB, CHALLENGE), faced)
    taken[1] &= _is_first(context.state, taken[1])
    alone = taken[:, :, ::-1] & ~taken
    return Steps(taken, _decide(context, (RESIST_CLIMB, RESIST_CHALLENGE), alone))


def _decide(context: PhaseContext, choices: tuple[CrisisChoice, ...], where: Mask) -> Mask:
    """Return which sides decide for which choices, `where` they face them."""
    sides = where.reshape(len(choices), -1, where.shape[-1])
    return context.crisis.decide(choices, sides).reshape(where.shape)


def _is_first(state: State, challenged: Mask) -> Mask:
    """Return whether a side is first to challenge, (rivalry, side, world); of both, by a coin."""
    first, both = np.ones_like(challenged), challenged[:, 0] & challenged[:, 1]
    rows, codes = in_any_world(both).nonzero()[0], list(state.rivalries)
    keys = [DrawKey("first", codes[row]) for row in rows.tolist()]
    coins = occurs_each(state, keys, np.full(state.count, 0.5), both[rows])
    first[rows] = ~both[rows, None] | np.stack([coins, ~coins], axis=1)
    return first


def _fight_elsewhere(context: PhaseContext) -> Mask:
    """Return where rivals already fight each other in a war under way, (rivalry, world)."""
    state, actors = context.state, context.expectations.actors
    first, second = actors[::2], actors[1::2]
    enemies, rivalries = np.zeros_like(state.disputes.quiet), list(state.rivalries.values())
    for row in in_any_world(state.disputes.at_war).nonzero()[0].tolist():
        own, other = (rivalries[row].war.at_open_war(side) for side in (0, 1))
        enemies |= own[first] & other[second] | other[first] & own[second]
    return enemies
