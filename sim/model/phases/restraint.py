"""Phase: restraint. Patrons hold clients back, clients turn to other patrons.

A patron weighs being dragged in against losing the client (Snyder 1984); what it can do falls with
every other patron the client has (Pressman 2008; Cha 2010).
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.context import Stage
from sim.model.decision_log import Occasion
from sim.model.decisions.sampling import befalls, decides
from sim.model.entities.patronage import Patronage
from sim.model.entities.rivalry import DISPLAY
from sim.model.state import State


def restrain(stage: Stage) -> None:
    """Let every patron decide whether to hold its client back in the month to come."""
    state = stage.state
    if not state.mechanisms.restraint:
        return
    patronages = list(state.arrangements.patronages.values())
    for patronage in patronages:
        patronage.dependence = _dependence(state, patronage, patronages)
    turning = [_hold_back(stage, patronage, patronages) for patronage in patronages]
    for patronage, moved in zip(patronages, turning, strict=True):
        _turn(patronage, moved, _others(patronage, patronages))


def _others(patronage: Patronage, patronages: list[Patronage]) -> list[Patronage]:
    """Return the client's other patrons."""
    return [o for o in patronages if o.client == patronage.client and o is not patronage]


def _dependence(state: State, patronage: Patronage, patronages: list[Patronage]) -> Vector:
    """Return the patron's share of what the client needs; others take from it."""
    every = [_weight(state, other) for other in patronages if other.client == patronage.client]
    return _weight(state, patronage) / np.maximum(total(every), 1)


def _weight(state: State, patronage: Patronage) -> Vector:
    """Return what the client needs of one patron: of old, and by the exchange followed."""
    trade = np.zeros(state.count)
    for exchange in state.arrangements.exchanges.values():
        if (exchange.buyer, exchange.supplier) == (patronage.patron, patronage.client):
            trade = trade + exchange.returns / state.rules.restraint.trade
    return patronage.raw + trade * state.mechanisms.exchange


def _hold_back(stage: Stage, patronage: Patronage, patronages: list[Patronage]) -> Vector:
    """Let a patron decide; return what of its client's needs turns away from it for that."""
    state, rules = stage.state, stage.state.rules.restraint
    others = _others(patronage, patronages)
    elsewhere = total([np.zeros(state.count), *(other.dependence for other in others)])
    terms = {
        "willing": rules.willing,
        "entrapment": rules.entrapment * _danger(state, patronage.client),
        "abandonment": -rules.abandonment * elsewhere,
    }
    pair = patronage.patron, patronage.client
    codes = state.codes[pair[0]], state.codes[pair[1]]
    holds = decides(state, Occasion("restrain", *codes), terms)
    patronage.restraining = holds
    patronage.restrained = patronage.restrained + holds
    stage.chronicle.note("restrains", holds, *pair, patronage.code)
    return _lash_back(stage, patronage) if others else np.zeros(state.count)


def _danger(state: State, client: int) -> Vector:
    """Return how near the client is to dragging its patron in, 0 to 1: its disputes and tension."""
    danger = np.zeros(state.count)
    for rivalry in state.rivalries.values():
        if client in rivalry.rivals:
            danger = np.maximum(danger, rivalry.rung >= DISPLAY)
    for provoker in state.arrangements.provokers.values():
        if provoker.index == client and state.mechanisms.provocation:
            danger = np.maximum(danger, np.log2(provoker.strain.clip(1, 4)) / 2)
    return danger


def _lash_back(stage: Stage, patronage: Patronage) -> Vector:
    """Let a client that has another patron turn to it when held back; return how much does."""
    state, rules = stage.state, stage.state.rules.restraint
    codes = state.codes[patronage.client], state.codes[patronage.patron]
    held = patronage.restraining
    lashes = held & befalls(state, Occasion("backlash", *codes), rules.backlash, held)
    patronage.backlashes = patronage.backlashes + lashes
    pair = patronage.client, patronage.patron
    stage.chronicle.note("backlash", lashes, *pair, patronage.code)
    if state.mechanisms.memory:
        state.memory.warm(*pair, rules.resentment * lashes)
    return rules.turning * patronage.raw * lashes


def _turn(patronage: Patronage, moved: Vector, others: list[Patronage]) -> None:
    patronage.raw = patronage.raw - moved
    for other in others:
        other.raw = other.raw + moved / len(others)
