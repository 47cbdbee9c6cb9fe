"""The record of treaties of two states: who signed, how many could have, and how treaties ended.

How it was made, and what a line of each table is, stands beside the tables, in `scenarios/record`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sim.validation.studies.treaties.results import (
    BrokenInDecade,
    CounterRatio,
    CounterWindow,
    ExpectedFigure,
    PlantedAct,
    RecordedRanking,
)
from sim.validation.studies.treaties.rows import (
    AtRisk,
    Circumstance,
    EndedTreaties,
    LaterPact,
    OwnTreaty,
    OwnYears,
    SignedPact,
)

CLASSES = ("defence", "consultation", "nonaggression")
"""What a treaty promises, the deepest first."""
_BY_PLACE = ("near_major", "near", "major", "other", "rivals")
_BY_GROUND = ("none", "lesser_pact", "common_enemy", "both", "other", "rivals")
CELLS = {"defence": _BY_PLACE, "consultation": _BY_GROUND, "nonaggression": _BY_PLACE}
"""How two states stand to each other, by class; rivals are a cell of their own."""
Cell = tuple[str, str]
"""A class and one of its cells."""
Years = tuple[int, int]
"""The first and the last year of a period."""
FIRST_YEAR = 1956
"""The first year whose rates the rules have; from 1946 to 1955 the blocs were founded."""
LAST_YEAR = 2016


@dataclass(frozen=True, kw_only=True)
class PactRecord:
    """All tables of the record."""

    signed: tuple[SignedPact, ...]
    at_risk: tuple[AtRisk, ...]
    ended: tuple[EndedTreaties, ...]
    breaches: tuple[BrokenInDecade, ...]
    circumstances: tuple[Circumstance, ...]
    since_2017: tuple[LaterPact, ...]
    eight: tuple[OwnYears, ...]
    eight_ended: tuple[OwnTreaty, ...]
    ranking: tuple[RecordedRanking, ...]
    counter: tuple[CounterWindow, ...]
    counter_ratio: tuple[CounterRatio, ...]
    expected: tuple[ExpectedFigure, ...]
    planted: tuple[PlantedAct, ...]

    @cached_property
    def old_pacts(self) -> tuple[SignedPact, ...]:
        """New treaties of two states of more than three years: those that rates are made of."""
        return tuple(pact for pact in self.signed if not pact.young)

    def count_signed(self, cell: Cell, years: Years) -> int:
        """Return how many treaties of a cell were signed in a period."""
        return sum(
            (pact.pact_class, pact.cell) == cell and years[0] <= pact.year <= years[1]
            for pact in self.old_pacts
        )

    def pair_years(self, cell: Cell, years: Years) -> float:
        """Return the pair-years of a cell in a period.

        Where the period is a part of one that was counted, it has its share by years.
        """
        return sum(
            row.pair_years * overlap(years, (row.lo, row.hi)) / (row.hi - row.lo + 1)
            for row in self.at_risk
            if (row.pact_class, row.cell) == cell
        )

    def eras(self, pact_class: str) -> tuple[Years, ...]:
        """Return the periods in which the pairs of a class were counted, from 1956 on."""
        rows = (row for row in self.at_risk if row.pact_class == pact_class)
        return tuple(sorted({(row.lo, row.hi) for row in rows if row.lo >= FIRST_YEAR}))


def overlap(years: Years, others: Years) -> int:
    """Return how many years two periods share."""
    return max(min(years[1], others[1]) - max(years[0], others[0]) + 1, 0)


def cells_of(pact_class: str) -> tuple[Cell, ...]:
    """Return the cells of a class."""
    return tuple((pact_class, cell) for cell in CELLS[pact_class])
