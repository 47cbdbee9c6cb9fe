"""Phase: restraint. Patrons restrain clients; clients turn to other patrons.

A patron weighs entrapment against the loss of the client (Snyder 1984). Its leverage decreases with
every other patron of the client (Pressman 2008; Cha 2010).
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector, any_world, total
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import decide, occurs
from sim.model.entities.patronage import Patronage
from sim.model.entities.rivalry import DISPLAY
from sim.model.state import State


def restrain_clients(context: PhaseContext) -> None:
    """Let every patron decide whether to restrain its client in the coming month."""
    state = context.state
    if not state.mechanisms.restraint:
        return
    patronages = list(state.institutions.patronages.values())
    _share_dependence(state, patronages)
    shifted_needs = [_decide_restraint(context, patronage, patronages) for patronage in patronages]
    for patronage, shifted in zip(patronages, shifted_needs, strict=True):
        _shift_need(patronage, shifted, _other_patrons(patronage, patronages))
    state.institutions.effects.renew_restraint()


def _other_patrons(patronage: Patronage, patronages: list[Patronage]) -> list[Patronage]:
    """Return the client's other patrons."""
    return [
        other for other in patronages if other.client == patronage.client and other is not patronage
    ]


def _share_dependence(state: State, patronages: list[Patronage]) -> None:
    """Share each client's dependence among its patrons, by what it needs from each."""
    needs = [(patronage.client, _client_need(state, patronage)) for patronage in patronages]
    for patronage, (client, need) in zip(patronages, needs, strict=True):
        of_all = total(of_one for dependent, of_one in needs if dependent == client)
        patronage.dependence = need / np.maximum(of_all, 1)


def _client_need(state: State, patronage: Patronage) -> Vector:
    """Return what the client needs from one patron: a base need, and returns for its arms."""
    trade = state.nothing
    for exchange in state.institutions.exchanges.values():
        if (exchange.buyer, exchange.supplier) == (patronage.patron, patronage.client):
            trade = trade + exchange.annual_returns / state.rules.restraint.trade
    return patronage.need + trade * state.mechanisms.exchange


def _decide_restraint(
    context: PhaseContext, patronage: Patronage, patronages: list[Patronage]
) -> Vector:
    """Let a patron decide on restraint; return the need that the client shifts elsewhere."""
    state, rules = context.state, context.state.rules.restraint
    others = _other_patrons(patronage, patronages)
    elsewhere = total([state.nothing, *(other.dependence for other in others)])
    terms = {
        "willing": rules.willing,
        "entrapment": rules.entrapment * _entrapment_risk(state, patronage.client),
        "abandonment": -rules.abandonment * elsewhere,
    }
    pair = patronage.patron, patronage.client
    codes = state.codes[pair[0]], state.codes[pair[1]]
    restrains = decide(state, DrawKey("restrain", *codes), terms)
    patronage.restraining = restrains
    patronage.restrained = patronage.restrained + restrains
    context.chronicle.record("restrains", restrains, *pair, patronage.code)
    return _draw_backlash(context, patronage) if others else state.nothing


def _entrapment_risk(state: State, client: int) -> Vector:
    """Return the risk that the client entraps its patron, 0 to 1: its disputes and tension."""
    own = (state.wars.principals == client).any(axis=1)
    dangerous = np.logical_or.reduce(state.disputes.rung[own] >= DISPLAY)
    danger = np.maximum(state.nothing, dangerous)
    for provoker in state.institutions.provokers.values():
        if provoker.index == client and state.mechanisms.provocation:
            danger = np.maximum(danger, np.log2(provoker.relative_tension.clip(1, 4)) / 2)
    return danger


def _draw_backlash(context: PhaseContext, patronage: Patronage) -> Vector:
    """Let a restrained client turn to another patron; return the need that it shifts."""
    state, rules = context.state, context.state.rules.restraint
    codes = state.codes[patronage.client], state.codes[patronage.patron]
    restrained = patronage.restraining
    if not any_world(restrained):
        return state.nothing
    key = DrawKey("backlash", *codes)
    backlash = restrained & occurs(state, key, rules.backlash, restrained)
    patronage.backlashes = patronage.backlashes + backlash
    pair = patronage.client, patronage.patron
    context.chronicle.record("backlash", backlash, *pair, patronage.code)
    if state.mechanisms.memory:
        state.memory.change_affinity(*pair, rules.resentment * backlash)
    return rules.turning * patronage.need * backlash


def _shift_need(patronage: Patronage, shifted_need: Vector, others: list[Patronage]) -> None:
    patronage.need = patronage.need - shifted_need
    for other in others:
        other.need = other.need + shifted_need / len(others)
