"""Worlds as they stand at one moment, for measures to read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.model.arrays import Counts, Mask, Vector
from sim.model.entities.pacts import KINDS, class_of
from sim.model.entities.treaty import Treaty
from sim.model.measures.propensity import propensities
from sim.model.state import State
from sim.model.theory.landscape import build_landscape, camp_assignments, camp_strain

if TYPE_CHECKING:
    from sim.model.context import PhaseContext


_ENERGIES_AT_ONCE = 1 << 18
"""Energies of alignments that are worked out together; more would not fit into a cache."""


class Camps(NamedTuple):
    """The two camps of lowest energy in every world, and the landscape they lie in.

    Attributes:
        side: side each actor stands on, (actor, world).
        stable_alignments: number of stable alignments, (world,).
        basin_share: share of all alignments from which these camps are reached, (world,).
        strain: share of all pulls that these camps go against, (world,).
    """

    side: Mask
    stable_alignments: Counts
    basin_share: Vector
    strain: Vector

    def unite(self, parties: tuple[int, ...]) -> Mask:
        """Return where all parties stand in one camp, (world,)."""
        sides = self.side[list(parties)]
        together: Mask = (sides == sides[0]).all(axis=0)
        return together

    def unite_members(self, treaty: Treaty, month: int) -> Mask:
        """Return where all that are parties to a treaty in `month` stand in one camp, (world,)."""
        if not treaty.memberships:
            return self.unite(treaty.founders)
        members = treaty.membership_table(month)
        sides = self.side[list(treaty.parties)]
        one, other = (sides & members).any(axis=0), (~sides & members).any(axis=0)
        together: Mask = np.logical_not(one & other)
        return together


class Snapshot:
    """The context of a block of worlds at one moment; what is costly is computed once.

    Make a new one after each month.
    """

    def __init__(self, context: PhaseContext) -> None:
        self.context = context

    @property
    def state(self) -> State:
        """The state of the worlds."""
        return self.context.state

    @cached_property
    def camps(self) -> Camps:
        """The two camps of every world."""
        return find_camps(self.state)

    def concluded(self, kind: str) -> Mask:
        """Return where a pact of a kind that the scenario does not name was concluded, (world,)."""
        state = self.state
        signed = [
            treaty.signed <= state.month
            for code, treaty in state.treaties.items()
            if code not in state.scenario.treaties and KINDS.get(class_of(treaty)) == kind
        ]
        concluded: Mask = np.logical_or.reduce([state.no_world, *signed])
        return concluded

    def left(self, treaty: str) -> Mask:
        """Return where a party has given notice of a treaty, (world,)."""
        return self.state.treaties[treaty].was_left

    @property
    def any_left(self) -> Mask:
        """Where a party has given notice of any pact of aid, (world,)."""
        treaties = self.state.treaties.values()
        left = [treaty.was_left for treaty in treaties if KINDS.get(class_of(treaty)) == "defence"]
        any_left: Mask = np.logical_or.reduce([self.state.no_world, *left])
        return any_left

    @property
    def any_new_supporters(self) -> Mask:
        """Where an autocrat has come to rest on new supporters, (world,)."""
        changed: Mask = np.any(self.state.governments.changed > -np.inf, axis=0)
        return changed

    @property
    def any_new_war(self) -> Mask:
        """Where a war broke out on any rivalry, (world,)."""
        wars = [rivalry.war.broke_out for rivalry in self.state.rivalries.values()]
        any_war: Mask = np.logical_or.reduce([self.state.no_world, *wars])
        return any_war

    @property
    def any_spread(self) -> Mask:
        """Where another actor entered a new war, (world,)."""
        wars = [rivalry.war.spread for rivalry in self.state.rivalries.values()]
        any_war: Mask = np.logical_or.reduce([self.state.no_world, *wars])
        return any_war

    @property
    def any_intervention(self) -> Mask:
        """Where an actor entered a war between others, (world,)."""
        entered: Mask = np.logical_or.reduce(self.context.entered)
        return entered

    @property
    def disputes(self) -> Counts:
        """Disputes begun on all rivalries, (world,)."""
        disputes = [rivalry.disputes for rivalry in self.state.rivalries.values()]
        return sum(disputes, start=np.zeros(self.state.count, dtype=np.int64))

    def in_force(self, treaty: str) -> Mask:
        """Return where a treaty is in force this month, (world,); nowhere on the opening day."""
        binding = self.state.binding
        return binding[treaty] == 1 if binding else self.state.no_world.copy()


def find_camps(state: State) -> Camps:
    """Return the camps of lowest energy, as things stand now."""
    propensity, size = propensities(state), state.capability
    at_once = max(1, _ENERGIES_AT_ONCE >> len(size))
    parts = [slice(first, first + at_once) for first in range(0, state.count, at_once)]
    camps = [_lowest_camps(propensity[..., part], size[..., part]) for part in parts]
    return Camps(*(np.concatenate(each, axis=-1) for each in zip(*camps, strict=True)))


def _lowest_camps(propensity: Vector, size: Vector) -> Camps:
    """Return the camps of some worlds, by the propensities and sizes of `build_landscape`."""
    landscape = build_landscape(propensity, size)
    side = camp_assignments(len(size))[landscape.deepest].T
    return Camps(
        side=side,
        stable_alignments=landscape.stable.sum(axis=0),
        basin_share=landscape.deepest_basin_share,
        strain=camp_strain(propensity, size, side),
    )
