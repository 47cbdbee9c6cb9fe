"""Phase: challenge, resist, escalate. All actors decide on the same state before any change."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Levels, Mask, any_world
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import log_decision, occurs, settle
from sim.model.entities.rivalry import DISPLAY, FORCE, NONE, THREAT, WAR, Rivalry


def run_disputes(context: PhaseContext) -> None:
    """Let all actors decide on current and new disputes, then apply their decisions."""
    context.expectations.refresh()
    rivalries = context.state.rivalries.values()
    if context.choices is not None:
        free = {rivalry.code: _may_challenge(context, rivalry) for rivalry in rivalries}
        context.choices.record(context.state, context.actors, context.expectations, free)
    climbs = [_decide_climb(context, rivalry) for rivalry in rivalries]
    challenges = [_decide_challenge(context, rivalry) for rivalry in rivalries]
    for rivalry, climb, challenge in zip(rivalries, climbs, challenges, strict=True):
        _apply_climb(context, rivalry, *climb)
        for side in (0, 1):
            _apply_challenge(context, rivalry, side, challenge[0][side], challenge[1][1 - side])


def _decide_climb(context: PhaseContext, rivalry: Rivalry) -> tuple[Mask, Mask]:
    """Return who escalates a current dispute, and who would resist it, (side, world) each."""
    if not any_world(rivalry.in_dispute(context.state.month)):
        return _no_side(context), _no_side(context)
    climbers = _climbers(context, rivalry)
    return climbers, _would_stand_firm(context, rivalry, climbers)


def _decide_challenge(context: PhaseContext, rivalry: Rivalry) -> tuple[Mask, Mask]:
    """Return who challenges, and who would resist a challenge, (side, world) each."""
    free = _may_challenge(context, rivalry)
    if not any_world(free):
        return _no_side(context), _no_side(context)
    challenged = _challengers(context, rivalry, free)
    return challenged, _would_resist_challenge(context, rivalry, challenged)


def _may_challenge(context: PhaseContext, rivalry: Rivalry) -> Mask:
    """Return where the rivals may challenge each other, (world,)."""
    return rivalry.quiet & ~_fight_elsewhere(context, rivalry)


def _no_side(context: PhaseContext) -> Mask:
    return np.zeros((2, context.state.count), dtype=bool)


def _challengers(context: PhaseContext, rivalry: Rivalry, free: Mask) -> Mask:
    """Return which side challenges, (side, world); a coin decides where both would."""
    challenges = np.array(
        [
            context.actors[rivalry.rivals[side]].decide_challenge(rivalry, side, where=free)
            for side in (0, 1)
        ]
    )
    challenges &= free
    both = challenges[0] & challenges[1]
    if not any_world(both):
        return challenges
    even = np.full(context.state.count, 0.5)
    coin = occurs(context.state, DrawKey("first", rivalry.code), even, both)
    return challenges & ~(both & np.array([~coin, coin]))


def _fight_elsewhere(context: PhaseContext, rivalry: Rivalry) -> Mask:
    """Return where the two rivals already fight each other in another war."""
    first, second = rivalry.rivals
    enemies = context.state.no_world.copy()
    for war in (elsewhere.war for elsewhere in context.state.rivalries.values()):
        if any_world(war.on):
            enemies |= war.opposes(first, 0) & war.opposes(second, 1)
            enemies |= war.opposes(first, 1) & war.opposes(second, 0)
    return enemies


def _would_resist_challenge(context: PhaseContext, rivalry: Rivalry, challenged: Mask) -> Mask:
    """Return whether each side would resist a challenge, (side, world)."""
    return np.array(
        [
            _decide_resistance(context, rivalry, side, "challenge", challenged[1 - side])
            for side in (0, 1)
        ]
    )


def _decide_resistance(
    context: PhaseContext, rivalry: Rivalry, side: int, step: str, where: Mask
) -> Mask:
    """Return whether a side would resist a `step`; not evaluated if no world takes the step."""
    if not any_world(where):
        return context.state.no_world
    return context.actors[rivalry.rivals[side]].decide_resistance(rivalry, side, step, where=where)


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


def _climbers(context: PhaseContext, rivalry: Rivalry) -> Mask:
    under_way = rivalry.in_dispute(context.state.month)
    climbers = [
        context.actors[rivalry.rivals[side]].decide_climb(rivalry, side, where=under_way)
        for side in (0, 1)
    ]
    return np.array(climbers) & under_way


def _would_stand_firm(context: PhaseContext, rivalry: Rivalry, climbers: Mask) -> Mask:
    """Return whether each side would resist if the other escalated, (side, world)."""
    return np.array(
        [
            _decide_resistance(
                context, rivalry, side, "climb", climbers[1 - side] & ~climbers[side]
            )
            for side in (0, 1)
        ]
    )


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
