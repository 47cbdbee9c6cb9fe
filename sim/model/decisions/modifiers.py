"""Effects of exchange, council, provocation, balancing and restraint on choices in a crisis.

Each function returns a vector (world,) that is 0 where its mechanism is switched off or does not
apply. A mechanism affects the rest of the model through this module only.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.entities.rivalry import Rivalry
from sim.model.state import State

_TENSION_LIMIT = 4.0
"""Tension has an effect up to this multiple of that of the long run, and down to its inverse."""


def payment(state: State, ally: int, partner: int) -> Vector:
    """Return how far the partner pays the ally, 0 to 1: by returns, or by arms it relies on."""
    total = np.zeros(state.count)
    if not state.mechanisms.payment:
        return total
    for exchange in state.institutions.exchanges.values():
        if (exchange.supplier, exchange.buyer) == (ally, partner):
            total = total + exchange.annual_returns / state.rules.exchange.return_scale
        if (exchange.buyer, exchange.supplier) == (ally, partner):
            total = total + exchange.reliance
    return total.clip(0, 1)


def bloc_credibility(state: State, ally: int, partner: int) -> Vector:
    """Return the effect of coordination in a common bloc on willingness, in log-odds."""
    gained = np.zeros(state.count)
    for bloc in state.institutions.blocs.values():
        if ally in bloc.members and partner in bloc.members:
            gained = np.maximum(gained, bloc.gained)
    return state.rules.balancing.credibility * gained


def patron_restraint(state: State, actor: int) -> Vector:
    """Return by how much patrons that restrain an actor lower its challenges, in log-odds."""
    held = np.zeros(state.count)
    for patronage in state.institutions.patronages.values():
        if patronage.client == actor:
            held = held + patronage.weight * patronage.dependence * patronage.restraining
    return held


def provocation_tension(state: State, rivalry: Rivalry) -> Vector:
    """Return the effect of tension from provocations on a challenge, in log-odds."""
    added = np.zeros(state.count)
    for provoker in state.institutions.provokers.values():
        if any(
            _provokes(provoker.index, provoker.targets, *pair) for pair in _ordered_pairs(rivalry)
        ):
            heard = np.clip(provoker.unusual_tension, 1 / _TENSION_LIMIT, _TENSION_LIMIT)
            added = added + state.rules.provocation.tension * np.log2(heard)
    return added


def exercise_calming(state: State, rivalry: Rivalry) -> Vector:
    """Return the effect on escalation of exercises by one rival's bloc against the other."""
    added = np.zeros(state.count)
    for bloc in state.institutions.blocs.values():
        if any(
            rival in bloc.members and opponent in bloc.adversaries
            for rival, opponent in _ordered_pairs(rivalry)
        ):
            added = added + state.rules.balancing.calming * bloc.exercising
    return added


def exercised_against(state: State, actor: int) -> Vector:
    """Return 1 where a bloc exercises against an actor this month."""
    held = np.zeros(state.count)
    for bloc in state.institutions.blocs.values():
        if actor in bloc.adversaries:
            held = np.maximum(held, bloc.exercising)
    return held


def in_talks(state: State, actor: int) -> bool:
    """Whether an actor is in talks with a rival this month."""
    talks = state.institutions.talks_until.items()
    return any(actor in state.rivalries[code].rivals and state.month <= end for code, end in talks)


def veto_cover(state: State, actor: int) -> Vector:
    """Return the chance that a council's draft against an actor would be vetoed, 0 to 1."""
    return _council_value(state, actor, "cover") * state.mechanisms.political_cover


def sanctions_enforcement(state: State, actor: int) -> Vector:
    """Return how well sanctions against an actor are enforced, 0 to 1."""
    return _council_value(state, actor, "enforcement")


def reliance(state: State, buyer: int, supplier: int) -> Vector:
    """Return how far a buyer's war depends on a supplier's deliveries of last month, 0 to 1."""
    relies = np.zeros(state.count)
    for exchange in state.institutions.exchanges.values():
        if (exchange.buyer, exchange.supplier) == (buyer, supplier):
            relies = relies + exchange.reliance
    return relies.clip(0, 1)


def firepower(state: State, actor: int) -> Vector:
    """Return the share of an actor's strength that its munitions sustain, 0 to 1."""
    arsenal = state.institutions.arsenals.get(actor)
    if arsenal is None or not state.mechanisms.exchange:
        return np.ones(state.count)
    return 1 - state.rules.supply.fire * (1 - arsenal.fired_share)


def arms_in_use(state: State, supplier: int, buyer: int, rivalry: str) -> Vector:
    """Return how much of a supplier's aid in materiel is in use, relative to its usual pace.

    1 where nothing says how much it delivers.
    """
    in_use = np.ones(state.count)
    for exchange in state.institutions.exchanges.values() if state.mechanisms.exchange else ():
        if (exchange.supplier, exchange.buyer, exchange.spec.rivalry) == (supplier, buyer, rivalry):
            in_use = exchange.arms_in_use
    return in_use


def _council_value(state: State, actor: int, name: str) -> Vector:
    highest = np.zeros(state.count)
    if state.mechanisms.council:
        for council in state.institutions.councils.values():
            if council.target == actor:
                highest = np.maximum(highest, getattr(council, name))
    return highest


def _ordered_pairs(rivalry: Rivalry) -> tuple[tuple[int, int], tuple[int, int]]:
    first, second = rivalry.rivals
    return (first, second), (second, first)


def _provokes(provoker: int, targets: tuple[int, ...], actor: int, target: int) -> bool:
    return provoker == actor and target in targets
