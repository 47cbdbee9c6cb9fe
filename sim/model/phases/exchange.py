"""Phase: the exchange. Arms and troops for fuel, food, money and technology."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world, total
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.calls import bound_to_aid
from sim.model.decisions.deliveries import decide_order, decide_share_sent, share_sent
from sim.model.decisions.modifiers import sanctions_enforcement, veto_cover
from sim.model.decisions.sampling import decide
from sim.model.entities.exchange import TIERS, Exchange
from sim.model.entities.war import TROOPS
from sim.model.phases.output import ramp_output
from sim.model.state import State
from sim.model.theory.exchange import (
    allocate_deliveries,
    delivery_considerations,
    depletion_consideration,
    transfer_considerations,
)
from sim.model.theory.quantal_response import logistic


def run_exchanges(context: PhaseContext) -> None:
    """Advance every exchange, the output of munitions and every programme by a month."""
    state = context.state
    if state.mechanisms.exchange:
        exchanges = sorted(
            state.institutions.exchanges.values(), key=lambda exchange: exchange.buyer
        )
        terms = {each.code: _delivery_terms(state, each) for each in exchanges}
        for buyer, group in groupby(exchanges, key=lambda exchange: exchange.buyer):
            _deliver_munitions(state, buyer, list(group), terms)
        for code, exchange in state.institutions.exchanges.items():
            _send_troops(context, exchange, terms[code])
            _book_deliveries(state, exchange)
            _transfer_technology(context, exchange)
        if state.mechanisms.output:
            ramp_output(state)
        state.institutions.effects.renew_payments(state.rules.exchange.return_scale)
    for programme in state.institutions.programmes.values():
        programme.advance(programme.drift)
        programme.reveal(state.rules.observation.open_detection)


def set_opening_reliance(state: State) -> None:
    """Set the reliance of buyers on deliveries in the month before the scenario opens."""
    for exchange in state.institutions.exchanges.values() if state.mechanisms.exchange else ():
        offered = _offer(state, exchange) * (1 - _interdicted_share(state, exchange))
        exchange.reliance = _reliance(state, exchange, offered)
    state.institutions.effects.renew_payments(state.rules.exchange.return_scale)


def _buyer_at_war(state: State, exchange: Exchange) -> Mask:
    """Return where the buyer's war is ongoing."""
    return state.rivalries[exchange.spec.rivalry].war.on


def _deliver_munitions(
    state: State, buyer: int, exchanges: list[Exchange], terms: dict[str, Terms]
) -> None:
    """Let the suppliers of one buyer share its demand.

    The terms of delivering, by the code of the exchange, are brought up to what is left in stock.
    """
    rules = state.rules.exchange
    arsenal = state.institutions.arsenals[buyer]
    fighting = np.logical_or.reduce([_buyer_at_war(state, exchange) for exchange in exchanges])
    wanted = decide_order(state, buyer, fighting)
    offers = [_decide_offer(state, exchange, terms[exchange.code]) for exchange in exchanges]
    for exchange, shipped in zip(exchanges, allocate_deliveries(offers, wanted), strict=True):
        interdicted = _interdicted_share(state, exchange)
        delivered = exchange.ship(shipped, interdicted)
        exchange.renew_arms(state.rules.supply.left_after_month("arms_half_life"))
        arsenal.imports = arsenal.imports + delivered
        exchange.reliance = _reliance(state, exchange, delivered)
        terms[exchange.code] |= depletion_consideration(rules, exchange.depletion)
        share = share_sent(state, exchange, _willing_share(terms[exchange.code]))
        missiles = share * _buyer_at_war(state, exchange)
        fired = exchange.ship_missiles(missiles, rules.draw, interdicted)
        value = delivered * exchange.sampled.munitions_price
        exchange.bill = value + fired * exchange.sampled.missile_price


def _decide_offer(state: State, exchange: Exchange, terms: Terms) -> Vector:
    """Return what the supplier offers this month, in million rounds: by the rules, or by hand."""
    share = decide_share_sent(state, exchange, _willing_share(terms))
    return exchange.capacity(state.rules.exchange.draw) * share


def _offer(state: State, exchange: Exchange) -> Vector:
    """Return the supplier's offer by the rules, in million rounds."""
    willing = _willing_share(_delivery_terms(state, exchange))
    return exchange.capacity(state.rules.exchange.draw) * willing


def _willing_share(terms: Terms) -> Vector:
    """Return the share of its spare munitions that a supplier is willing to deliver."""
    return logistic(total(terms.values()))


def _delivery_terms(state: State, exchange: Exchange) -> Terms:
    rules, supplier = state.rules.exchange, exchange.supplier
    payment = np.minimum(exchange.annual_returns / rules.return_scale, 1)
    return delivery_considerations(
        rules,
        _buyer_need(state, exchange),
        payment if exchange.spec.paid else state.one,
        exchange.depletion,
        sanctions_enforcement(state, supplier) * (1 - veto_cover(state, supplier)),
        state.memory.affinity[supplier, exchange.buyer],
    )


def _buyer_need(state: State, exchange: Exchange) -> Vector:
    """Return the buyer's need, which is public; 0 where its war is over."""
    return state.institutions.arsenals[exchange.buyer].need * _buyer_at_war(state, exchange)


def _interdicted_share(state: State, exchange: Exchange) -> Vector:
    return state.rules.exchange.interdiction * sanctions_enforcement(state, exchange.supplier)


