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

    def at(self, rows: Index | slice, allies: int | None = None) -> ContestSide:
        """Return some rows, in their order; of the first so many allies, by default of all."""
        return ContestSide(
            self.own_strength[rows],
            self.own_nuclear[rows],
            self.aid[:allies, rows],
            self.armed[:allies, rows],
            self.war[:allies, rows],
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

    def at(
        self, rows: Index | slice, allies: tuple[int | None, int | None] = (None, None)
    ) -> Contest:
        """Return some rows, in their order; of the first so many allies of each side, or of all."""
        return Contest(self.attacker.at(rows, allies[0]), self.defender.at(rows, allies[1]))
