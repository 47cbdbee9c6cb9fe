"""Phase: disclosure of an exchange to third parties, and admission by its parties.

The model separates the true exchange from what is observed of it; third parties decide on what they
observe. Denial ends when an act has become a source of pride, rather than when it is
detected.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector, any_world
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.modifiers import sanctions_enforcement
from sim.model.decisions.sampling import decide, occurs
from sim.model.entities.exchange import Exchange
from sim.model.state import State


def disclose_exchanges(context: PhaseContext) -> None:
    """Observe every exchange for a month."""
    if not context.state.mechanisms.exchange:
        return
    for exchange in context.state.institutions.exchanges.values():
        if context.state.month == 1:
            exchange.estimate = _draw_estimate_ratio(context.state, exchange)
        _show_openly(exchange)
        _see_deliveries(context, exchange)
        _see_troops(context, exchange)
        _see_technology(context, exchange)
        _decide_admission(context, exchange)


def _draw_estimate_ratio(state: State, exchange: Exchange) -> Vector:
    """Return others' estimates as a ratio of the truth; published estimates differ threefold."""
    error = state.streams.normal("estimate", 0, state.codes[exchange.supplier], about=exchange.code)
    return np.exp(state.rules.observation.error * error * exchange.sampled.secrecy)


def _detect(state: State, exchange: Exchange, subject: str, where: Mask) -> Mask:
    """Return where a hidden part of the exchange is detected this month."""
    if not any_world(where):
        return where
    rules, secrecy = state.rules.observation, exchange.sampled.secrecy
    chance = secrecy * rules.detection + (1 - secrecy) * rules.open_detection
    key = DrawKey(f"detect {subject}", state.codes[exchange.supplier], "", exchange.code)
    return occurs(state, key, chance, where)


def _show_openly(exchange: Exchange) -> None:
    """Let others know what is announced, in the month in which it happens."""
    exchange.troops_seen |= exchange.announced & (exchange.troops_sent > 0)
    exchange.tier_seen = np.where(exchange.announced, exchange.tier, exchange.tier_seen)


def _see_deliveries(context: PhaseContext, exchange: Exchange) -> None:
    hidden = ~exchange.disclosed & (exchange.munitions_delivered + exchange.missiles_sent > 0)
    seen = hidden & _detect(context.state, exchange, "deliveries", hidden)
    exchange.disclosed = exchange.disclosed | seen
    pair = exchange.supplier, exchange.buyer
    context.chronicle.record("deliveries_seen", seen, *pair, exchange.code)


def _see_troops(context: PhaseContext, exchange: Exchange) -> None:
    present = (exchange.troops_present > 0) & ~exchange.troops_seen
    seen = present & _detect(context.state, exchange, "troops", present)
    exchange.troops_seen |= seen
    context.chronicle.record("troops_seen", seen, exchange.supplier, exchange.buyer, exchange.code)


def _see_technology(context: PhaseContext, exchange: Exchange) -> None:
    hidden = exchange.tier > exchange.tier_seen
    seen = hidden & _detect(context.state, exchange, "technology", hidden)
    pair = exchange.buyer, exchange.supplier
    context.chronicle.record("technology_seen", seen, *pair, exchange.code, exchange.tier)
    exchange.tier_seen = np.where(seen, exchange.tier, exchange.tier_seen)


def _decide_admission(context: PhaseContext, exchange: Exchange) -> None:
    """Let the buyer decide whether to admit what was disclosed."""
    state, rules = context.state, context.state.rules.observation
    denied = exchange.disclosed & ~exchange.admitted & ~exchange.announced
    if not any_world(denied):
        return
    fought = exchange.troops_seen & (exchange.troops_fallen > 0)
    terms = {
        "admission": rules.admission,
        "pride": rules.pride * fought,
        "exposure": -rules.exposure * sanctions_enforcement(state, exchange.supplier),
    }
    who, towards = state.codes[exchange.buyer], state.codes[exchange.supplier]
    admits = denied & decide(state, DrawKey("admit", who, towards, exchange.code), terms, denied)
    exchange.admitted |= admits
    context.chronicle.record("admits", admits, exchange.buyer, exchange.supplier, exchange.code)