def _reliance(state: State, exchange: Exchange, delivered: Vector) -> Vector:
    """Return how far the buyer's war depends on deliveries, 0 to 1; 0 where it is at peace.

    Reliance is the ratio of deliveries that cover the deficit to the buyer's own production, at
    most 1. Relative to the deficit instead, a larger need would lower the reliance on a supplier at
    full capacity.
    """
    arsenal = state.institutions.arsenals[exchange.buyer]
    covered = np.minimum(delivered, arsenal.deficit) * _buyer_at_war(state, exchange)
    own = arsenal.production
    return np.divide(covered, own, out=np.ones_like(own), where=own > covered) * (covered > 0)


def _send_troops(context: PhaseContext, exchange: Exchange, terms: Terms) -> None:
    """Send troops where a treaty commits the supplier and it decides to, or has already entered.

    A supplier that committed troops under the mutual-defence rule sends its first contingent here.
    With the mechanism `soldiers_gate` switched off, it decides whether or not a treaty commits it.
    The terms are those of delivering munitions.
    """
    state = context.state
    rivalry = state.rivalries[exchange.spec.rivalry]
    war, side = rivalry.war, rivalry.rivals.index(exchange.buyer)
    bound = war.level[side, exchange.supplier] >= TROOPS
    first = bound & (exchange.troops_sent == 0)
    free = _may_send_troops(state, exchange) & _buyer_at_war(state, exchange)
    sends = _buyer_at_war(state, exchange) & first
    if any_world(free):
        sends = sends | (free & _decide_on_troops(state, exchange, terms, free))
    if any_world(sends):
        sent = exchange.send_troops(sends, state.month)
        war.enter(((sent > 0) & ~bound).nonzero()[0], side, exchange.supplier, TROOPS)
        pair = exchange.supplier, exchange.buyer
        context.chronicle.record("troops_sent", sent > 0, *pair, exchange.code, TROOPS)
        exchange.bill = exchange.bill + sent * exchange.sampled.troops_price
    if any_world(exchange.troops_present):
        exchange.suffer_casualties(state.rules.exchange.casualties, _buyer_at_war(state, exchange))


def _book_deliveries(state: State, exchange: Exchange) -> None:
    """Book the month's deliveries as debt, less the part that is returned at once."""
    rules = state.rules.exchange
    if exchange.spec.paid:
        exchange.book_on_credit(rules.returned, rules.left_after_month("debt_half_life"))
    else:
        exchange.book_as_gift()


def _may_send_troops(state: State, exchange: Exchange) -> Mask:
    """Return where the supplier is free to send troops: everywhere, unless it needs a treaty."""
    if not state.mechanisms.soldiers_gate:
        return ~state.no_world
    return _bound_to_aid(state, exchange)


def _bound_to_aid(state: State, exchange: Exchange) -> Mask:
    """Return where a treaty binds the supplier to aid the buyer."""
    return bound_to_aid(state, exchange.supplier, exchange.buyer, exchange.spec.rivalry)


def _decide_on_troops(state: State, exchange: Exchange, delivery: Terms, where: Mask) -> Mask:
    rules, war = state.rules.exchange, state.rivalries[exchange.spec.rivalry].war
    terms = delivery | {
        "troops": -rules.troops,
        "home_soil": rules.home_soil * war.home_soil,
    }
    who, towards = state.codes[exchange.supplier], state.codes[exchange.buyer]
    return decide(state, DrawKey("troops", who, towards, exchange.code), terms, where)


def _transfer_technology(context: PhaseContext, exchange: Exchange) -> None:
    """Let the buyer decide, tier by tier, whether to pay with technology."""
    state = context.state
    if not (state.mechanisms.technology and exchange.spec.paid):
        return
    for tier in TIERS:
        new = exchange.may_transfer(tier)
        if not any_world(new):
            continue
        where = new & _decide_on_tier(state, exchange, tier, new)
        if any_world(where):
            exchange.transfer_technology(
                where, tier, getattr(state.rules.technology, f"value_{tier}")
            )
            pair = exchange.buyer, exchange.supplier
            context.chronicle.record("technology", where, *pair, exchange.code, tier)
            _advance_programme(state, exchange, tier, where)


def _decide_on_tier(state: State, exchange: Exchange, tier: int, where: Mask) -> Mask:
    rules = state.rules.technology
    terms = transfer_considerations(
        rules,
        exchange.debt / state.rules.exchange.debt_scale,
        _buyer_need(state, exchange),
        getattr(rules, f"cost_{tier}"),
        exchange.objection,
        (exchange.troops_sent > 0).astype(float),
        (~_buyer_at_war(state, exchange)).astype(float),
    )
    who, towards = state.codes[exchange.buyer], state.codes[exchange.supplier]
    key = DrawKey(f"technology {tier}", who, towards, exchange.code)
    return decide(state, key, terms, where)


def _advance_programme(state: State, exchange: Exchange, tier: int, where: Mask) -> None:
    """Advance the programme by a transfer, which may fail and whose gain is uncertain."""
    programme = state.institutions.programmes.get(exchange.supplier)
    if programme is None:
        return
    about, who = f"{exchange.code} {tier}", state.codes[exchange.supplier]
    month, once = state.month, state.streams.uniform_once
    works = once("technology works", 0, month, who, about=about)
    gain_draw = once("technology gain", 0, month, who, about=about)
    rules = state.rules.technology
    gain = getattr(rules, f"gain_{tier}") * 2 * gain_draw * (works < rules.works)
    programme.advance(gain.clip(0, 1) * where)
