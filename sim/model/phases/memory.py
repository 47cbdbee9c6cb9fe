"""Phase: the update of memory at the end of the month."""

from __future__ import annotations

from sim.model.context import PhaseContext
from sim.model.entities.rivalry import NONE, WAR


def update_memory(context: PhaseContext) -> None:
    """Lower affinity after disputes and wars, and let the memory of past answers fade."""
    state = context.state
    if not state.mechanisms.memory:
        return
    rules = state.rules.memory
    for rivalry in state.rivalries.values():
        in_dispute = (rivalry.rung > NONE) & (rivalry.rung < WAR)
        cooled = rules.dispute * in_dispute + rules.war * (rivalry.rung == WAR)
        state.memory.change_affinity(*rivalry.rivals, cooled)
    state.memory.fade()
