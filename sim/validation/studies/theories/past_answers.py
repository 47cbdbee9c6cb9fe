"""The answers of the record and of the casebook, with all that rival theories weigh."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.model.geography import great_circle_km
from sim.scenario.schema.scenario import Scenario
from sim.validation.csv_tables import TableLine, read_table_lines
from sim.validation.studies.casebook.answers import AllyAnswer
from sim.validation.studies.casebook.cases import WarCase
from sim.validation.studies.casebook.features import are_contiguous
from sim.validation.studies.casebook.recorded import CasebookRecord
from sim.validation.studies.theories.circumstances import (
    CIRCUMSTANCES_FILE,
    Circumstances,
    reach,
    read_circumstances,
)
from sim.validation.studies.theories.past_cases import PastAnswers, standing_of
from sim.validation.studies.theories.past_conduct import PastConduct
from sim.validation.studies.universe.record import Record

_CASEBOOK_FILE = "history/circumstances.csv"
_KEYS = ("case", "ally", "partner")
_COLUMNS = (*_KEYS, "ally_state", "partner_state", "shift", "opponent_growth")


def read_past_of_record(scenarios: Path, record: Record) -> PastAnswers:
    """Return the answers of the record with all that theories weigh.

    Raises:
        ScenarioError: the table of circumstances is missing, malformed or incomplete.
    """
    allies, partners = ([getattr(row, who) for row in record.rows] for who in ("ally", "partner"))
    years = np.array([row.year for row in record.rows], dtype=float)
    return PastAnswers(
        record,
        read_circumstances(scenarios / CIRCUMSTANCES_FILE, record),
        PastConduct(record, allies, partners, years),
        np.zeros(len(record.rows)),
        tuple(standing_of(row) for row in record.rows),
    )


def read_past_of_casebook(
    scenarios: Path, cases: Sequence[WarCase], known: CasebookRecord, record: Record
) -> PastAnswers:
    """Return the answers of the casebook with all that theories weigh, in the order of the cases.

    Raises:
        ScenarioError: the table of circumstances is missing, malformed or incomplete.
    """
    answers = [(case, answer) for case in cases for answer in case.answers]
    lines = _read_lines(scenarios / _CASEBOOK_FILE, answers)
    allies, partners = (
        [line.cells[name] for line in lines] for name in ("ally_state", "partner_state")
    )
    years = np.array([row.year for row in known.record.rows], dtype=float)
    return PastAnswers(
        known.record,
        _circumstances(answers, lines),
        PastConduct(record, allies, partners, years),
        known.worth,
        known.standing,
    )


def _read_lines(file: Path, answers: Sequence[tuple[WarCase, AllyAnswer]]) -> list[TableLine]:
    lines = {
        tuple(line.cells[key] for key in _KEYS): line for line in read_table_lines(file, _COLUMNS)
    }
    keys = [(case.name, answer.ally, answer.partner) for case, answer in answers]
    if missing := [key for key in keys if key not in lines]:
        what = "has no line, which every answer of history/answers.csv needs"
        raise ScenarioError([Problem(file, None, " ".join(key), what) for key in missing[:5]])
    return [lines[key] for key in keys]


def _circumstances(
    answers: Sequence[tuple[WarCase, AllyAnswer]], lines: Sequence[TableLine]
) -> Circumstances:
    rows = np.array([_scenario_facts(*each) for each in answers]).T
    strengths, polyarchy, kilometres = rows[:3], rows[3], rows[4:]
    shift, growth = (
        np.array([line.number_in(name) or 0.0 for line in lines])
        for name in ("shift", "opponent_growth")
    )
    to_partner, from_opponent = map(reach, kilometres)
    shares = strengths / strengths.sum(axis=0)
    return Circumstances(shares, polyarchy, to_partner, from_opponent, shift, growth)


def _scenario_facts(case: WarCase, answer: AllyAnswer) -> tuple[float, ...]:
    """Return strengths of the three, the ally's polyarchy, and how far the others are, in km."""
    scenario, opponent = case.scenario, case.opponent_of(answer.partner)
    three = answer.ally, answer.partner, opponent
    return (
        *(scenario.actors[who].capability.value for who in three),
        scenario.actors[answer.ally].polyarchy.value,
        *(_distance(scenario, answer.ally, other) for other in three[1:]),
    )


def _distance(scenario: Scenario, one: str, other: str) -> float:
    """Return the kilometres between two capitals; 0 between neighbours."""
    if are_contiguous(scenario, one, other):
        return 0.0
    return great_circle_km(scenario.actors[one].capital, scenario.actors[other].capital)
