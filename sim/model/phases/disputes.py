"""Phase: challenge, resist, escalate. All decide on the same worlds, then all is applied."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Levels, Mask, somewhere
from sim.model.context import Stage
from sim.model.decision_log import Occasion
from sim.model.decisions.sampling import befalls, keep
from sim.model.entities.rivalry import DISPLAY, FORCE, NONE, THREAT, WAR, Rivalry


def dispute(stage: Stage) -> None:
    """Let all decide, in disputes under way and on new ones; then apply what they decided."""
    stage.foresight.look_again()
    rivalries = stage.state.rivalries.values()
    climbs = [_decide_climb(stage, rivalry) for rivalry in rivalries]
    challenges = [_decide_challenge(stage, rivalry) for rivalry in rivalries]
    for rivalry, climb, challenge in zip(rivalries, climbs, challenges, strict=True):
        _apply_climb(stage, rivalry, *climb)
        for side in (0, 1):
            _apply_challenge(stage, rivalry, side, challenge[0][side], challenge[1][1 - side])


def _decide_climb(stage: Stage, rivalry: Rivalry) -> tuple[Mask, Mask]:
    """Return who climbs in a dispute under way, and who would stand firm, (side, world) each."""
    if not somewhere(rivalry.in_dispute(stage.state.month)):
        return _nobody(stage), _nobody(stage)
    climbers = _climbers(stage, rivalry)
    return climbers, _standing(stage, rivalry, climbers)


def _decide_challenge(stage: Stage, rivalry: Rivalry) -> tuple[Mask, Mask]:
    """Return who challenges, and who would resist if challenged, (side, world) each."""
    free = rivalry.quiet & ~_enemies(stage, rivalry)
    if not somewhere(free):
        return _nobody(stage), _nobody(stage)
    challenged = _challengers(stage, rivalry, free)
    return challenged, _replies(stage, rivalry, challenged)


def _nobody(stage: Stage) -> Mask:
    return np.zeros((2, stage.state.count), dtype=bool)


def _challengers(stage: Stage, rivalry: Rivalry, free: Mask) -> Mask:
    """Return which side challenges, (side, world); where both would, a coin says who is first."""
    wants = np.array(
        [
            stage.actors[rivalry.rivals[side]].challenges(rivalry, side, where=free)
            for side in (0, 1)
        ]
    )
    wants &= free
    both = wants[0] & wants[1]
    if not somewhere(both):
        return wants
    even = np.full(stage.state.count, 0.5)
    coin = befalls(stage.state, Occasion("first", rivalry.code), even, both)
    return wants & ~(both & np.array([~coin, coin]))


def _enemies(stage: Stage, rivalry: Rivalry) -> Mask:
    """Return where the two already fight each other in another war."""
    one, other = rivalry.rivals
    enemies = stage.state.nowhere.copy()
    for war in (elsewhere.war for elsewhere in stage.state.rivalries.values()):
        if somewhere(war.on):
            enemies |= war.opposes(one, 0) & war.opposes(other, 1)
            enemies |= war.opposes(one, 1) & war.opposes(other, 0)
    return enemies


def _replies(stage: Stage, rivalry: Rivalry, challenged: Mask) -> Mask:
    """Return whether each side would stand up to a challenge, (side, world)."""
    return np.array(
        [_resists(stage, rivalry, side, "challenge", challenged[1 - side]) for side in (0, 1)]
    )


def _resists(stage: Stage, rivalry: Rivalry, side: int, step: str, where: Mask) -> Mask:
    """Return whether a side would stand up to a `step`; nobody is asked that no world asks."""
    if not somewhere(where):
        return stage.state.nowhere
    return stage.actors[rivalry.rivals[side]].resists(rivalry, side, step, where=where)


def _apply_challenge(
    stage: Stage, rivalry: Rivalry, side: int, challenged: Mask, resisted: Mask
) -> None:
    if not somewhere(challenged):
        return
    pair = rivalry.rivals[side], rivalry.rivals[1 - side]
    rung = _opening_rung(stage, rivalry, side, challenged)
    rivalry.open(challenged, side, rung, stage.state.month)
    rivalry.calm(challenged & ~resisted)
    stage.chronicle.note("challenge", challenged, *pair, rivalry.code, rung)
    stage.chronicle.note("resist", challenged & resisted, *pair[::-1], rivalry.code, rung)
    stage.chronicle.note("let_pass", challenged & ~resisted, *pair[::-1], rivalry.code, rung)


def _opening_rung(stage: Stage, rivalry: Rivalry, side: int, challenged: Mask) -> Levels:
    rules, state = stage.state.rules.challenge, stage.state
    occasion = Occasion("opening", state.codes[rivalry.rivals[side]], "", rivalry.code)
    drawn = state.luck.uniform(occasion.what, state.month, *occasion[1:])
    chances = rules.opening_force + rules.opening_display, rules.opening_force
    shown, forceful = (drawn < likely for likely in chances)
    rung = np.where(forceful, FORCE, np.where(shown, DISPLAY, THREAT)).astype(np.int8)
    keep(state, occasion, chances, drawn, rung - THREAT, challenged)
    return rung


def _climbers(stage: Stage, rivalry: Rivalry) -> Mask:
    under_way = rivalry.in_dispute(stage.state.month)
    climbers = [
        stage.actors[rivalry.rivals[side]].climbs(rivalry, side, where=under_way) for side in (0, 1)
    ]
    return np.array(climbers) & under_way


def _standing(stage: Stage, rivalry: Rivalry, climbers: Mask) -> Mask:
    """Return whether each side would stand firm if the other climbed, (side, world)."""
    return np.array(
        [
            _resists(stage, rivalry, side, "climb", climbers[1 - side] & ~climbers[side])
            for side in (0, 1)
        ]
    )


def _apply_climb(stage: Stage, rivalry: Rivalry, climbers: Mask, standing: Mask) -> None:
    """Climb where somebody does and the other stands firm or climbs too; else yield, or calm."""
    under_way = rivalry.in_dispute(stage.state.month)
    if not somewhere(under_way):
        return
    somebody = climbers.any(axis=0)
    yields = [climbers[1 - side] & ~climbers[side] & ~standing[side] for side in (0, 1)]
    climbed = somebody & ~yields[0] & ~yields[1]
    for side in (0, 1):
        pair = rivalry.rivals[side], rivalry.rivals[1 - side]
        stage.chronicle.note("yield", yields[side], *pair, rivalry.code, rivalry.rung)
        rivalry.calm(yields[side])
    first = _first_climber(rivalry, climbers)
    _climb(stage, rivalry, climbed, first)
    _calm(stage, rivalry, under_way & ~somebody)


def _first_climber(rivalry: Rivalry, climbers: Mask) -> Levels:
    """Return the side that climbed, (world,); where both did, the one that began the dispute."""
    only = np.where(climbers[0], 0, 1)
    return np.where(climbers.all(axis=0), rivalry.challenger, only).astype(np.int8)


def _climb(stage: Stage, rivalry: Rivalry, climbed: Mask, first: Levels) -> None:
    rivalry.climb(climbed)
    war = climbed & (rivalry.rung == WAR)
    rivalry.war.begin(war, first, stage.state.month)
    for side in (0, 1):
        pair = rivalry.rivals[side], rivalry.rivals[1 - side]
        mine = first == side
        stage.chronicle.note("climb", climbed & mine & ~war, *pair, rivalry.code, rivalry.rung)
        stage.chronicle.note("war", war & mine, *pair, rivalry.code, WAR)


def _calm(stage: Stage, rivalry: Rivalry, unmoved: Mask) -> None:
    state = stage.state
    dies = unmoved & befalls(
        state, Occasion("dies", rivalry.code), state.rules.escalate.dies, unmoved
    )
    stage.chronicle.note("dies_down", dies, *rivalry.rivals, rivalry.code, NONE)
    rivalry.calm(dies)
