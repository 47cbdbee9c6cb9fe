"""Phase: third-party intervention by actors without a commitment."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.model.actor import Actor
from sim.model.arrays import Levels, Mask, any_world
from sim.model.context import PhaseContext
from sim.model.decisions.third_parties import take_war_snapshot
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR


def join_wars(context: PhaseContext) -> None:
    """Let every actor outside a recent war decide whether to enter it."""
    state = context.state
    if not state.mechanisms.joining:
        return
    spread = state.rules.join.spread
    recent = [
        rivalry
        for rivalry in state.rivalries.values()
        if any_world(rivalry.war.began_within(state.month, spread))
    ]
    decisions = [decision for rivalry in recent for decision in _decide_entries(context, rivalry)]
    for decision in decisions:
        _apply_entry(context, *decision)


def _decide_entries(
    context: PhaseContext, rivalry: Rivalry
) -> Iterator[tuple[Rivalry, Actor, Mask, Levels]]:
    """Yield where each actor joins, and on which side."""
    snapshot = take_war_snapshot(context.state, rivalry)
    for actor in context.actors:
        if actor.index not in rivalry.rivals:
            yield rivalry, actor, *actor.decide_entry(rivalry, snapshot=snapshot)


def _apply_entry(
    context: PhaseContext, rivalry: Rivalry, actor: Actor, joins: Mask, chosen: Levels
) -> None:
    if not any_world(joins):
        return
    war, level = rivalry.war, np.full(context.state.count, OPEN_WAR, dtype=np.int8)
    for side in (0, 1):
        entered = war.enter(joins & (chosen == side), side, actor.index, level)
        partner = rivalry.rivals[side]
        context.chronicle.record("joins", entered, actor.index, partner, rivalry.code, OPEN_WAR)
        context.entered[actor.index] |= entered
        if context.state.mechanisms.chain_ganging:
            war.may_call[side, actor.index] |= entered
            war.let_opponents_call(entered, side)
