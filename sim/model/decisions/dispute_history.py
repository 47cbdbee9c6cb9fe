"""Terms of a challenge that come from the past: a recent dispute, a promise of peace."""

from __future__ import annotations

from sim.model.arrays import Mask, Terms
from sim.model.foresight.expectations import Expectations
from sim.model.foresight.opponents import Opponents


def history_terms(expectations: Expectations, pair: Opponents) -> Terms:
    """Return the terms of a challenge that come from the past of two rivals, in log-odds."""
    rules = expectations.state.rules.challenge.at(pair.places)
    usual = pair.read_rivalry(expectations.recent_dispute)
    recent = _recently_in_dispute(expectations, pair) - usual
    return {
        "recent": rules.recent_dispute * recent,
        "peace_promised": rules.nonaggression * pair.read_rivalry(expectations.peace_promised),
    }


def _recently_in_dispute(expectations: Expectations, pair: Opponents) -> Mask:
    state = expectations.state
    return pair.read_rivalry(state.disputes.recently_in_dispute(state.month))
