"""How strong the sides of a war under way are."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector, any_world
from sim.model.decisions.modifiers import firepower
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import MATERIEL, OPEN_WAR, TROOPS
from sim.model.state import State


def war_strength(state: State, rivalry: Rivalry, side: int) -> Vector:
    """Return the strength of a side in the theatre, (world,), in shares of the world's.

    Those at open war count as far as they reach the principal they fight for, the attacking
    principal as far as it reaches the defender; materiel loses nothing on the way.
    """
    war, honour, principal = rivalry.war, state.rules.honour, rivalry.rivals[side]
    strength = np.zeros(state.count)
    for actor in range(len(state.codes)):
        level = war.level[side, actor]
        if not any_world(level):
            continue
        power = state.capability[actor] * firepower(state, actor)
        arriving = (
            state.reach[actor, principal]
            if actor != principal
            else _principal_reach(state, rivalry, side)
        )
        part = (level == OPEN_WAR) + (level == TROOPS) * honour.troops_strength
        materiel = (level == MATERIEL) * honour.materiel_strength
        strength = strength + power * (part * arriving + materiel)
    return strength


def opposing_nuclear(state: State, rivalry: Rivalry, side: int) -> Vector:
    """Return 1 where a nuclear power is at open war against `side`, (world,)."""
    armed = state.nuclear * rivalry.war.at_open_war(1 - side)
    return armed.max(axis=0)


def _principal_reach(state: State, rivalry: Rivalry, side: int) -> Vector:
    attacker, defender = rivalry.rivals[side], rivalry.rivals[1 - side]
    return np.where(rivalry.war.attacks(side), state.reach[attacker, defender], 1.0)
