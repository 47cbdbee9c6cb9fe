"""Phase: actors that promised nothing may enter a war under way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.model.actor import Actor
from sim.model.arrays import Levels, Mask, somewhere
from sim.model.context import Stage
from sim.model.decisions.third_parties import fray
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR


def join_wars(stage: Stage) -> None:
    """Let every actor that is not yet in a young war decide whether to enter it."""
    state = stage.state
    if not state.mechanisms.joining:
        return
    spread = state.rules.join.spread
    young = [
        each for each in state.rivalries.values() if somewhere(each.war.young(state.month, spread))
    ]
    decided = [decision for rivalry in young for decision in _decide(stage, rivalry)]
    for decision in decided:
        _apply(stage, *decision)


def _decide(stage: Stage, rivalry: Rivalry) -> Iterator[tuple[Rivalry, Actor, Mask, Levels]]:
    """Yield where each actor joins, and on which side."""
    seen = fray(stage.state, rivalry)
    for actor in stage.actors:
        if actor.index not in rivalry.rivals:
            yield rivalry, actor, *actor.joins(rivalry, seen=seen)


def _apply(stage: Stage, rivalry: Rivalry, actor: Actor, joins: Mask, chosen: Levels) -> None:
    if not somewhere(joins):
        return
    war, level = rivalry.war, np.full(stage.state.count, OPEN_WAR, dtype=np.int8)
    for side in (0, 1):
        entered = war.enter(joins & (chosen == side), side, actor.index, level)
        partner = rivalry.rivals[side]
        stage.chronicle.note("joins", entered, actor.index, partner, rivalry.code, OPEN_WAR)
        stage.entered[actor.index] |= entered
        if stage.state.mechanisms.chain_ganging:
            war.alarm[side, actor.index] |= entered
            war.alarm_opponents(entered, side)
