"""Phase: the exchange. Arms and men to the buyer; fuel, food, money and technology back."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, somewhere, total
from sim.model.context import Stage
from sim.model.decision_log import Occasion
from sim.model.decisions.calls import pledges
from sim.model.decisions.modifiers import cover, enforcement
from sim.model.decisions.sampling import decides
from sim.model.entities.exchange import TIERS, Exchange
from sim.model.entities.war import TROOPS
from sim.model.state import State
from sim.model.theory.exchange import delivery_considerations, shared_out, transfer_considerations
from sim.model.theory.quantal_response import chance


def trade(stage: Stage) -> None:
    """Let every exchange go on for a month, and programmes advance."""
    state = stage.state
    if state.mechanisms.exchange:
        exchanges = sorted(state.arrangements.exchanges.values(), key=lambda each: each.buyer)
        for buyer, group in groupby(exchanges, key=lambda each: each.buyer):
            _supply(state, buyer, list(group))
        for exchange in state.arrangements.exchanges.values():
            _send_troops(stage, exchange)
            _keep_account(state, exchange)
            _transfer(stage, exchange)
    for programme in state.arrangements.programmes.values():
        programme.advance(programme.drift)
        programme.show(state.rules.observation.open_detection)


def opening_reliance(state: State) -> None:
    """Work out on what deliveries buyers relied in the month before the scenario opens."""
    for exchange in state.arrangements.exchanges.values() if state.mechanisms.exchange else ():
        offered = _offered(state, exchange) * (1 - _stopped(state, exchange))
        exchange.reliance = _met(state, exchange, offered)


def at_war(state: State, exchange: Exchange) -> Mask:
    """Return where the buyer's war goes on."""
    return state.rivalries[exchange.spec.rivalry].war.on


def _supply(state: State, buyer: int, exchanges: list[Exchange]) -> None:
    """Let the suppliers of one buyer meet what it wants between them."""
    rules = state.rules.exchange
    arsenal = state.arrangements.arsenals[buyer]
    fighting = np.any([at_war(state, exchange) for exchange in exchanges], axis=0)
    wanted = arsenal.wanted(state.rules.supply, fighting)
    offers = [_offered(state, exchange) for exchange in exchanges]
    for exchange, shipped in zip(exchanges, shared_out(offers, wanted), strict=True):
        stopped = _stopped(state, exchange)
        delivered = exchange.ship(shipped, stopped)
        arsenal.imports = arsenal.imports + delivered
        exchange.reliance = _met(state, exchange, delivered)
        missiles = _willing(state, exchange) * at_war(state, exchange)
        fired = exchange.ship_missiles(missiles, rules.draw, stopped)
        value = delivered * exchange.assumed("munitions_price")
        exchange.bill = value + fired * exchange.assumed("missile_price")


def _offered(state: State, exchange: Exchange) -> Vector:
    """Return what the supplier would ship this month, in million rounds."""
    return exchange.capacity(state.rules.exchange.draw) * _willing(state, exchange)


def _willing(state: State, exchange: Exchange) -> Vector:
    """Return the share of what it could spare that the supplier is willing to deliver."""
    return chance(total(_considerations(state, exchange).values()))


def _considerations(state: State, exchange: Exchange) -> Terms:
    rules, supplier = state.rules.exchange, exchange.supplier
    payment = np.minimum(exchange.returns / rules.return_scale, 1)
    return delivery_considerations(
        rules,
        _need(state, exchange),
        payment if exchange.spec.paid else np.ones(state.count),
        exchange.depletion,
        enforcement(state, supplier) * (1 - cover(state, supplier)),
        state.memory.affinity[supplier, exchange.buyer],
    )


def _need(state: State, exchange: Exchange) -> Vector:
    """Return the buyer's need, as everyone can see it; none where its war is over."""
    return state.arrangements.arsenals[exchange.buyer].need * at_war(state, exchange)


def _stopped(state: State, exchange: Exchange) -> Vector:
    return state.rules.exchange.interdiction * enforcement(state, exchange.supplier)


def _met(state: State, exchange: Exchange, delivered: Vector) -> Vector:
    """Return how far the buyer's war hangs on deliveries; not at all where it is at peace.

    What of them covers its deficit, beside what it makes itself: 1 where that is as much. Beside
    the deficit, a larger need would seem to make it rely less on a supplier that cannot keep up.
    """
    arsenal = state.arrangements.arsenals[exchange.buyer]
    covered = np.minimum(delivered, arsenal.deficit) * at_war(state, exchange)
    own = arsenal.production
    return np.divide(covered, own, out=np.ones_like(own), where=own > covered) * (covered > 0)


