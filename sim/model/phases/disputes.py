"""Phase: challenge, resist, escalate. All actors decide on the same state before any change."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.model.arrays import Levels, Mask, any_world
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.crisis_decisions import (
    CHALLENGE,
    CLIMB,
    RESIST_CHALLENGE,
    RESIST_CLIMB,
    CrisisChoice,
)
from sim.model.decisions.sampling import log_decision, occurs, settle
from sim.model.entities.rivalry import DISPLAY, FORCE, NONE, THREAT, WAR, Rivalry
from sim.model.entities.war import War

_Steps = tuple[Mask, Mask]
"""Who takes a step, and who would resist it, (rivalry, side, world) each."""


def run_disputes(context: PhaseContext) -> None:
    """Let all actors decide on current and new disputes, then apply their decisions."""
    context.expectations.refresh()
    rivalries = context.state.rivalries.values()
    wars = [rivalry.war for rivalry in rivalries if any_world(rivalry.war.on)]
    free = [rivalry.quiet & ~_fight_elsewhere(context, rivalry, wars) for rivalry in rivalries]
    if context.choices is not None:
        faced = dict(zip(context.state.rivalries, free, strict=True))
        context.choices.record(context.state, context.expectations, faced)
    if not rivalries:
        return
    under_way = [rivalry.in_dispute(context.state.month) for rivalry in rivalries]
    climbs = _decide_by_group(context, _decide_climbs, under_way)
    challenges = _decide_by_group(context, _decide_challenges, free)
    for row, rivalry in enumerate(rivalries):
        _apply_climb(context, rivalry, climbs[0][row], climbs[1][row])
        for side in (0, 1):
            challenged, resisted = challenges[0][row, side], challenges[1][row, 1 - side]
            _apply_challenge(context, rivalry, side, challenged, resisted)


def _decide_by_group(
    context: PhaseContext, decide: Callable[[PhaseContext, Mask], _Steps], faced: list[Mask]
) -> _Steps:
    """Return who takes a step and who would resist it, decided together for all rivalries.

    With a decision log one rivalry follows another, so that reply follows step in a story.
    """
    where = np.stack(faced)[:, None].repeat(2, axis=1)
    if not context.state.one_by_one:
        return decide(context, where)
    steps, replies = np.zeros_like(where), np.zeros_like(where)
    for row in range(len(where)):
        alone = np.zeros_like(where)
        alone[row] = where[row]
        step, reply = decide(context, alone)
        steps |= step
        replies |= reply
    return steps, replies


def _decide_climbs(context: PhaseContext, under_way: Mask) -> _Steps:
    """Return who escalates a current dispute, and who would resist it."""
    climbers = _decide(context, CLIMB, under_way)
    alone = climbers[:, ::-1] & ~climbers
    return climbers, _decide(context, RESIST_CLIMB, alone)


def _decide_challenges(context: PhaseContext, free: Mask) -> _Steps:
    """Return who challenges, and who would resist a challenge; a coin decides where both would."""
    challenged = _decide(context, CHALLENGE, free)
    for rivalry, sides in zip(context.state.rivalries, challenged, strict=True):
        both = sides[0] & sides[1]
        if any_world(both):
            even = np.full(context.state.count, 0.5)
            coin = occurs(context.state, DrawKey("first", rivalry), even, both)
            sides[:] &= ~(both & np.array([~coin, coin]))
    return challenged, _decide(context, RESIST_CHALLENGE, challenged[:, ::-1])


def _decide(context: PhaseContext, choice: CrisisChoice, where: Mask) -> Mask:
    """Return which sides decide for a choice, (rivalry, side, world), `where` they face it."""
    rows = where.reshape(-1, where.shape[-1])
    return context.crisis.decide(choice, rows).reshape(where.shape)


def _fight_elsewhere(context: PhaseContext, rivalry: Rivalry, wars: list[War]) -> Mask:
    """Return where the two rivals already fight each other in one of the wars under way."""
    first, second = rivalry.rivals
    enemies = context.state.no_world.copy()
    for war in wars:
        enemies |= war.opposes(first, 0) & war.opposes(second, 1)
        enemies |= war.opposes(first, 1) & war.opposes(second, 0)
    return enemies


def _apply_challenge(
    context: PhaseContext, rivalry: Rivalry, side: int, challenged: Mask, resisted: Mask
) -> None:
    if not any_world(challenged):
        return
    pair = rivalry.rivals[side], rivalry.rivals[1 - side]
    rung = _opening_rung(context, rivalry, side, challenged)
    rivalry.open_dispute(challenged, side, rung, context.state.month)
    rivalry.end_dispute(challenged & ~resisted)
    context.chronicle.record("challenge", challenged, *pair, rivalry.code, rung)
    context.chronicle.record("resist", challenged & resisted, *pair[::-1], rivalry.code, rung)
    context.chronicle.record("let_pass", challenged & ~resisted, *pair[::-1], rivalry.code, rung)


def _opening_rung(context: PhaseContext, rivalry: Rivalry, side: int, challenged: Mask) -> Levels:
    rules, state = context.state.rules.challenge, context.state
    display, force = rivalry.opening or (rules.opening_display, rules.opening_force)
    key = DrawKey("opening", state.codes[rivalry.rivals[side]], "", rivalry.code)
    draws = state.streams.uniform(key.what, state.month, *key[1:])
    chances = force + display, force
    shown, forceful = (draws < chance for chance in chances)
    rung = np.where(forceful, FORCE, np.where(shown, DISPLAY, THREAT)).astype(np.int8)
    rung = THREAT + settle(state, key, rung - THREAT, challenged)
    log_decision(state, key, chances, draws, rung - THREAT, challenged)
    return rung


def _apply_climb(
    context: PhaseContext, rivalry: Rivalry, climbers: Mask, stands_firm: Mask
) -> None:
    """Escalate where a side climbs and the other resists or climbs; else yield, or de-escalate."""
    under_way = rivalry.in_dispute(context.state.month)
    if not any_world(under_way):
        return
    any_climber = climbers.any(axis=0)
    yields = [climbers[1 - side] & ~climbers[side] & ~stands_firm[side] for side in (0, 1)]
    climbed = any_climber & ~yields[0] & ~yields[1]
    for side in (0, 1):
        pair = rivalry.rivals[side], rivalry.rivals[1 - side]
        context.chronicle.record("yield", yields[side], *pair, rivalry.code, rivalry.rung)
        rivalry.end_dispute(yields[side])
    first = _first_climber(rivalry, climbers)
    _climb_rung(context, rivalry, climbed, first)
    _let_die_down(context, rivalry, under_way & ~any_climber)


def _first_climber(rivalry: Rivalry, climbers: Mask) -> Levels:
    """Return the side that escalated, (world,); where both did, the challenger."""
    only = np.where(climbers[0], 0, 1)
    return np.where(climbers.all(axis=0), rivalry.challenger, only).astype(np.int8)


def _climb_rung(context: PhaseContext, rivalry: Rivalry, climbed: Mask, first: Levels) -> None:
    rivalry.climb(climbed)
    war = climbed & (rivalry.rung == WAR)
    rivalry.war.begin(war, first, context.state.month)
    for side in (0, 1):
        pair = rivalry.rivals[side], rivalry.rivals[1 - side]
        own = first == side
        context.chronicle.record("climb", climbed & own & ~war, *pair, rivalry.code, rivalry.rung)
        context.chronicle.record("war", war & own, *pair, rivalry.code, WAR)


def _let_die_down(context: PhaseContext, rivalry: Rivalry, unmoved: Mask) -> None:
    state = context.state
    dies = unmoved & occurs(
        state, DrawKey("dies", rivalry.code), state.rules.escalate.dies, unmoved
    )
    context.chronicle.record("dies_down", dies, *rivalry.rivals, rivalry.code, NONE)
    rivalry.end_dispute(dies)
