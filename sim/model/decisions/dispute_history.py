"""Terms of a challenge that come from the past: a recent dispute, a promise of peace."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Terms, Vector
from sim.model.decisions.calls import bound_to_stand_aside
from sim.model.foresight.expectations import Expectations
from sim.model.foresight.opponents import Opponents


def history_terms(expectations: Expectations, pair: Opponents) -> Terms:
    """Return the terms of a challenge that come from the past of two rivals, in log-odds."""
    rules = expectations.state.rules.challenge.at(pair.places)
    usual = pair.read_rivalry(expectations.recent_dispute)
    recent = _recently_in_dispute(expectations, pair) - usual
    return {
        "recent": rules.recent_dispute * recent,
        "peace_promised": rules.nonaggression * _peace_promised(expectations, pair),
    }


def _recently_in_dispute(expectations: Expectations, pair: Opponents) -> Mask:
    state = expectations.state
    return pair.read_rivalry(state.disputes.recently_in_dispute(state.month))


def _peace_promised(expectations: Expectations, pair: Opponents) -> Vector:
    """Return how far treaties bind the two not to fight each other, 0 to 1, (place,)."""
    state = expectations.state
    promised = np.zeros((len(state.rivalries), state.count))
    for row, rivalry in enumerate(state.rivalries.values()):
        bound = bound_to_stand_aside(state, *rivalry.rivals)
        if bound is not None:
            promised[row] = bound
    return pair.read_rivalry(promised)
