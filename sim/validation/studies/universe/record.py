"""The record: what allies and onlookers did in 95 wars.

How it was made, and what a line is, stands beside the table, in `scenarios/record`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import compress, product

import numpy as np
from numpy.typing import NDArray

from sim.statistics.arrays import ClusterIndices, FloatArray, Mask, Vector

ERAS = ("to_1945", "since_1946")
DUE_CLASSES = ("aid_due_two", "aid_due_more")
_AID_CLASSES = (*DUE_CLASSES, "aid_not_due")
ONLOOKER_CLASSES = ("major_power", "neighbour", "bystander")
CLASSES = (*_AID_CLASSES, "consultation", *ONLOOKER_CLASSES)
"""Commitments of an ally, the strongest first; where nothing is promised, the standing."""
Cell = tuple[str, str]
"""An era and a class."""
CELLS: tuple[Cell, ...] = tuple(product(ERAS, CLASSES))
PROMISES = ("due", "not_due", "consultation", "since_1946", "more_parties")
"""Terms of a regression for what was promised, and when."""
FACTS = ("own_quarrels", "joint_disputes", "nuclear_opponent", "other_war")
"""The facts that shift the log-odds of a class."""
PUBLISHED_OUTCOMES = ("", "honoured", "violated")
_FIRST_POST_WAR_YEAR = 1946
_ARRAYS = ("war", "joined", "facts", "promises", "cell_index", "counts_for_class")
"""The arrays that a part of a record inherits."""


@dataclass(frozen=True)
class RecordedAnswer:
    """What one state did about one side of one war.

    Attributes:
        war: number of the war in the Correlates of War.
        name: name of the war.
        year: year in which the partner was at war and could call.
        ally: the state that could intervene, by its abbreviation in the Correlates of War.
        partner: the principal on whose side it could intervene.
        opponent: the other principal.
        obligation: due, not_due (aid promised, but not for this war), consultation or none.
        parties: of the treaty that promises aid: two or more; empty without one.
        tied_to_opponent: whether it had promised the opponent aid or consultation.
        major_power: whether it was one.
        neighbour: land border with either principal, or at most 150 miles of water between them.
        own_quarrels: with the opponent, 0 to 3: neighbour, strategic rival, dispute in ten years.
        joint_disputes: whether it took the partner's side in a dispute of the last ten years.
        nuclear_opponent: whether the opponent had nuclear weapons.
        other_war: whether the ally fought another war.
        partner_began: whether the partner's side began the war.
        in_casebook: whether the war is in the casebook.
        published: honoured or violated by Berkemeier and Fuhrmann, where aid was due.
        joined: whether it entered the war on the partner's side within twelve months.
    """

    war: int
    name: str
    year: int
    ally: str
    partner: str
    opponent: str
    obligation: str
    parties: str
    tied_to_opponent: bool
    major_power: bool
    neighbour: bool
    own_quarrels: int
    joint_disputes: bool
    nuclear_opponent: bool
    other_war: bool
    partner_began: bool
    in_casebook: bool
    published: str
    joined: bool

    @property
    def era(self) -> str:
        """One of `ERAS`."""
        return ERAS[self.year >= _FIRST_POST_WAR_YEAR]

    @property
    def commitment(self) -> str:
        """One of `CLASSES`."""
        if self.obligation == "due":
            return f"aid_due_{self.parties}"
        if self.obligation != "none":
            return {"not_due": "aid_not_due"}.get(self.obligation, self.obligation)
        if self.major_power:
            return "major_power"
        return "neighbour" if self.neighbour else "bystander"

    @property
    def is_aid_promised(self) -> bool:
        """Whether a treaty promises aid, due in this war or not."""
        return self.commitment in _AID_CLASSES

    @property
    def bears_on_anchors(self) -> bool:
        """Whether it counts for its class: of onlookers, only those tied to neither side."""
        return self.obligation != "none" or not self.tied_to_opponent

    @property
    def promise_terms(self) -> tuple[bool, ...]:
        """The terms of `PROMISES`."""
        kinds = (self.obligation == kind for kind in PROMISES[:3])
        return (*kinds, self.era == ERAS[1], self.parties == "more")


RECORD_COLUMNS = tuple(field.name for field in fields(RecordedAnswer))


@dataclass(frozen=True)
class Record:
    """Recorded answers, with the arrays that estimates need, (answer,)."""

    rows: tuple[RecordedAnswer, ...]

    @cached_property
    def war(self) -> NDArray[np.int64]:
        """The number of each answer's war."""
        return np.array([row.war for row in self.rows], dtype=np.int64)

    @cached_property
    def war_index(self) -> ClusterIndices:
        """The war of each answer, counted from 0."""
        return np.unique(self.war, return_inverse=True)[1]

    @cached_property
    def joined(self) -> Vector:
        """1 where the state joined."""
        return np.array([row.joined for row in self.rows], dtype=float)

    @cached_property
    def facts(self) -> FloatArray:
        """The facts of each answer, (answer, fact), in the order of `FACTS`."""
        return np.array([[getattr(row, fact) for fact in FACTS] for row in self.rows], dtype=float)

    @cached_property
    def promises(self) -> FloatArray:
        """The promise and the era of each answer, (answer, term), in the order of `PROMISES`."""
        return np.array([row.promise_terms for row in self.rows], dtype=float)

    @cached_property
    def cell_index(self) -> NDArray[np.int64]:
        """The place of era and class of each answer in `CELLS`."""
        places = {cell: place for place, cell in enumerate(CELLS)}
        return np.array([places[row.era, row.commitment] for row in self.rows], dtype=np.int64)

    @cached_property
    def counts_for_class(self) -> Mask:
        """Which answers count for the anchor and the means of their class, (answer,)."""
        return self.mask(lambda row: row.bears_on_anchors)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Era and class of each answer."""
        return tuple(CELLS[place] for place in self.cell_index)

    def select(self, condition: Callable[[RecordedAnswer], bool]) -> Record:
        """Return the answers for which a condition holds."""
        return self.take(self.mask(condition))

    def mask(self, condition: Callable[[RecordedAnswer], bool]) -> Mask:
        """Return for which answers a condition holds, (answer,)."""
        return np.fromiter(map(condition, self.rows), dtype=bool, count=len(self.rows))

    def take(self, mask: Mask) -> Record:
        """Return the answers of a mask, (answer,), with their share of the arrays made so far."""
        taken = Record(tuple(compress(self.rows, mask)))
        for name in _ARRAYS:
            taken.__dict__[name] = getattr(self, name)[mask]
        return taken

    def of_war(self, war: int) -> Record:
        """Return the answers in one war."""
        return self.take(self.war == war)

    def of_era(self, era: str) -> Record:
        """Return the answers of one era."""
        return self.select(lambda row: row.era == era)

    def of_obligation(self, obligation: str, *, in_casebook: bool) -> Record:
        """Return the answers under one obligation, in the casebook's wars or in the others."""
        return self.select(
            lambda row: row.obligation == obligation and row.in_casebook == in_casebook
        )

    def without(self, wars: Collection[int]) -> Record:
        """Return the answers in all wars but these."""
        return self.take(~np.isin(self.war, list(wars)))


def list_wars(rows: Iterable[RecordedAnswer]) -> tuple[int, ...]:
    """Return the numbers of the wars, ascending."""
    return tuple(sorted({row.war for row in rows}))