def _send_troops(stage: Stage, exchange: Exchange) -> None:
    """Send soldiers where a treaty promises aid and the supplier decides to, or is bound already.

    Soldiers sent under the mutual-defence rule come with their first contingent here.
    """
    state = stage.state
    rivalry = state.rivalries[exchange.spec.rivalry]
    war, side = rivalry.war, rivalry.rivals.index(exchange.buyer)
    bound = war.level[side, exchange.supplier] >= TROOPS
    first = bound & (exchange.troops_sent == 0)
    free = _promised(state, exchange) & at_war(state, exchange)
    sends = (at_war(state, exchange) & first) | (free & _decides_on_troops(state, exchange, free))
    sent = exchange.send_troops(sends, state.month)
    level = np.full(state.count, TROOPS, dtype=np.int8)
    new = (sent > 0) & ~bound
    war.enter(new, side, exchange.supplier, level)
    pair = exchange.supplier, exchange.buyer
    stage.chronicle.note("troops_sent", sent > 0, *pair, exchange.code, TROOPS)
    exchange.bill = exchange.bill + sent * exchange.assumed("troops_price")
    exchange.fight(state.rules.exchange.casualties, at_war(state, exchange))


def _keep_account(state: State, exchange: Exchange) -> None:
    """Put the month's deliveries on the account, and the part that is returned at once."""
    rules = state.rules.exchange
    if exchange.spec.paid:
        exchange.owe(rules.returned, 0.5 ** (1 / rules.debt_half_life))
    else:
        exchange.give()


def _promised(state: State, exchange: Exchange) -> Mask:
    """Return where a treaty binds the supplier to aid the buyer."""
    pledged = pledges(state, exchange.supplier, exchange.buyer, exchange.spec.rivalry)
    return np.any([state.nowhere, *(state.binding[each.code] > 0 for each in pledged)], axis=0)


def _decides_on_troops(state: State, exchange: Exchange, where: Mask) -> Mask:
    rules, war = state.rules.exchange, state.rivalries[exchange.spec.rivalry].war
    terms = _considerations(state, exchange) | {
        "troops": -rules.troops,
        "home_soil": rules.home_soil * war.home_soil,
    }
    who, towards = state.codes[exchange.supplier], state.codes[exchange.buyer]
    return decides(state, Occasion("troops", who, towards, exchange.code), terms, where)


def _transfer(stage: Stage, exchange: Exchange) -> None:
    """Let the buyer decide, tier by tier, whether to pay with technology."""
    state = stage.state
    if not (state.mechanisms.technology and exchange.spec.paid):
        return
    for row, tier in enumerate(TIERS):
        new = ~exchange.transferred[row]
        where = new & _decides_on(state, exchange, tier, new)
        if somewhere(where):
            exchange.transfer(where, tier, getattr(state.rules.technology, f"value_{tier}"))
            pair = exchange.buyer, exchange.supplier
            stage.chronicle.note("technology", where, *pair, exchange.code, tier)
            _gain(state, exchange, tier, where)


def _decides_on(state: State, exchange: Exchange, tier: int, where: Mask) -> Mask:
    rules = state.rules.technology
    terms = transfer_considerations(
        rules,
        exchange.debt / state.rules.exchange.debt_scale,
        _need(state, exchange),
        getattr(rules, f"cost_{tier}"),
        exchange.objection,
        (~at_war(state, exchange)).astype(float),
    )
    who, towards = state.codes[exchange.buyer], state.codes[exchange.supplier]
    occasion = Occasion(f"technology {tier}", who, towards, exchange.code)
    return decides(state, occasion, terms, where)


def _gain(state: State, exchange: Exchange, tier: int, where: Mask) -> None:
    """Let the programme gain by a transfer, or not: it may fail, and the gain is uncertain."""
    programme = state.arrangements.programmes.get(exchange.supplier)
    if programme is None:
        return
    about, who = f"{exchange.code} {tier}", state.codes[exchange.supplier]
    works = state.luck.uniform("technology works", 0, who, about=about)
    part = state.luck.uniform("technology gain", 0, who, about=about)
    rules = state.rules.technology
    gain = getattr(rules, f"gain_{tier}") * 2 * part * (works < rules.works)
    programme.advance(gain.clip(0, 1) * where)
