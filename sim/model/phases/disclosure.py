"""Phase: what others come to know of an exchange, and what its parties admit.

The true and the observed are kept apart: decisions of others rest on what is seen. Denial ends when
an act has become a source of honour, rather than when it is detected.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.context import Stage
from sim.model.decision_log import Occasion
from sim.model.decisions.modifiers import enforcement
from sim.model.decisions.sampling import befalls, decides
from sim.model.entities.exchange import Exchange
from sim.model.state import State


def observe(stage: Stage) -> None:
    """Let every exchange be looked into for a month."""
    if not stage.state.mechanisms.exchange:
        return
    for exchange in stage.state.arrangements.exchanges.values():
        if stage.state.month == 1:
            exchange.estimate = _estimate(stage.state, exchange)
        _see_deliveries(stage, exchange)
        _see_troops(stage, exchange)
        _see_technology(stage, exchange)
        _admit(stage, exchange)


def _estimate(state: State, exchange: Exchange) -> Vector:
    """Return how far off others' estimates are in each world: published ones differ threefold."""
    wrong = state.luck.normal("estimate", 0, state.codes[exchange.supplier], about=exchange.code)
    return np.exp(state.rules.observation.error * wrong * exchange.assumed("secrecy"))


def _detected(state: State, exchange: Exchange, what: str, where: Mask) -> Mask:
    """Return where something hidden comes to light this month."""
    rules, hidden = state.rules.observation, exchange.assumed("secrecy")
    likely = hidden * rules.detection + (1 - hidden) * rules.open_detection
    occasion = Occasion(f"detect {what}", state.codes[exchange.supplier], "", exchange.code)
    return befalls(state, occasion, likely, where)


def _see_deliveries(stage: Stage, exchange: Exchange) -> None:
    hidden = ~exchange.disclosed & (exchange.munitions + exchange.missiles_sent > 0)
    seen = hidden & _detected(stage.state, exchange, "deliveries", hidden)
    exchange.disclosed = exchange.disclosed | seen
    pair = exchange.supplier, exchange.buyer
    stage.chronicle.note("deliveries_seen", seen, *pair, exchange.code)


def _see_troops(stage: Stage, exchange: Exchange) -> None:
    sent = (exchange.troops_sent > 0) & ~exchange.troops_seen
    seen = sent & _detected(stage.state, exchange, "troops", sent)
    exchange.troops_seen |= seen
    stage.chronicle.note("troops_seen", seen, exchange.supplier, exchange.buyer, exchange.code)


def _see_technology(stage: Stage, exchange: Exchange) -> None:
    hidden = exchange.tier > exchange.tier_seen
    seen = hidden & _detected(stage.state, exchange, "technology", hidden)
    pair = exchange.buyer, exchange.supplier
    stage.chronicle.note("technology_seen", seen, *pair, exchange.code, exchange.tier)
    exchange.tier_seen = np.where(seen, exchange.tier, exchange.tier_seen)


def _admit(stage: Stage, exchange: Exchange) -> None:
    """Let the parties decide whether to go on denying what was disclosed."""
    state, rules = stage.state, stage.state.rules.observation
    fought = exchange.troops_seen & (exchange.fallen > 0)
    terms = {
        "admission": rules.admission,
        "pride": rules.pride * fought,
        "exposure": -rules.exposure * enforcement(state, exchange.supplier),
    }
    who, towards = state.codes[exchange.buyer], state.codes[exchange.supplier]
    denied = exchange.disclosed & ~exchange.admitted & (exchange.assumed("secrecy") > 0)
    admits = denied & decides(state, Occasion("admit", who, towards, exchange.code), terms, denied)
    exchange.admitted |= admits
    stage.chronicle.note("admits", admits, exchange.buyer, exchange.supplier, exchange.code)
