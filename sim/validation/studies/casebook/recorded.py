"""The casebook's answers in the form of the record of all wars, for a closed form of the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.model.arrays import Levels, Mask, Vector
from sim.scenario.schema.treaties import Obligation
from sim.validation.csv_tables import read_table_rows
from sim.validation.studies.casebook.answers import AllyAnswer
from sim.validation.studies.casebook.cases import WarCase
from sim.validation.studies.casebook.features import (
    answer_class,
    are_contiguous,
    pair_facts,
    standing_class,
)
from sim.validation.studies.universe.record import ERAS, Record, RecordedAnswer

NO_WAR = 0
"""Number of a case that is no war of the Correlates of War: too small, too late, or no war."""
_WARS_FILE = "wars.csv"
_TIES = {Obligation.DEFENCE, Obligation.OFFENCE, Obligation.CONSULTATION}


@dataclass(frozen=True)
class CasebookRecord:
    """What the rule weighs in each answer, and what the ally did.

    Attributes:
        record: the answers in the form of the record of all wars.
        worth: worth of the partner to the ally, (answer,).
        standing: class of each ally had it promised nothing.
        levels: the highest level of aid in history, (answer,).
        crises: crisis of each answer.
    """

    record: Record
    worth: Vector
    standing: tuple[str, ...]
    levels: Levels
    crises: tuple[str, ...]

    @property
    def late(self) -> Mask:
        """Where an answer is of 1946 or later, (answer,)."""
        return self.record.mask(lambda row: row.era == ERAS[1])

    def take(self, mask: Mask) -> CasebookRecord:
        """Return the answers of a mask, (answer,)."""
        places = np.flatnonzero(mask)
        return CasebookRecord(
            Record(tuple(self.record.rows[place] for place in places)),
            self.worth[mask],
            tuple(self.standing[place] for place in places),
            self.levels[mask],
            tuple(self.crises[place] for place in places),
        )


def read_war_numbers(folder: Path, cases: Sequence[WarCase]) -> dict[str, int]:
    """Return the number of each case's war in the Correlates of War; `NO_WAR` where it has none.

    Raises:
        ScenarioError: the table is missing, malformed, or lacks a case.
    """
    file = folder / _WARS_FILE
    rows = read_table_rows(file, ("case", "war"))
    problems = [
        Problem(file, line, "war", f"{row['war']!r} is not a number of a war", "digits, or empty")
        for line, row in rows
        if row["war"] and not row["war"].isdecimal()
    ]
    listed = {row["case"] for _, row in rows}
    problems += [
        Problem(file, None, case.name, "is not in the table, which has a line for every case")
        for case in cases
        if case.name not in listed
    ]
    if problems:
        raise ScenarioError(problems)
    return {row["case"]: int(row["war"] or NO_WAR) for _, row in rows}


def record_casebook(cases: Sequence[WarCase], wars: Mapping[str, int]) -> CasebookRecord:
    """Return the answers of cases whose wars have these numbers, in the order of the cases."""
    answers = [(case, answer) for case in cases for answer in case.answers]
    return CasebookRecord(
        Record(tuple(_record_answer(case, answer, wars[case.name]) for case, answer in answers)),
        np.array([_worth(case, answer) for case, answer in answers]),
        tuple(standing_class(case, answer.ally) for case, answer in answers),
        np.array([answer.answer for _, answer in answers], dtype=np.int8),
        tuple(answer.crisis for _, answer in answers),
    )


def _record_answer(case: WarCase, answer: AllyAnswer, war: int) -> RecordedAnswer:
    scenario, opponent = case.scenario, case.opponent_of(answer.partner)
    own = pair_facts(scenario, answer.ally, opponent)
    shared = pair_facts(scenario, answer.ally, answer.partner)
    promise, standing = answer_class(case, answer), standing_class(case, answer.ally)
    quarrels = (own.rivals, own.disputes > 0) if own else ()
    return RecordedAnswer(
        war=war,
        name=case.scenario.title,
        year=scenario.start.year,
        ally=answer.ally,
        partner=answer.partner,
        opponent=opponent,
        obligation=_OBLIGATIONS.get(promise, "none"),
        parties=promise.removeprefix("aid_due_") if promise.startswith("aid_due_") else "",
        tied_to_opponent=_is_tied(case, answer.ally, opponent),
        major_power=standing == "major_power",
        neighbour=standing == "neighbour",
        own_quarrels=are_contiguous(scenario, answer.ally, opponent) + sum(quarrels),
        joint_disputes=bool(shared and shared.joint_disputes),
        nuclear_opponent=scenario.actors[opponent].nuclear_warheads.value > 0,
        other_war=False,
        partner_began=case.attacker == answer.partner,
        in_casebook=True,
        published="",
        joined=answer.answer == 3,
    )


_OBLIGATIONS = {
    "aid_due_two": "due",
    "aid_due_more": "due",
    "aid_not_due": "not_due",
    "consultation": "consultation",
}
"""What a class of the record says of the obligation; a case holds one war, so no other war."""


def _is_tied(case: WarCase, ally: str, opponent: str) -> bool:
    both = {ally, opponent}
    return any(
        both <= set(treaty.parties) and bool(_TIES & set(treaty.obligations))
        for treaty in case.scenario.treaties.values()
    )


def _worth(case: WarCase, answer: AllyAnswer) -> float:
    tie = case.scenario.ties.get(answer.ally, {}).get(answer.partner)
    return tie.worth.value if tie and tie.worth else 0.0
