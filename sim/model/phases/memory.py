"""Phase: what the month leaves in memory."""

from __future__ import annotations

from sim.model.context import Stage
from sim.model.entities.rivalry import NONE, WAR


def remember(stage: Stage) -> None:
    """Let quarrels and wars cool affinity, and what was seen of promises fade."""
    state = stage.state
    if not state.mechanisms.memory:
        return
    rules = state.rules.memory
    for rivalry in state.rivalries.values():
        quarrel = (rivalry.rung > NONE) & (rivalry.rung < WAR)
        cooled = rules.dispute * quarrel + rules.war * (rivalry.rung == WAR)
        state.memory.warm(*rivalry.rivals, cooled)
    state.memory.fade()
