"""The record and the casebook with all that theories weigh, read once."""

from __future__ import annotations

import pytest

from sim.validation.studies.casebook.cases import WarCase, read_cases
from sim.validation.studies.casebook.recorded import (
    CasebookRecord,
    read_war_numbers,
    record_casebook,
)
from sim.validation.studies.theories.past_answers import (
    read_past_of_casebook,
    read_past_of_record,
)
from sim.validation.studies.theories.past_cases import PastAnswers
from tests.validation.studies.theories.past import RECORD
from tests.worlds import SCENARIOS


@pytest.fixture(scope="session")
def past() -> PastAnswers:
    return read_past_of_record(SCENARIOS, RECORD)


@pytest.fixture(scope="session")
def cases() -> tuple[WarCase, ...]:
    return read_cases(SCENARIOS / "history")


@pytest.fixture(scope="session")
def casebook(past: PastAnswers, cases: tuple[WarCase, ...]) -> tuple[PastAnswers, CasebookRecord]:
    known = record_casebook(cases, read_war_numbers(SCENARIOS / "history", cases))
    return read_past_of_casebook(SCENARIOS, cases, known, past.record), known
