"""Propensity of two actors to be in one camp, from which the landscape is built.

    propensity = ( affinity * (2 affinity_ij - 1) + common_adversary * adversary_ij
                   - rivalry * quarrel_ij - war * fight_ij + bond_ij ) / (sum of all weights)

The weights are `rules.alignment`. Like the factors of Axelrod and Bennett (1993) the terms are
added; dividing by the sum of the weights keeps the result within -1 and 1 and changes no landscape.
An actor that is tied to nobody changes the propensity of no others.
"""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np

from sim.model.arrays import Vector, any_world
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.treaty import Treaty
from sim.model.entities.war import OPEN_WAR
from sim.model.plugged.alignment import propensities_by_theory
from sim.model.state import State
from sim.scenario.schema.treaties import Obligation

_WEIGHT_BY_OBLIGATION = {
    Obligation.DEFENCE: "aid",
    Obligation.OFFENCE: "aid",
    Obligation.CONSULTATION: "consultation",
    Obligation.NEUTRALITY: "standing_aside",
    Obligation.NONAGGRESSION: "standing_aside",
}


def propensities(state: State) -> Vector:
    """Return the propensity of every pair to be in one camp, (actor, other, world), -1 to 1.

    It is symmetric, and 0 for an actor and itself. It is that of the state's month; on the opening
    day, treaties signed on that day count.
    """
    rules, quarrel, fight = state.rules.alignment, rivalry_stakes(state), war_opposition(state)
    if "alignment" in state.theories:
        adversaries = common_adversaries(np.maximum(quarrel, fight))
        ties = {"common_adversary": adversaries, "quarrel": quarrel, "fight": fight}
        return propensities_by_theory(state, ties | _bonds(state))
    pull = (
        rules.affinity * (2 * state.memory.affinity - 1)
        + rules.common_adversary * common_adversaries(np.maximum(quarrel, fight))
        - rules.rivalry * quarrel
        - rules.war * fight
        + _treaty_weights(state)
    )
    pull[np.diag_indices(len(state.codes))] = 0
    largest_pull = (
        rules.affinity
        + rules.common_adversary
        + rules.rivalry
        + rules.war
        + _largest_treaty_weight(state)
    )
    return np.divide(pull, largest_pull, out=np.zeros_like(pull), where=largest_pull > 0)


def rivalry_stakes(state: State) -> Vector:
    """Return the mean stake of two actors in their gravest rivalry, (actor, other, world)."""
    quarrel = _zeros(state)
    for rivalry in state.rivalries.values():
        first, second = rivalry.rivals
        stake = (rivalry.stake[0] + rivalry.stake[1]) / 2
        gravest = np.maximum(quarrel[first, second], stake)
        quarrel[first, second] = quarrel[second, first] = gravest
    return quarrel


def war_opposition(state: State) -> Vector:
    """Return how far two actors fight each other in a war, (actor, other, world).

    1 where both are at open war on opposite sides; lower levels of aid count in proportion.
    """
    fight = _zeros(state)
    for rivalry in state.rivalries.values():
        if any_world(rivalry.war.on):
            np.maximum(fight, _opposed_levels(rivalry), out=fight)
    return fight


def common_adversaries(hostile: Vector) -> Vector:
    """Return the degree to which two actors share an adversary, (actor, other, world).

    `hostile` is how hostile two are, 0 to 1. Each third actor counts as far as it is the adversary
    of both; several combine as independent probabilities do.
    """
    unshared = np.ones_like(hostile)
    for third in range(len(hostile)):
        unshared *= 1 - hostile[:, third, None] * hostile[None, :, third]
    return 1 - unshared


def _bonds(state: State) -> dict[str, Vector]:
    """Return how far treaties of each kind bind two actors, (actor, other, world), by its name."""
    bonds = {kind: _zeros(state) for kind in sorted(set(_WEIGHT_BY_OBLIGATION.values()))}
    for treaty in state.treaties.values():
        kinds = {_WEIGHT_BY_OBLIGATION[each] for each in treaty.spec.obligations}
        binding = _binding_now(state, treaty)
        for pair in permutations(treaty.parties, 2):
            bound = _between(state, treaty, binding, *pair)
            for kind in kinds:
                bonds[kind][pair] = np.maximum(bonds[kind][pair], bound)
    return bonds


def _treaty_weights(state: State) -> Vector:
    """Return the weight of the strongest treaty that binds two actors, (actor, other, world)."""
    bond = _zeros(state)
    for treaty in state.treaties.values():
        weight, binding = _alignment_weight(state, treaty), _binding_now(state, treaty)
        for first, second in combinations(treaty.parties, 2):
            bound = weight * _between(state, treaty, binding, first, second)
            strongest = np.maximum(bond[first, second], bound)
            bond[first, second] = bond[second, first] = strongest
    return bond


def binding_between(state: State, treaty: Treaty, *actors: int) -> Vector:
    """Return how far a treaty binds some of its parties now, (world,).

    On the opening day it is as in the first month.
    """
    return _between(state, treaty, _binding_now(state, treaty), *actors)


def _binding_now(state: State, treaty: Treaty) -> Vector:
    """Return how far a treaty binds its parties now, (world,), whichever they are."""
    return treaty.binding(_month(state), state.rules.honour.signed_only)


def _between(state: State, treaty: Treaty, bound: Vector, *actors: int) -> Vector:
    """Return how far that binds some actors, (world,): not where one of them is no party."""
    for actor in actors:
        members = treaty.members(actor, _month(state))
        bound = bound if members is None else np.where(members, bound, 0.0)
    return bound


def _month(state: State) -> int:
    return max(state.month, 1)


def _opposed_levels(rivalry: Rivalry) -> Vector:
    first, second = rivalry.war.level / OPEN_WAR
    opposed = first[:, None] * second[None]
    return np.maximum(opposed, opposed.swapaxes(0, 1))


def _alignment_weight(state: State, treaty: Treaty) -> Vector:
    kinds = {_WEIGHT_BY_OBLIGATION[obligation] for obligation in treaty.spec.obligations}
    weights = [getattr(state.rules.alignment, kind) for kind in sorted(kinds)]
    return np.max([np.zeros(state.count), *weights], axis=0)


def _largest_treaty_weight(state: State) -> Vector:
    rules = state.rules.alignment
    return np.stack([rules.aid, rules.consultation, rules.standing_aside]).max(axis=0)


def _zeros(state: State) -> Vector:
    return np.zeros((len(state.codes), len(state.codes), state.count))
