"""The landscape of two camps: stable alignments and the sizes of their basins.

A configuration divides the actors into two camps. Actor i is frustrated by actors it is drawn to in
the other camp and by actors it is repelled by in its own; energy is the sum,

    frustration of i   F_i = sum over j of size_j * propensity_ij * apart_ij
    energy             E   = sum over i of size_i * F_i     (so every pair counts twice)

where `apart` is 1 between the camps and 0 within a camp. Actors change sides one at a time, always
the actor whose change lowers energy most. They stop in a local minimum, where no further change
lowers energy. With symmetric propensities, no actor in a minimum gains by changing sides.

Ties: of two configurations of equal energy, the one with the lower number counts as lower. Descent
therefore never cycles, and a level valley usually counts as one minimum. It always does if the only
tie comes from an actor that is drawn to no other and can stand on either side.

Source: Axelrod and Bennett (1993), British Journal of Political Science 23(2): 211-233.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.model.arrays import Counts, Mask, Vector, total

_ENERGY_TOLERANCE = 1e-10
"""Energies closer to each other than this share of the highest are equal."""

_NEGLIGIBLE = 1e-200
"""Pulls with a smaller sum count as zero, since numbers this small lose precision."""


@dataclass(frozen=True)
class Landscape:
    """The configurations of some actors in every world.

    Configuration number c has actor k (not 0) in the other camp than actor 0 where bit k - 1 of c
    is set; c = 0 has all in one camp. The mirror image of a configuration is the same one.

    Attributes:
        energy: of each configuration, (configuration, world).
        descends_to: the end of steepest descent from each configuration, (configuration, world).
    """

    energy: Vector
    descends_to: Counts

    @cached_property
    def stable(self) -> Mask:
        """Which configurations are local minima, (configuration, world)."""
        return self.descends_to == np.arange(len(self.descends_to))[:, None]

    @cached_property
    def basin_size(self) -> Counts:
        """How many configurations descend to each, itself included, (configuration, world)."""
        count, worlds = self.descends_to.shape
        reached = (self.descends_to * worlds + np.arange(worlds)).ravel()
        return np.bincount(reached, minlength=count * worlds).reshape(count, worlds)

    @cached_property
    def deepest(self) -> Counts:
        """The configuration of lowest energy, (world,)."""
        return self.energy.argmin(axis=0)

    @property
    def deepest_basin_share(self) -> Vector:
        """The share of all configurations from which the deepest is reached, (world,)."""
        reached: Vector = self.basin_size[self.deepest, np.arange(len(self.deepest))] / len(
            self.energy
        )
        return reached


def build_landscape(propensity: Vector, size: Vector) -> Landscape:
    """Return the landscape of actors with these propensities and sizes.

    Args:
        propensity: (actor, other, world), above 0 where the first is drawn to the second.
        size: (actor, world).
    """
    energy = energies(propensity, size)
    return Landscape(energy, _follow_descent(_lowest_neighbour(energy)))


def energies(propensity: Vector, size: Vector) -> Vector:
    """Return the energy of every configuration, (configuration, world)."""
    pull = size[:, None] * size[None] * propensity
    energy = np.zeros((1, size.shape[1]))
    for actor in range(1, len(size)):
        towards = pull[actor, :actor] + pull[:actor, actor]
        apart_from = _in_other_camp(towards)
        with_first, against_first = apart_from, total(towards) - apart_from
        energy = np.concatenate([energy + with_first, energy + against_first])
    return _round_ties(energy)


def camp_strain(propensity: Vector, size: Vector, side: Mask) -> Vector:
    """Return the share, (world,), of all pulls between actors that their camps go against.

    0 where two camps satisfy every propensity, and where there is no pull at all.

    Args:
        propensity: as for `build_landscape`.
        size: as for `build_landscape`.
        side: the camp of each actor, (actor, world), or (actor, 1) for all worlds.
    """
    pull = size[:, None] * size[None] * propensity
    pull[np.diag_indices(len(size))] = 0
    apart = side[:, None] != side[None]
    against = np.where(apart, pull, -pull).clip(min=0)
    strained, every = (total(part.reshape(-1, size.shape[1])) for part in (against, np.abs(pull)))
    return np.divide(strained, every, out=np.zeros_like(every), where=every > _NEGLIGIBLE)


def camp_assignments(actors: int) -> Mask:
    """Return who is in the other camp than actor 0, (configuration, actor)."""
    numbers = np.arange(_configuration_count(actors))
    return (numbers[:, None] << 1 >> np.arange(actors) & 1).astype(bool)


def _configuration_count(actors: int) -> int:
    return 1 << max(actors - 1, 0)


def _in_other_camp(towards: Vector) -> Vector:
    """Return the sum over the actors of the other camp than actor 0, (configuration, world)."""
    other_camp = np.zeros((1, towards.shape[1]))
    for weight in towards[1:]:
        other_camp = np.concatenate([other_camp, other_camp + weight])
    return other_camp


def _round_ties(energy: Vector) -> Vector:
    """Return energies rounded so that ties are exact, whatever the order of summation."""
    grain = _grain(energy)
    return np.rint(energy / grain) * grain


def _whole_energies(energy: Vector) -> Counts:
    """Return rounded energies in whole numbers of the grain to which they were rounded."""
    return np.rint(energy / _grain(energy)).astype(np.int64)


def _grain(energy: Vector) -> Vector:
    """Return the difference above which energies are not equal, (world,)."""
    most = np.abs(energy).max(axis=0)
    return np.where(most > _NEGLIGIBLE, _ENERGY_TOLERANCE * most, 1.0)


def _lowest_neighbour(energy: Vector) -> Counts:
    """Return the lowest of each configuration and its neighbours, (configuration, world)."""
    numbers, bits = np.arange(len(energy)), len(energy).bit_length()
    ranks = (_whole_energies(energy) << bits) + numbers[:, None]  # of equal energies by number
    lowest = ranks.copy()
    for changed in _flips(len(energy)):
        np.minimum(lowest, ranks[numbers ^ changed], out=lowest)
    return lowest & ((1 << bits) - 1)


def _flips(configurations: int) -> Iterator[int]:
    """Yield the bits that change with each actor's camp; with actor 0's, all of them."""
    yield configurations - 1
    yield from (1 << bit for bit in range(configurations.bit_length() - 1))


def _follow_descent(descends_to: Counts) -> Counts:
    """Return the end of the descent from each configuration; each round doubles the steps."""
    while True:
        further = np.take_along_axis(descends_to, descends_to, axis=0)
        if np.array_equal(further, descends_to):
            return further
        descends_to = further
