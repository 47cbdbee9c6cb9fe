"""A contest of two rivals and their allies as an observer expects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.places import Index
from sim.model.state import State
from sim.model.theory.anchor import AidTable
from sim.model.theory.contest import win_chance


@dataclass(frozen=True)
class ExpectedSide:
    """One side of a contest as it is expected; allies in the order in which they are foreseen.

    Attributes:
        rows: rows of its allies among all foreseen, (ally,), or in each case, (ally, case).
        own_strength: the rival's own strength, in shares of the world's capability, (place,).
        own_nuclear: 1 where the rival itself holds nuclear weapons, (place,).
        aid: of each ally its part of the strength, (ally, place).
        armed: 1 where the ally is nuclear, (ally, place).
        mixed: chances of its aid, not knowing who begins the war, (level, ally, place).
        chances: the same if this side begins, and if the other does, (level, 2, ally, place).
    """

    rows: Index
    own_strength: Vector
    own_nuclear: Vector
    aid: Vector
    armed: Vector
    mixed: AidTable
    chances: AidTable

    @cached_property
    def strength(self) -> Vector:
        """Strength with the expected aid, in shares of the world's capability, (place,)."""
        return total([self.own_strength, *self.aid])

    @cached_property
    def allies(self) -> Vector:
        """Expected number of allies at open war, (place,)."""
        return total([0 * self.own_strength, *self.mixed[2]])

    @cached_property
    def nuclear(self) -> Vector:
        """Chance that a nuclear power is on the side, (place,)."""
        without = 1 - self.own_nuclear
        for war, armed in zip(self.mixed[2], self.armed, strict=True):
            without = without * (1 - war * armed)
        return 1 - without


@dataclass(frozen=True)
class ExpectedContest:
    """A contest in which one rival attacks the other, as an observer expects it."""

    attacker: ExpectedSide
    defender: ExpectedSide

    @cached_property
    def attacker_win_chance(self) -> Vector:
        """Chance, (place,), that the attacker prevails."""
        return win_chance(self.attacker.strength, self.defender.strength)


@dataclass(frozen=True)
class ContestAllies:
    """The allies of both sides of a contest.

    Attributes:
        rows: their rows among all foreseen, the attacker's first, (ally,) or (ally, case).
        split: how many are the attacker's.
    """

    rows: Index
    split: int

    @classmethod
    def of_sides(cls, attackers: Index, defenders: Index) -> ContestAllies:
        """Return the allies of both sides."""
        return cls(np.concatenate([attackers, defenders]), len(attackers))

    def swap(self, table: Vector) -> Vector:
        """Return a table, (..., ally, place), of the same allies with the other side's first."""
        first = len(self.rows) - self.split  # how many come first in the table
        return np.concatenate([table[..., first:, :], table[..., :first, :]], axis=-2)

    def mix(self, chances: AidTable, begins: Vector) -> AidTable:
        """Return the chances of aid, (level, ally, place), if who begins the war is not sure.

        Args:
            chances: if the ally's partner begins it, and if the other side does,
                (level, 2, ally, place).
            begins: chance that the attacker begins it, (place,).
        """
        partner_begins = np.empty((len(self.rows), len(begins)))
        partner_begins[: self.split], partner_begins[self.split :] = begins, 1 - begins
        begun, attacked = chances[:, 0], chances[:, 1]
        mixed: AidTable = attacked + partner_begins * (begun - attacked)
        return mixed


def build_contest(
    allies: ContestAllies,
    own: Sequence[Vector],
    nuclear: Sequence[Vector],
    aid: Vector,
    armed: Vector,
    mixed: AidTable,
    chances: AidTable,
) -> ExpectedContest:
    """Return a contest; `own` strength and `nuclear` of attacker and defender, the rest by ally."""
    attacker, defender = (
        ExpectedSide(
            rows=allies.rows[part],
            own_strength=own[place],
            own_nuclear=nuclear[place],
            aid=aid[part],
            armed=armed[part],
            mixed=mixed[:, part],
            chances=chances[:, :, part],
        )
        for place, part in enumerate((slice(allies.split), slice(allies.split, None)))
    )
    return ExpectedContest(attacker, defender)


def ally_contributions(state: State, ally: Index, partner: Index) -> Vector:
    """Return what allies add to their partners, in shares of the world's capability, by level.

    Distance reduces all but materiel. Troops in place are in the fight already: with them an ally
    adds all or nothing.

    Args:
        state: the state.
        ally: rows of the allies among the actors, (row,).
        partner: rows of their partners, (row,).

    Returns:
        What materiel, troops beyond it and open war beyond these add, (level, row, world).
    """
    honour, power = state.rules.honour, state.capability[ally]
    materiel, war = power * honour.materiel_strength, power * state.reach[ally, partner]
    troops = war * honour.troops_strength
    by_level = np.array([materiel, troops - materiel, war - troops])
    in_place = state.stationed[ally, partner] > 0
    by_level[:2, in_place], by_level[2, in_place] = 0.0, war[in_place]
    return by_level
