"""Phase: what the month leaves in memory."""

from __future__ import annotations

from sim.model.context import PhaseContext
from sim.model.entities.rivalry import NONE, WAR


def update_memory(context: PhaseContext) -> None:
    """Let quarrels and wars cool affinity, and what was seen of promises fade."""
    state = context.state
    if not state.mechanisms.memory:
        return
    rules = state.rules.memory
    for rivalry in state.rivalries.values():
        quarrel = (rivalry.rung > NONE) & (rivalry.rung < WAR)
        cooled = rules.dispute * quarrel + rules.war * (rivalry.rung == WAR)
        state.memory.change_affinity(*rivalry.rivals, cooled)
    state.memory.fade()
