"""Reads and validates the record: what allies and onlookers did in 95 wars.

How it was made, and what a line is, stands beside the table, in `scenarios/record`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import find_nearest_name
from sim.statistics.arrays import ClusterIndices, FloatArray, Mask, Vector
from sim.validation.rows import read_table_rows

RECORD_FILE = "record/answers.csv"
"""The table, in the folder of scenarios."""
ERAS = ("to_1945", "since_1946")
AID_CLASSES = ("aid_due_two", "aid_due_more", "aid_not_due")
ONLOOKER_CLASSES = ("major_power", "neighbour", "bystander")
CLASSES = (*AID_CLASSES, "consultation", *ONLOOKER_CLASSES)
"""Commitments of an ally, the strongest first; where nothing is promised, the standing."""
FACTS = ("own_quarrels", "joint_disputes", "nuclear_opponent", "other_war")
"""The facts that shift the log-odds of a class."""
PUBLISHED_OUTCOMES = ("", "honoured", "violated")
_FIRST_POST_WAR_YEAR = 1946
_OBLIGATIONS = ("due", "not_due", "consultation", "none")
_YES_NO = ("0", "1")
_ALLOWED: dict[str, tuple[str, ...]] = {
    "obligation": _OBLIGATIONS,
    "parties": ("", "two", "more"),
    "own_quarrels": ("0", "1", "2", "3"),
    "published": PUBLISHED_OUTCOMES,
}
_TEXT_COLUMNS = ("name", "ally", "partner", "opponent")


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
        return self.commitment in AID_CLASSES

    @property
    def bears_on_anchors(self) -> bool:
        """Whether it counts for its class: of onlookers, only those tied to neither side."""
        return self.obligation != "none" or not self.tied_to_opponent


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
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Era and class of each answer."""
        return tuple((row.era, row.commitment) for row in self.rows)

    def select(self, condition: Callable[[RecordedAnswer], bool]) -> Record:
        """Return the answers for which a condition holds."""
        return Record(tuple(filter(condition, self.rows)))

    def mask(self, condition: Callable[[RecordedAnswer], bool]) -> Mask:
        """Return for which answers a condition holds, (answer,)."""
        return np.array([condition(row) for row in self.rows], dtype=bool)

    def of_war(self, war: int) -> Record:
        """Return the answers in one war."""
        return self.select(lambda row: row.war == war)

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
        return self.select(lambda row: row.war not in wars)


def read_record(file: Path) -> Record:
    """Return the record.

    Raises:
        ScenarioError: the table is missing or a line is malformed; the message lists all faults.
    """
    lines = list(read_table_rows(file, RECORD_COLUMNS))
    problems = [Problem(file, line, *fault) for line, row in lines for fault in _faults(row)]
    problems += _duplicates(file, lines)
    if not lines:
        problems.append(Problem(file, None, "", "has no answers"))
    if problems:
        raise ScenarioError(problems)
    return Record(tuple(_parse(row) for _, row in lines))


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the column, the fault, what is allowed and the nearest allowed value."""
    for column, text in row.items():
        if column in _TEXT_COLUMNS:
            if not text.strip():
                yield column, "is empty", "a name", ""
        elif column in ("war", "year"):
            digits = 4 if column == "year" else len(text)
            if not (text.isdecimal() and len(text) == digits):
                what = "four digits" if column == "year" else "a whole number"
                yield column, f"{text!r} is not a {column}", what, ""
        elif text not in (allowed := _ALLOWED.get(column, _YES_NO)):
            listed = ", ".join(value or "empty" for value in allowed)
            yield column, f"{text!r} is not known", listed, find_nearest_name(text, allowed)
    yield from _contradictions(row)


def _contradictions(row: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    promised, obligation = row["obligation"] in ("due", "not_due"), row["obligation"]
    if obligation in _OBLIGATIONS and promised != bool(row["parties"]):
        what = f"is {row['parties'] or 'empty'!r} where the obligation is {obligation}"
        yield "parties", what, "two or more where aid is promised, otherwise empty", ""
    if row["published"] and obligation in _OBLIGATIONS and obligation != "due":
        yield "published", "is given where no aid was due", "empty", ""


def _duplicates(file: Path, lines: Sequence[tuple[int, dict[str, str]]]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in lines:
        key = tuple(row[column] for column in ("war", "ally", "partner", "opponent"))
        first = seen.setdefault(key, line)
        if first != line:
            what = f"{row['ally']} has an answer to {row['partner']} already, in line {first}"
            yield Problem(file, line, "ally", what)


def _parse(row: dict[str, str]) -> RecordedAnswer:
    numbers, words = ("war", "year", "own_quarrels"), (*_TEXT_COLUMNS, *_ALLOWED)
    values: dict[str, object] = {}
    for column, text in row.items():
        if column in numbers:
            values[column] = int(text)
        else:
            values[column] = text if column in words else text == "1"
    return RecordedAnswer(**values)  # type: ignore[arg-type]


def list_wars(rows: Iterable[RecordedAnswer]) -> tuple[int, ...]:
    """Return the numbers of the wars, ascending."""
    return tuple(sorted({row.war for row in rows}))
