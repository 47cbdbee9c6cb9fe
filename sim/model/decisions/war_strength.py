"""The strength of the sides of ongoing wars, in cases: one war in one world each."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector, any_world, total
from sim.model.decisions.modifiers import firepower
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import MATERIEL, OPEN_WAR, TROOPS
from sim.model.places import CasePlaces, Index
from sim.model.state import State

_SIDES = np.arange(2)[:, None]
"""Rows of the sides, (side, 1)."""


def war_strengths(state: State, theatre: Index, worlds: Index) -> Vector:
    """Return the strength of both sides in the theatre, (side, case), in shares of the world's.

    Actors at open war count with the share of their strength that reaches their principal, the
    attacking principal with the share that reaches the defender; materiel counts as far as it is
    delivered. A principal is weakened by its losses, and by the guard of a home soil under attack.

    Args:
        state: the state.
        theatre: rows of the theatres, (case,).
        worlds: the world of each case, (case,).
    """
    at, actors = CasePlaces(worlds), np.arange(len(state.codes))[:, None]
    honour, rows = state.rules.honour.at(at), (2 * theatre + _SIDES)[:, None]
    level = at.read(state.wars.level.reshape(-1, state.count), rows * len(actors) + actors)
    fighting = (level == OPEN_WAR) + (level == TROOPS) * honour.troops_strength
    part = fighting * _share_present(state, theatre, at)
    if any_world(supplies := level == MATERIEL):
        in_use = _materiel_in_use(state, theatre, worlds)
        part += supplies * honour.materiel_strength * in_use
    return total((_power(state, worlds) * part).swapaxes(0, 1))


def opposing_nuclear(state: State, rivalry: Rivalry, side: int) -> Vector:
    """Return 1 where a nuclear power is at open war against `side`, (world,)."""
    armed = state.nuclear * rivalry.war.at_open_war(1 - side)
    return armed.max(axis=0)


def _power(state: State, worlds: Index) -> Vector:
    """Return the strength at home that an actor's munitions sustain, (actor, case)."""
    power: Vector = state.capability[:, worlds]
    for actor in state.institutions.arsenals:
        power[actor] *= firepower(state, actor)[worlds]
    return power


def _materiel_in_use(state: State, theatre: Index, worlds: Index) -> Vector:
    """Return how much of each actor's aid in materiel is in use, (side, actor, case).

    It is relative to the usual pace, and 1 where nothing says how much an actor delivers.
    """
    in_use = np.ones((2, len(state.codes), len(worlds)))
    theatres = list(state.rivalries)
    for exchange in state.institutions.exchanges.values() if state.mechanisms.exchange else ():
        rivals = state.rivalries[exchange.spec.rivalry].rivals
        cases: Mask = theatre == theatres.index(exchange.spec.rivalry)
        side = rivals.index(exchange.buyer)
        in_use[side, exchange.supplier, cases] = exchange.arms_in_use[worlds[cases]]
    return in_use


def _share_present(state: State, theatre: Index, at: CasePlaces) -> Vector:
    """Return the share of each actor's strength that is in the theatre, (side, actor, case)."""
    principal, actors = state.wars.principals.T[:, theatre], np.arange(len(state.codes))[:, None]
    present = at.read_pair(state.reach, actors, principal[:, None])
    present[_SIDES, principal, np.arange(len(theatre))] = _principals_share(
        state, theatre, at, principal
    )
    return present


def _principals_share(state: State, theatre: Index, at: CasePlaces, principal: Index) -> Vector:
    """Return the share of the principals' strength that is left and present, (side, case)."""
    wars, where = state.wars, (theatre, at.worlds)
    guard = at.of(state.rules.war.guard) * wars.home_soil[where]
    abroad = at.read_pair(state.reach, principal, principal[::-1]) * (1 - guard)
    attacks = wars.on[where] & (wars.attacker[where] == _SIDES)
    left = 1 - at.read(wars.strength_lost.reshape(-1, state.count), 2 * theatre + _SIDES)
    share: Vector = left * np.where(attacks, abroad, 1.0)
    return share
