"""Phase: the update of memory at the end of the month."""

from __future__ import annotations

from sim.model.arrays import any_world
from sim.model.context import PhaseContext
from sim.model.entities.rivalry import NONE, WAR


def update_memory(context: PhaseContext) -> None:
    """Lower affinity after disputes and wars, and let the memory of past answers fade."""
    state = context.state
    if not state.mechanisms.memory:
        return
    rules, rung = state.rules.memory, state.disputes.rung
    cooled = rules.dispute * ((rung > NONE) & (rung < WAR)) + rules.war * (rung == WAR)
    for rivalry, change in zip(state.rivalries.values(), cooled, strict=True):
        if any_world(change):
            state.memory.change_affinity(*rivalry.rivals, change)
    state.memory.fade()
