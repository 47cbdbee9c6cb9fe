"""The strength of the sides of an ongoing war."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector, any_world
from sim.model.decisions.modifiers import arms_in_use, firepower
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import MATERIEL, OPEN_WAR, TROOPS
from sim.model.state import State


def war_strength(state: State, rivalry: Rivalry, side: int) -> Vector:
    """Return the strength of a side in the theatre, (world,), in shares of the world's capability.

    Actors at open war count with the share of their strength that reaches their principal, the
    attacking principal with the share that reaches the defender; materiel counts as far as it is
    delivered. A principal is weakened by its losses, and by the guard of a home soil under attack.
    """
    war, honour, principal = rivalry.war, state.rules.honour, rivalry.rivals[side]
    strength = state.nothing
    for actor in np.flatnonzero(np.count_nonzero(war.level[side], axis=1)).tolist():
        level = war.level[side, actor]
        power = state.capability[actor] * firepower(state, actor)
        arriving = (
            state.reach[actor, principal]
            if actor != principal
            else _principal_share(state, rivalry, side)
        )
        part = ((level == OPEN_WAR) + (level == TROOPS) * honour.troops_strength) * arriving
        if any_world(supplies := level == MATERIEL):
            in_use = arms_in_use(state, actor, principal, rivalry.code)
            part = part + supplies * honour.materiel_strength * in_use
        strength = strength + power * part
    return strength


def opposing_nuclear(state: State, rivalry: Rivalry, side: int) -> Vector:
    """Return 1 where a nuclear power is at open war against `side`, (world,)."""
    armed = state.nuclear * rivalry.war.at_open_war(1 - side)
    return armed.max(axis=0)


def _principal_share(state: State, rivalry: Rivalry, side: int) -> Vector:
    """Return the share of a principal's strength that is left and present in the theatre."""
    attacker, defender = rivalry.rivals[side], rivalry.rivals[1 - side]
    war = rivalry.war
    guard = state.rules.war.guard * war.home_soil
    abroad = state.reach[attacker, defender] * (1 - guard)
    left: Vector = 1 - war.strength_lost[side]
    return left * np.where(war.attacks(side), abroad, 1.0)
