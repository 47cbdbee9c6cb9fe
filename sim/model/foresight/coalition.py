"""A contest of two rivals and their allies as an observer expects it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.model.arrays import Vector, total
from sim.model.places import Cases, Index, Places, in_cases
from sim.model.state import State
from sim.model.theory.anchor import AidTable
from sim.model.theory.contest import win_chance


@dataclass(frozen=True)
class ExpectedSide:
    """One side of a contest as it is expected; allies in the order in which they are foreseen.

    Attributes:
        rows: rows of its allies among all foreseen, (ally,), or in each case, (ally, case).
        cells: the cells of its allies, (ally, place).
        own_strength: the rival's own strength, in shares of the world's capability, (place,).
        own_nuclear: 1 where the rival itself holds nuclear weapons, (place,).
        aid: of each ally its part of the strength, (ally, place).
        armed: 1 where the ally is nuclear, (ally, place).
        mixed: chances of its aid, not knowing who begins the war, (level, ally, place).
        chances: the same if this side begins, and if the other does, (level, 2, ally, place).
    """

    rows: Index
    cells: Index
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
class ContestAllies:
    """The allies of both sides of a contest.

    Attributes:
        rows: their rows among all foreseen, the attacker's first, (ally,) or (ally, case).
        cells: their cells, (ally, place).
        split: how many are the attacker's.
    """

    rows: Index
    cells: Index
    split: int

    def part(self, cases: Cases) -> ContestAllies:
        """Return the same in some of the cases."""
        rows, cells = in_cases(self.rows, cases), in_cases(self.cells, cases)
        return ContestAllies(rows, cells, self.split)

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
        attacked = chances[:, 1]
        mixed: AidTable = chances[:, 0] - attacked
        mixed[:, : self.split] *= begins
        mixed[:, self.split :] *= 1 - begins
        mixed += attacked
        return mixed


@dataclass(frozen=True)
class ContestFacts:
    """What every observer knows of a contest in which one rival attacks the other.

    Attributes:
        allies: the allies of both.
        own_strength: of attacker and defender, in shares of the world's capability, (2, place).
        own_nuclear: 1 where attacker or defender holds nuclear weapons, (2, place).
        armed: 1 where an ally is nuclear, (ally, place).
    """

    allies: ContestAllies
    own_strength: Vector
    own_nuclear: Vector
    armed: Vector

    def part(self, cases: Cases) -> ContestFacts:
        """Return the same in some of the cases."""
        return ContestFacts(
            self.allies.part(cases),
            in_cases(self.own_strength, cases),
            in_cases(self.own_nuclear, cases),
            in_cases(self.armed, cases),
        )


@dataclass(frozen=True)
class ForeseenAid:
    """The chances of aid that an observer expects of allies, (level, 2, ally, place)."""

    chances: AidTable

    def part(self, cases: Cases) -> ForeseenAid:
        """Return the same in some of the cases."""
        return ForeseenAid(in_cases(self.chances, cases))


@dataclass(frozen=True)
class ExpectedContest:
    """A contest in which one rival attacks the other, as an observer expects it.

    Attributes:
        facts: what every observer knows of it.
        aid: of each ally its part of the strength, (ally, place).
        mixed: chances of its aid, not knowing who begins the war, (level, ally, place).
        chances: the same if its side begins, and if the other does, (level, 2, ally, place).
    """

    facts: ContestFacts
    aid: Vector
    mixed: AidTable
    chances: AidTable

    def part(self, cases: Cases) -> ExpectedContest:
        """Return the same contest in some of the cases."""
        tables = self.aid, self.mixed, self.chances
        return ExpectedContest(self.facts.part(cases), *(in_cases(each, cases) for each in tables))

    @cached_property
    def attacker(self) -> ExpectedSide:
        """The side that attacks."""
        return self._side(0, slice(self.facts.allies.split))

    @cached_property
    def defender(self) -> ExpectedSide:
        """The side that is attacked."""
        return self._side(1, slice(self.facts.allies.split, None))

    def _side(self, which: int, allies: slice) -> ExpectedSide:
        facts = self.facts
        return ExpectedSide(
            rows=facts.allies.rows[allies],
            cells=facts.allies.cells[allies],
            own_strength=facts.own_strength[which],
            own_nuclear=facts.own_nuclear[which],
            aid=self.aid[allies],
            armed=facts.armed[allies],
            mixed=self.mixed[:, allies],
            chances=self.chances[:, :, allies],
        )

    @cached_property
    def attacker_win_chance(self) -> Vector:
        """Chance, (place,), that the attacker prevails."""
        return win_chance(self.attacker.strength, self.defender.strength)


def ally_contributions(state: State, ally: Index, partner: Index, at: Places) -> Vector:
    """Return what allies add to their partners, in shares of the world's capability, by level.

    Distance reduces all but materiel. Troops in place are in the fight already: with them an ally
    adds all or nothing.

    Args:
        state: the state.
        ally: rows of the allies among the actors, (ally,), or of the ally of each case, (case,).
        partner: rows of their partners likewise.
        at: the places.

    Returns:
        What materiel, troops beyond it and open war beyond these add, (level, ally, place) or
        (level, case).
    """
    honour, power = state.rules.honour.at(at), at.read(state.capability, ally)
    war = power * at.read_pair(state.reach, ally, partner)
    materiel, troops = power * honour.materiel_strength, war * honour.troops_strength
    by_level = np.array([materiel, troops - materiel, war - troops])
    in_place = state.stationed[ally, partner] > 0
    by_level[:2, in_place], by_level[2, in_place] = 0.0, war[in_place]
    return by_level
