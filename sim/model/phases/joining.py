"""Phase: intervention by actors that promised neither side anything."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.model.actor import Actor
from sim.model.arrays import Levels, Mask, any_world
from sim.model.context import PhaseContext
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.third_parties import (
    WarSnapshot,
    may_join,
    onlooks_where,
    side_appeal,
    take_war_snapshot,
    view_side,
)
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR
from sim.model.some_worlds import Selection, divide_worlds

_Intervention = tuple[Rivalry, int, tuple[Levels, Levels]]
"""How far an onlooker goes for each side of a war, (world,) each."""


def join_wars(context: PhaseContext) -> None:
    """Let every onlooker of a recent war decide whether, and how far, to intervene."""
    state = context.state
    if not state.mechanisms.joining:
        return
    rivalries, spread = list(state.rivalries.values()), state.rules.join.spread
    recent = [rivalry.war.began_within(state.month, spread) for rivalry in rivalries]
    asked = [place for place, where in enumerate(recent) if any_world(where)]
    decided: dict[int, list[_Intervention]] = {}
    for selection, places in divide_worlds(context, [recent[place] for place in asked]):
        cache = PhaseCache(selection.context.state)
        for place in places:
            rivalry = rivalries[asked[place]]
            decided[place] = list(_decide_interventions(selection, rivalry, cache))
    for _, interventions in sorted(decided.items()):
        for intervention in interventions:
            _apply_intervention(context, *intervention)


def _decide_interventions(
    selection: Selection, rivalry: Rivalry, cache: PhaseCache
) -> Iterator[_Intervention]:
    """Yield the decision of each onlooker of a war, in the worlds selected."""
    context, war = selection.context, selection.narrow(rivalry)
    snapshot = take_war_snapshot(context.state, war)
    for actor in context.actors:
        onlooks = onlooks_where(context.state, actor.index, war)
        if onlooks is None or any_world(onlooks):
            first, second = (
                _decide_for_side(context, actor, war, (side, onlooks), snapshot, cache)
                for side in (0, 1)
            )
            first, second = _choose_side(context, actor, war, snapshot, first, second)
            yield rivalry, actor.index, (selection.widen(first), selection.widen(second))


def _decide_for_side(
    context: PhaseContext,
    actor: Actor,
    rivalry: Rivalry,
    chosen: tuple[int, Mask | None],
    snapshot: WarSnapshot,
    cache: PhaseCache,
) -> Levels:
    side, onlooks = chosen
    free = may_join(context.state, actor.index, rivalry, side)
    free = free if onlooks is None else free & onlooks
    if not any_world(free):
        return np.zeros(context.state.count, dtype=np.int8)
    seen = view_side(context.state, actor.index, rivalry, side, snapshot)
    return actor.decide_intervention(seen, cache, free) * free


def _choose_side(
    context: PhaseContext,
    actor: Actor,
    rivalry: Rivalry,
    snapshot: WarSnapshot,
    first: Levels,
    second: Levels,
) -> tuple[Levels, Levels]:
    """Return the levels of aid, at most one side's: where both were drawn, the one it prefers."""
    both = (first > 0) & (second > 0)
    if not any_world(both):
        return first, second
    appeal = side_appeal(context.state, actor.index, rivalry, snapshot)
    return first * ~(both & (appeal <= 0)), second * ~(both & (appeal >= 0))


def _apply_intervention(
    context: PhaseContext, rivalry: Rivalry, actor: int, levels: tuple[Levels, Levels]
) -> None:
    for side, level in enumerate(levels):
        if any_world(level > 0):
            _enter(context, rivalry, actor, side, level)


def _enter(context: PhaseContext, rivalry: Rivalry, actor: int, side: int, level: Levels) -> None:
    war, partner = rivalry.war, rivalry.rivals[side]
    more: Mask = level > war.level[side, actor]
    entered = war.enter(more, side, actor, level)
    context.chronicle.record("joins", entered, actor, partner, rivalry.code, OPEN_WAR)
    context.chronicle.record("helps", more & ~entered, actor, partner, rivalry.code, level)
    context.entered[actor] |= entered
    if context.state.mechanisms.chain_ganging:
        war.may_call[side, actor] |= entered
        war.let_opponents_call(entered, side)
