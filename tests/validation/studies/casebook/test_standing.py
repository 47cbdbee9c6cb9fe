"""Standing forecasts rest on nothing that they are scored by."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.validation.studies.casebook.cases import WarCase, read_cases
from sim.validation.studies.casebook.recorded import (
    NO_WAR,
    CasebookRecord,
    read_war_numbers,
    record_casebook,
)
from sim.validation.studies.casebook.standing import (
    AFTER_FROM_BEFORE,
    ALL_WARS_OUT,
    ANY_AID,
    BEFORE_FROM_AFTER,
    FITTED,
    OPEN_WAR,
    OWN_WAR_OUT,
    PUBLISHED_DUE,
    StandingForecast,
    evaluate_standing,
)
from sim.validation.studies.casebook.standing_checks import standing_checks, standing_rows
from sim.validation.studies.universe.read_record import RECORD_FILE, read_record
from sim.validation.studies.universe.record import Record
from tests.worlds import SCENARIOS

FOLDER = SCENARIOS / "history"


@cache
def cases() -> tuple[WarCase, ...]:
    return read_cases(FOLDER)


@cache
def casebook() -> CasebookRecord:
    return record_casebook(cases(), read_war_numbers(FOLDER, cases()))


@cache
def record() -> Record:
    return read_record(SCENARIOS / RECORD_FILE)


@cache
def standing() -> tuple[StandingForecast, ...]:
    return tuple(evaluate_standing(casebook(), record()))


def chances(found: tuple[StandingForecast, ...], name: str, question: str) -> np.ndarray:
    (each,) = (e for e in found if (e.name, e.evaluation.question) == (name, question))
    return each.evaluation.chances


def test_every_forecaster_answers_its_questions() -> None:
    assert [(each.name, each.evaluation.question) for each in standing()] == [
        (OWN_WAR_OUT, OPEN_WAR),
        (ALL_WARS_OUT, OPEN_WAR),
        (PUBLISHED_DUE, OPEN_WAR),
        (FITTED, ANY_AID),
        (FITTED, OPEN_WAR),
        (AFTER_FROM_BEFORE, ANY_AID),
        (AFTER_FROM_BEFORE, OPEN_WAR),
        (BEFORE_FROM_AFTER, ANY_AID),
        (BEFORE_FROM_AFTER, OPEN_WAR),
    ]
    assert [len(each.evaluation.chances) for each in standing()] == [269] * 5 + [170] * 2 + [99] * 2


def reverse_record(wars: set[int]) -> Record:
    """Return the record in which everybody did the opposite in some wars."""
    rows = record().rows
    return Record(tuple(replace(row, joined=row.joined != (row.war in wars)) for row in rows))


def test_no_answer_of_its_wars_moves_a_forecast_without_them() -> None:
    wars = {row.war for row in casebook().record.rows} - {NO_WAR}
    other = replace(casebook(), levels=3 - casebook().levels)
    changed = tuple(evaluate_standing(other, reverse_record(wars)))
    for name in (ALL_WARS_OUT, PUBLISHED_DUE):
        assert chances(changed, name, OPEN_WAR) == pytest.approx(
            chances(standing(), name, OPEN_WAR)
        )


@pytest.mark.parametrize(("name", "question"), [(OWN_WAR_OUT, OPEN_WAR), (FITTED, ANY_AID)])
def test_no_answer_of_a_crisis_moves_its_own_forecasts(name: str, question: str) -> None:
    own = np.array(casebook().crises) == "1990"
    (war,) = {row.war for row in casebook().take(own).record.rows}
    levels = np.where(own, 3 - casebook().levels, casebook().levels)
    changed = tuple(evaluate_standing(replace(casebook(), levels=levels), reverse_record({war})))
    before, after = (chances(found, name, question) for found in (standing(), changed))
    assert after[own] == pytest.approx(before[own])
    assert not np.allclose(after[~own], before[~own])


def test_a_time_split_knows_nothing_of_the_era_it_forecasts() -> None:
    late = casebook().late
    levels = np.where(late, 3 - casebook().levels, casebook().levels)
    wars = {row.war for row in record().rows if row.era == "since_1946"}
    changed = tuple(evaluate_standing(replace(casebook(), levels=levels), reverse_record(wars)))
    for question in (ANY_AID, OPEN_WAR):
        assert chances(changed, AFTER_FROM_BEFORE, question) == pytest.approx(
            chances(standing(), AFTER_FROM_BEFORE, question)
        )


# -- checks and rows --------------------------------------------------------------------------


def test_targets_are_met_by_the_value_and_differences_by_the_interval() -> None:
    checks = [*standing_checks(standing())]
    assert len(checks) == 12
    for check in checks:
        assert check.value is not None
        assert not check.tuned
        if "set before" in check.target:
            assert check.verdict in {"met", "missed"}
        else:
            assert check.low is not None
            assert check.high is not None
            limit = 0.5 if "0.50" in check.target else 0
            due = "met" if check.low > limit else "missed" if check.high < limit else "undecided"
            assert check.verdict == due


def test_a_missed_target_says_what_it_means() -> None:
    for check in standing_checks(standing()):
        if ALL_WARS_OUT in check.claim and check.verdict == "missed":
            assert "that promises matter is known from the casebook's wars" in check.says


def test_rows_are_given_for_all_years_and_for_each_era() -> None:
    rows = [*standing_rows(standing(), [], casebook().late)]
    assert len(rows) == 5 * 3 + 4
    by_years = {row["years"]: row for row in rows if row["forecaster"] == OWN_WAR_OUT}
    assert [by_years[years]["answers"] for years in ("all", "to 1945", "after 1945")] == [
        269,
        99,
        170,
    ]


# -- numbers of wars --------------------------------------------------------------------------


def test_a_war_of_the_record_is_one_of_its_time() -> None:
    years = {row.war: row.year for row in record().rows}
    numbers = read_war_numbers(FOLDER, cases())
    for case in cases():
        if numbers[case.name]:
            assert abs(years[numbers[case.name]] - case.scenario.start.year) <= 2


def test_a_table_without_a_case_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wars.csv").write_text("case,war\n1866_germany,fifty\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        read_war_numbers(tmp_path, cases()[:2])
    assert str(error.value).replace(str(tmp_path), "history") == (
        "history/wars.csv: 1870_france: is not in the table, which has a line for every case\n"
        "history/wars.csv:2: war: 'fifty' is not a number of a war\n"
        "    allowed: digits, or empty"
    )
