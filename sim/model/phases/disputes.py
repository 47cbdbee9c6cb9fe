"""Phase: challenge, resist, escalate. All actors decide on the same state before any change."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.model.arrays import Mask, any_world
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
    climbs = _decide_by_group(context, _decide_climbs, under_way)
    challenges = _decide_by_group(context, _decide_challenges, free)
    apply_steps(context, under_way, climbs, challenges)


def _decide_by_group(
    context: PhaseContext, decide: Callable[[PhaseContext, Mask], Steps], faced: Mask
) -> Steps:
    """Return who takes a step and who would resist it, decided together for all rivalries.

    With a decision log one rivalry follows another, so that reply follows step in a story.
    """
    where = faced[:, None].repeat(2, axis=1)
    if not context.state.one_by_one:
        return decide(context, where)
    steps = Steps(np.zeros_like(where), np.zeros_like(where))
    for row in range(len(where)):
        alone = np.zeros_like(where)
        alone[row] = where[row]
        taken, resisted = decide(context, alone)
        steps.taken[row], steps.resisted[row] = taken[row], resisted[row]
    return steps


def _decide_climbs(context: PhaseContext, under_way: Mask) -> Steps:
    """Return who escalates a current dispute, and who would resist it."""
    climbers = _decide(context, CLIMB, under_way)
    alone = climbers[:, ::-1] & ~climbers
    return Steps(climbers, _decide(context, RESIST_CLIMB, alone))


def _decide_challenges(context: PhaseContext, free: Mask) -> Steps:
    """Return who challenges, and who would resist a challenge; a coin decides where both would."""
    challenged = _decide(context, CHALLENGE, free)
    both = challenged.all(axis=1)
    if any_world(both):
        first = _toss(context.state, both)
        challenged &= ~(both[:, None] & np.stack([~first, first], axis=1))
    return Steps(challenged, _decide(context, RESIST_CHALLENGE, challenged[:, ::-1]))


def _decide(context: PhaseContext, choice: CrisisChoice, where: Mask) -> Mask:
    """Return which sides decide for a choice, (rivalry, side, world), `where` they face it."""
    rows = where.reshape(-1, where.shape[-1])
    return context.crisis.decide(choice, rows).reshape(where.shape)


def _toss(state: State, both: Mask) -> Mask:
    """Return where the first side is first by a coin, of `both` that would be, (rivalry, world)."""
    coins, codes = np.zeros_like(both), list(state.rivalries)
    rows = both.any(axis=1).nonzero()[0]
    keys = [DrawKey("first", codes[row]) for row in rows.tolist()]
    coins[rows] = occurs_each(state, keys, np.full(state.count, 0.5), both[rows])
    return coins


def _fight_elsewhere(context: PhaseContext) -> Mask:
    """Return where rivals already fight each other in a war under way, (rivalry, world)."""
    state, actors = context.state, context.expectations.actors
    first, second = actors[::2], actors[1::2]
    enemies, rivalries = np.zeros_like(state.disputes.quiet), list(state.rivalries.values())
    for row in state.disputes.at_war.any(axis=1).nonzero()[0].tolist():
        own, other = (rivalries[row].war.at_open_war(side) for side in (0, 1))
        enemies |= own[first] & other[second] | other[first] & own[second]
    return enemies
