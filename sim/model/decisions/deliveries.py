"""How much is sent and ordered, where it is decided by hand; the rules give the shares otherwise.

An amount has no draw. A seat that plays says how much in tenths: a supplier of what it could spare
this month, a buyer of what it lacks.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.decision_log import DrawKey
from sim.model.decisions.leanings import as_decided, decide_share, leanings_matter
from sim.model.decisions.sampling import decided_by_hand
from sim.model.entities.exchange import Exchange
from sim.model.state import State


def decide_share_sent(state: State, exchange: Exchange, share: Vector) -> Vector:
    """Return the share of its spare munitions that a supplier sends, (world,), 0 to 1."""
    return decide_share(state, _delivery_key(state, exchange), share)


def share_sent(state: State, exchange: Exchange, share: Vector) -> Vector:
    """Return the same of what else it sends this month, such as missiles; it is decided once."""
    return as_decided(state, _delivery_key(state, exchange), share)


def decide_order(state: State, buyer: int, at_war: Mask) -> Vector:
    """Return the munitions that a buyer orders this month, (world,), million rounds."""
    arsenal, rules = state.institutions.arsenals[buyer], state.rules.supply
    wanted = arsenal.imports_wanted(rules, at_war)
    if not leanings_matter(state):
        return wanted
    key, lacking = DrawKey("order", state.codes[buyer]), arsenal.lacking(rules, at_war)
    short = lacking > 0
    share = np.divide(wanted, lacking, out=np.zeros_like(wanted), where=short)
    ordered = decide_share(state, key, share, short)
    return ordered * lacking if decided_by_hand(state, key) else wanted


def _delivery_key(state: State, exchange: Exchange) -> DrawKey:
    who, towards = state.codes[exchange.supplier], state.codes[exchange.buyer]
    return DrawKey("deliver", who, towards, exchange.code)
