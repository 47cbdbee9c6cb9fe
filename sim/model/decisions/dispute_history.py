"""Terms of a challenge that come from the past: a recent dispute, a promise of peace."""

from __future__ import annotations

from sim.model.arrays import Terms
from sim.model.decisions.calls import bound_to_stand_aside
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State


def history_terms(state: State, rivalry: Rivalry) -> Terms:
    """Return the terms of a challenge that come from the past of a rivalry, in log-odds."""
    rules = state.rules.challenge
    recent = rivalry.recently_in_dispute(state.month) - rivalry.baseline_recent_dispute
    return {
        "recent": rules.recent_dispute * recent,
        "peace_promised": rules.nonaggression * bound_to_stand_aside(state, *rivalry.rivals),
    }
