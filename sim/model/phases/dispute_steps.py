"""Applies what rivals decided: disputes escalate, end or die down, and others open.

All rivalries are changed at once. What happened is recorded afterwards, one rivalry after another.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model.arrays import Levels, Mask, any_world, in_any_world, where_true
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import occurs_each, reach_each
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
    disputes, (challenged, resisted) = context.state.disputes, challenges
    rungs, resists = _opening_rungs(context, challenged), resisted[:, ::-1]
    first, second = challenged[:, 0], challenged[:, 1]
    rung = np.where(second, rungs[:, 1], rungs[:, 0])
    disputes.open_dispute(first | second, second.astype(np.int8), rung, context.state.month)
    passed = challenged & ~resists
    disputes.end_dispute(passed[:, 0] | passed[:, 1])
    return [
        _Event(name, where[:, side], who, rungs[:, side])
        for side in (0, 1)
        for name, where, who in (
            ("challenge", challenged, side),
            ("resist", challenged & resists, 1 - side),
            ("let_pass", passed, 1 - side),
        )
    ]


def _opening_rungs(context: PhaseContext, challenged: Mask) -> Levels:
    """Return the rungs at which challengers open disputes, (rivalry, side, world)."""
    state, named = context.state, context.expectations.named
    rungs = np.full(challenged.shape, THREAT, dtype=np.int8)
    rows, sides = in_any_world(challenged).nonzero()
    names = [named[side] for side in (2 * rows + sides).tolist()]
    keys = [DrawKey("opening", who, "", theatre) for who, _, theatre in names]
    display, force = context.expectations.opening_chances[:, rows]
    rungs[rows, sides] += reach_each(state, keys, (display, force), challenged[rows, sides])
    return rungs


def _record(context: PhaseContext, events: list[_Event]) -> None:
    """Record events, one rivalry after another and in order."""
    if not events:
        return
    happened = np.stack([event.where for event in events], axis=1)
    rows, places, worlds = where_true(happened)
    levels = np.array([event.level for event in events])[places, rows, worlds]
    sizes = np.bincount(rows * len(events) + places)
    at, named = sizes.nonzero()[0], context.expectations.named
    happened_at = [divmod(place, len(events)) for place in at.tolist()]
    texts = [(events[e].name, *named[2 * row + events[e].side]) for row, e in happened_at]
    context.chronicle.record_each(texts, sizes[at].tolist(), worlds, levels)
