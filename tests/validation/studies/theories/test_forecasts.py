"""Every answer is forecast from other wars, under the same case as in a simulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from sim.model.theory.protocol import HonourTheory
from sim.validation.studies.casebook.recorded import CasebookRecord
from sim.validation.studies.theories.forecasts import (
    DECLARED,
    FITTED,
    Forecaster,
    forecast_casebook,
    forecast_record,
)
from sim.validation.studies.theories.numbers import declared_values, log_odds
from sim.validation.studies.theories.past_cases import PastAnswers
from sim.validation.studies.theories.rivals import held_values, rival_theories, take_places
from sim.validation.studies.universe.estimates import RuleEstimates, estimate_rule
from sim.validation.studies.universe.record import Record
from tests.validation.studies.theories.past import RECORD

WAR = 106
"""The First World War."""
THEORIES: dict[str, HonourTheory] = {
    name: theory
    for name, theory in rival_theories().items()
    if name in ("pure_interest", "reputation")
}


@pytest.fixture(scope="module")
def rule() -> RuleEstimates:
    return estimate_rule(RECORD, {WAR})


@pytest.fixture(scope="module")
def chances(past: PastAnswers) -> dict[Forecaster, np.ndarray]:
    return forecast_record(past, THEORIES, (WAR,))


def test_the_rule_and_each_rival_forecast_the_war(chances: dict[Forecaster, np.ndarray]) -> None:
    names = {(each.theory, each.numbers) for each in chances}
    rivals = {(name, numbers) for name in THEORIES for numbers in (DECLARED, FITTED)}
    assert names == {("record", FITTED), *rivals}
    own = RECORD.war == WAR
    assert all(((c[own] > 0) & (c[own] < 1)).all() for c in chances.values())
    assert all((c[~own] == 0).all() for c in chances.values())


def test_the_rule_is_the_one_that_the_record_is_scored_by(
    chances: dict[Forecaster, np.ndarray], rule: RuleEstimates
) -> None:
    own = RECORD.war == WAR
    expected = rule.chances(RECORD.of_war(WAR))
    assert chances["record", FITTED][own] == pytest.approx(expected)  # type: ignore[index]


def test_a_declared_theory_is_asked_with_slopes_of_the_other_wars(
    chances: dict[Forecaster, np.ndarray], past: PastAnswers, rule: RuleEstimates
) -> None:
    theory, own = THEORIES["pure_interest"], RECORD.war == WAR
    values = declared_values(theory) | held_values(theory, rule)
    assert values["own_quarrel"] == pytest.approx(rule.slopes[0])
    asked = take_places(past.build_case(rule, (WAR,)), own)
    expected = expit(log_odds(theory, asked, values))
    assert chances[Forecaster("pure_interest", DECLARED)][own] == pytest.approx(expected)


def test_a_forecast_does_not_depend_on_what_happened_in_the_war(
    chances: dict[Forecaster, np.ndarray], past: PastAnswers
) -> None:
    turned = Record(
        tuple(replace(row, joined=row.joined ^ (row.war == WAR)) for row in RECORD.rows)
    )
    other = replace(past, record=turned)
    for name, values in forecast_record(other, THEORIES, (WAR,)).items():
        assert values == pytest.approx(chances[name])


def test_the_case_holds_the_facts_of_the_record(past: PastAnswers, rule: RuleEstimates) -> None:
    case = past.build_case(rule)
    due = RECORD.mask(lambda row: row.obligation == "due")
    assert (case.aid_due == due).all()
    assert (case.own_quarrels == [row.own_quarrels for row in RECORD.rows]).all()
    bystander = RECORD.mask(lambda row: not (row.major_power or row.neighbour))
    assert case.record_unbound[bystander & due].max() < case.record[bystander & due].min()
    unbound = RECORD.mask(lambda row: row.obligation == "none")
    assert (case.reputation[unbound] == 0).all()
    assert (case.winning_with >= case.winning_alone).all()


def test_the_casebook_is_forecast_crisis_by_crisis(
    past: PastAnswers, casebook: tuple[PastAnswers, CasebookRecord]
) -> None:
    answers, known = casebook
    found = forecast_casebook(past, answers, known, THEORIES, ("1914",))
    own = np.array(known.crises) == "1914"
    assert own.sum() > 10
    for chances in found.values():
        assert (chances.any_aid[own] >= chances.open_war[own]).all()
        assert (chances.any_aid[~own] == 0).all()
