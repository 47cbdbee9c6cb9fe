"""Effects of exchange, council, provocation, balancing and restraint on choices in a crisis.

Each function returns a vector (world,) that is 0 where its mechanism is switched off or does not
apply. A mechanism affects the rest of the model through this module only. Actors are rows; those
with the argument `at` may be asked of other actors in each place, and return (place,) or, for some
rows, (row, place).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.entities.bloc import Bloc
from sim.model.places import EVERYWHERE, Places, Who
from sim.model.state import State


def payment(state: State, ally: Who, partner: Who, at: Places = EVERYWHERE) -> Vector:
    """Return how far the partner pays the ally, 0 to 1: by returns, or by arms it relies on."""
    if not state.mechanisms.payment:
        return at.of(state.nothing)
    return state.institutions.effects.payments.read(ally, partner, at)


def bloc_credibility(state: State, ally: Who, partner: Who, at: Places = EVERYWHERE) -> Vector:
    """Return the effect of coordination in a common bloc on willingness, in log-odds."""
    gained = state.institutions.effects.coordination.read(ally, partner, at)
    return at.of(state.rules.balancing.credibility) * gained


def patron_restraint(state: State, actor: Who, at: Places = EVERYWHERE) -> Vector:
    """Return by how much patrons that restrain an actor lower its challenges, in log-odds."""
    return at.read(state.institutions.effects.restraint, actor)


def provocation_tension(state: State, rival: Who, opponent: Who, at: Places = EVERYWHERE) -> Vector:
    """Return the effect of tension from provocations on a challenge of two rivals, in log-odds."""
    return state.institutions.effects.tension.read(rival, opponent, at)


def exercise_calming(state: State, rival: Who, opponent: Who, at: Places = EVERYWHERE) -> Vector:
    """Return the effect on escalation of exercises by one rival's bloc against the other."""
    return state.institutions.effects.calming.read(rival, opponent, at)


def adversary_pact(state: State, bloc: Bloc) -> Vector:
    """Return how far a treaty new since day one commits aid to an adversary of a bloc, 0 to 1.

    It is found anew after a change of what binds whom.
    """
    effects, changes = state.institutions.effects, len(state.binding_changes)
    if effects.pacts_known < changes:
        blocs = state.institutions.blocs.values()
        effects.adversary_pacts = {each.code: _find_adversary_pact(state, each) for each in blocs}
        effects.pacts_known = changes
    return effects.adversary_pacts[bloc.code]


def _find_adversary_pact(state: State, bloc: Bloc) -> Vector:
    bound = [
        state.binding_between(treaty, adversary)
        for treaty in state.treaties.values()
        if treaty.promises_any_aid(bloc.adversaries)
        for adversary in bloc.adversaries
        if adversary in treaty.protected
        and not treaty.in_reference_period(state.scenario, adversary)
    ]
    return np.maximum.reduce([state.nothing, *bound])


# -- for bounds ------------------------------------------------------------------------------------


def find_tensions(state: State, rival: Who, opponent: Who) -> Iterator[tuple[Vector, Any]]:
    """Yield the effect of each provoker's tension, (world,), and for which rivals it counts."""
    for provoker in state.institutions.provokers.values():
        itself, targets = (
            _among(len(state.codes), (provoker.index,)),
            _among(len(state.codes), provoker.targets),
        )
        provoked = _across(itself, targets, rival, opponent)
        if np.any(provoked):
            yield state.rules.provocation.tension * provoker.heard_tension, provoked


def most_calming(state: State, rival: int, opponent: int) -> Vector:
    """Return the most that exercises can add to escalation, in log-odds, (world,)."""
    blocs = list(_find_opposed_blocs(state, rival, opponent))
    return len(blocs) * np.maximum(state.rules.balancing.calming, 0)


def _find_opposed_blocs(state: State, rival: Who, opponent: Who) -> Iterator[tuple[Bloc, Any]]:
    """Yield each bloc that has one of two rivals as a member and the other as an adversary."""
    for bloc in state.institutions.blocs.values():
        members, adversaries = (
            _among(len(state.codes), bloc.members),
            _among(len(state.codes), bloc.adversaries),
        )
        opposed = _across(members, adversaries, rival, opponent)
        if np.any(opposed):
            yield bloc, opposed


# -- of one actor ----------------------------------------------------------------------------------


def exercised_against(state: State, actor: int) -> Vector:
    """Return 1 where a bloc exercises against an actor this month."""
    held = state.nothing
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
    return state.institutions.effects.cover[actor]


def sanctions_enforcement(state: State, actor: int) -> Vector:
    """Return how well sanctions against an actor are enforced, 0 to 1."""
    return state.institutions.effects.enforcement[actor]


def reliance(state: State, buyer: int, supplier: int) -> Vector:
    """Return how far a buyer's war depends on a supplier's deliveries of last month, 0 to 1."""
    relies = state.nothing
    for exchange in state.institutions.exchanges.values():
        if (exchange.buyer, exchange.supplier) == (buyer, supplier):
            relies = relies + exchange.reliance
    return relies.clip(0, 1)


def firepower(state: State, actor: int) -> Vector:
    """Return the share of an actor's strength that its munitions sustain, 0 to 1."""
    arsenal = state.institutions.arsenals.get(actor)
    if arsenal is None or not state.mechanisms.exchange:
        return state.one
    return 1 - state.rules.supply.fire * (1 - arsenal.fired_share)


@cache
def _among(count: int, actors: tuple[int, ...]) -> Mask:
    """Return which of `count` actors are among some, (actor,)."""
    among = np.zeros(count, dtype=bool)
    among[list(actors)] = True
    return among


def _across(some: Mask, others: Mask, rival: Who, opponent: Who) -> Mask:
    """Return whether of two rivals one is among some actors and the other among others."""
    across: Mask = (some[rival] & others[opponent]) | (some[opponent] & others[rival])
    return across
