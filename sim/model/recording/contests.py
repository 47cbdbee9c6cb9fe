"""What is recorded of a contest that a rival expects: the numbers that a difference is split by."""

from __future__ import annotations

from dataclasses import dataclass

from sim.model.arrays import Vector
from sim.model.foresight.coalition import ExpectedContest, ExpectedSide
from sim.model.places import Index


@dataclass(frozen=True)
class ContestSide:
    """What one side is expected to bring to a contest.

    Rows are worlds, or cases: one world each.

    Attributes:
        own_strength: the rival's own strength, in shares of the world's capability, (row,).
        own_nuclear: 1 where the rival itself holds nuclear weapons, (row,).
        aid: of each ally its part of the strength, (ally, row).
        armed: 1 where the ally is nuclear, (ally, row).
        war: chance that the ally goes to open war, (ally, row).
    """

    own_strength: Vector
    own_nuclear: Vector
    aid: Vector
    armed: Vector
    war: Vector

    @classmethod
    def of(cls, side: ExpectedSide) -> ContestSide:
        """Return what is recorded of a side as it is expected."""
        return cls(side.own_strength, side.own_nuclear, side.aid, side.armed, side.mixed[2])

    @classmethod
    def of_cases(cls, side: ExpectedSide, cases: slice, allies: Index) -> ContestSide:
        """Return some cases, all of one rival with these allies; 0 where one of them is none.

        Args:
            side: the side in all cases.
            cases: the cases.
            allies: rows of its allies among all foreseen, (ally,).
        """
        called = side.rows[:, None, cases] == allies[:, None]  # (place, ally, case)

        def by_ally(table: Vector) -> Vector:
            found: Vector = (called * table[:, None, cases]).sum(axis=0)
            return found

        tables = (by_ally(table) for table in (side.aid, side.armed, side.mixed[2]))
        return cls(side.own_strength[cases], side.own_nuclear[cases], *tables)

    def at(self, rows: Index) -> ContestSide:
        """Return some rows, in their order."""
        return ContestSide(
            self.own_strength[rows],
            self.own_nuclear[rows],
            self.aid[:, rows],
            self.armed[:, rows],
            self.war[:, rows],
        )


@dataclass(frozen=True)
class Contest:
    """A contest in which one rival attacks the other, as one of them expects it."""

    attacker: ContestSide
    defender: ContestSide

    @classmethod
    def of(cls, contest: ExpectedContest) -> Contest:
        """Return what is recorded of a contest as it is expected."""
        return cls(ContestSide.of(contest.attacker), ContestSide.of(contest.defender))

    @classmethod
    def of_cases(
        cls, contest: ExpectedContest, cases: slice, allies: tuple[Index, Index]
    ) -> Contest:
        """Return some cases, all of one attacker and one defender with these allies."""
        return cls(
            ContestSide.of_cases(contest.attacker, cases, allies[0]),
            ContestSide.of_cases(contest.defender, cases, allies[1]),
        )

    def at(self, rows: Index) -> Contest:
        """Return some rows, in their order."""
        return Contest(self.attacker.at(rows), self.defender.at(rows))
