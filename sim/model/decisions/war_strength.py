"""The strength of the sides of an ongoing war."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector, as_table, rows_in_any_world, total
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
    war, honour = rivalry.war, state.rules.honour
    present = rows_in_any_world(war.level[side] > 0)
    level = war.level[side, present]
    fighting = (level == OPEN_WAR) + (level == TROOPS) * honour.troops_strength
    part = fighting * _share_present(state, rivalry, side, present)
    supplies = level == MATERIEL
    for place in rows_in_any_world(supplies):
        in_use = arms_in_use(state, present[place], rivalry.rivals[side], rivalry.code)
        part[place] += supplies[place] * honour.materiel_strength * in_use
    power = state.capability[present] * as_table(
        [firepower(state, actor) for actor in present], state.count
    )
    return total([state.nothing, *(power * part)])


def opposing_nuclear(state: State, rivalry: Rivalry, side: int) -> Vector:
    """Return 1 where a nuclear power is at open war against `side`, (world,)."""
    armed = state.nuclear * rivalry.war.at_open_war(1 - side)
    return armed.max(axis=0)


def _share_present(state: State, rivalry: Rivalry, side: int, actors: list[int]) -> Vector:
    """Return the share of the strength of some actors that is in the theatre, (actor, world)."""
    principal = rivalry.rivals[side]
    arriving: Vector = state.reach[actors, principal]
    if principal in actors:
        arriving[actors.index(principal)] = _principal_share(state, rivalry, side)
    return arriving


def _principal_share(state: State, rivalry: Rivalry, side: int) -> Vector:
    """Return the share of a principal's strength that is left and present in the theatre."""
    attacker, defender = rivalry.rivals[side], rivalry.rivals[1 - side]
    war = rivalry.war
    guard = state.rules.war.guard * war.home_soil
    abroad = state.reach[attacker, defender] * (1 - guard)
    left: Vector = 1 - war.strength_lost[side]
    return left * np.where(war.attacks(side), abroad, 1.0)
