"""Applies what rivals decided: disputes escalate, end or die down, and others open.

All rivalries are changed at once. What happened is recorded afterwards, one rivalry after another.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model.arrays import Levels, Mask, Vector, any_world, in_any_world
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import draw_each, occurs_each, settle_each
from sim.model.entities.rivalry import NONE, THREAT
from sim.model.state import State


class Steps(NamedTuple):
    """Who takes a step, and who would resist it, (rivalry, side, world) each.

    Of both kinds, climbs and challenges, together it is (kind, rivalry, side, world).
    """

    taken: Mask
    resisted: Mask


class _Event(NamedTuple):
    """An event on rivalries: what the side does, and `where` with which level, (rivalry, world)."""

    name: str
    where: Mask
    side: int
    level: Levels


def apply_steps(context: PhaseContext, under_way: Mask, steps: Steps) -> None:
    """Apply steps of both kinds; `under_way` is where a dispute was, (rivalry, world)."""
    climbs, challenges = (Steps(*kind) for kind in zip(*steps, strict=True))
    escalated = _escalate(context, under_way, climbs) if any_world(under_way) else []
    opened = _open_disputes(context, challenges) if any_world(challenges.taken) else []
    _record(context, [*escalated, *opened])


def _escalate(context: PhaseContext, under_way: Mask, climbs: Steps) -> list[_Event]:
    """Escalate where a side climbs and the other resists or climbs; else yield, or de-escalate."""
    disputes, climbers = context.state.disputes, climbs.taken
    rung, any_climber = disputes.rung.copy(), climbers[:, 0] | climbers[:, 1]
    yields = climbers[:, ::-1] & ~climbers & ~climbs.resisted
    yielded = yields[:, 0] | yields[:, 1]
    disputes.end_dispute(yielded)
    climbed = any_climber & ~yielded
    disputes.climb(climbed)
    war, first = climbed & disputes.at_war, _first_climbers(context.state, climbers)
    _begin_wars(context.state, war, first)
    dies = _die_down(context.state, under_way & ~any_climber)
    disputes.end_dispute(dies)
    return [
        *(_Event("yield", yields[:, side], side, rung) for side in (0, 1)),
        *(
            _Event(name, where & (first == side), side, rung + 1)
            for side in (0, 1)
            for name, where in (("climb", climbed & ~war), ("war", war))
        ),
        _Event("dies_down", dies, 0, np.full_like(rung, NONE)),
    ]


def _first_climbers(state: State, climbers: Mask) -> Levels:
    """Return the side that escalated, (rivalry, world); where both did, the challenger."""
    only = np.where(climbers[:, 0], 0, 1)
    both = climbers[:, 0] & climbers[:, 1]
    return np.where(both, state.disputes.challenger, only).astype(np.int8)


def _begin_wars(state: State, where: Mask, first: Levels) -> None:
    rivalries = list(state.rivalries.values())
    for row in in_any_world(where).nonzero()[0].tolist():
        rivalries[row].war.begin(where[row], first[row], state.month)


def _die_down(state: State, unmoved: Mask) -> Mask:
    """Return where disputes die down of those that nobody moved, (rivalry, world)."""
    dies = np.zeros_like(unmoved)
    rows, codes = in_any_world(unmoved).nonzero()[0], list(state.rivalries)
    keys = [DrawKey("dies", codes[row]) for row in rows.tolist()]
    dies[rows] = occurs_each(state, keys, state.rules.escalate.dies, unmoved[rows])
    return dies & unmoved


def _open_disputes(context: PhaseContext, challenges: Steps) -> list[_Event]:
    """Open disputes where a side challenges; they end at once where the other does not resist."""
    state, (challenged, resisted) = context.state, challenges
    rungs, resists = _opening_rungs(state, challenged), resisted[:, ::-1]
    for side in (0, 1):
        begun = challenged[:, side]
        state.disputes.open_dispute(begun, side, rungs[:, side], state.month)
    passed = challenged & ~resists
    state.disputes.end_dispute(passed[:, 0] | passed[:, 1])
    return [
        _Event(name, where[:, side], who, rungs[:, side])
        for side in (0, 1)
        for name, where, who in (
            ("challenge", challenged, side),
            ("resist", challenged & resists, 1 - side),
            ("let_pass", passed, 1 - side),
        )
    ]


def _opening_rungs(state: State, challenged: Mask) -> Levels:
    """Return the rungs at which challengers open disputes, (rivalry, side, world)."""
    rungs = np.full(challenged.shape, THREAT, dtype=np.int8)
    at = rows, sides = in_any_world(challenged).nonzero()
    rivalries = list(state.rivalries.values())
    quarrels = [rivalries[row] for row in rows.tolist()]
    keys = [
        DrawKey("opening", state.codes[quarrel.rivals[side]], "", quarrel.code)
        for quarrel, side in zip(quarrels, sides.tolist(), strict=True)
    ]
    rules = state.rules.challenge
    usual = rules.opening_display, rules.opening_force
    display, force = np.array([quarrel.opening or usual for quarrel in quarrels]).swapaxes(0, 1)
    chances: tuple[Vector, ...] = force + display, force
    rungs[at] += settle_each(state, keys, chances, draw_each(state, keys), challenged[at])
    return rungs


def _record(context: PhaseContext, events: list[_Event]) -> None:
    """Record events, one rivalry after another and in order."""
    if not events:
        return
    rivalries, chronicle = list(context.state.rivalries.values()), context.chronicle
    happened = np.array([in_any_world(event.where) for event in events])
    for row, place in zip(*(each.tolist() for each in happened.T.nonzero()), strict=True):
        event, rivalry = events[place], rivalries[row]
        pair = rivalry.rivals[event.side], rivalry.rivals[1 - event.side]
        chronicle.record(event.name, event.where[row], *pair, rivalry.code, event.level[row])
