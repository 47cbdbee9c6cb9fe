"""Forecasts that stand beside the simulated rule: what nothing, or little, of the casebook gives.

All are in closed form. Level and slopes come from the record of all wars, from which the wars that
are forecast are left out; so no number of them rests on the answers that they are scored by.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from sim.model.arrays import Mask, Vector
from sim.statistics.arrays import ClusterIndices
from sim.statistics.intervals import Interval
from sim.validation.base_rates import base_rate_forecast
from sim.validation.studies.casebook.baselines import BASE_RATE
from sim.validation.studies.casebook.ladder import AidForecasts, fit_numbers, forecast_aid
from sim.validation.studies.casebook.recorded import NO_WAR, CasebookRecord
from sim.validation.studies.casebook.scoring import QUESTION_MIN_LEVELS, ForecastEvaluation
from sim.validation.studies.universe.estimates import RuleEstimates, estimate_rule
from sim.validation.studies.universe.published_rates import remaining_honour_counts
from sim.validation.studies.universe.record import ERAS, Record

ANY_AID, OPEN_WAR = QUESTION_MIN_LEVELS
OWN_WAR_OUT = "the record without the case's own war"
ALL_WARS_OUT = "the record without any war of the casebook"
PUBLISHED_DUE = "the same, published rates alone where aid was due"
"""Not how the rule is anchored: it shows how much depends on the mean of the two sources."""
FITTED = "with worth and lesser aid of the other crises"
AFTER_FROM_BEFORE = "after 1945, from what was to 1945"
BEFORE_FROM_AFTER = "to 1945, from what was after"
_PERIODS = {AFTER_FROM_BEFORE: ERAS, BEFORE_FROM_AFTER: ERAS[::-1]}
"""The era that is fitted, and the era that is forecast."""


@dataclass(frozen=True)
class StandingForecast:
    """One forecaster, scored on one question.

    Attributes:
        name: the forecaster.
        evaluation: its forecasts beside what happened; the share of the other crises, or of the
            era that was fitted, is a baseline.
        note: what to know when it misses its target.
    """

    name: str
    evaluation: ForecastEvaluation
    note: str = ""


def evaluate_standing(answers: CasebookRecord, record: Record) -> list[StandingForecast]:
    """Forecast and score the casebook without its own answers, in every standing way.

    Args:
        answers: the casebook.
        record: the record of all wars.

    Raises:
        RequestError: what the regression of the record needs is not installed.
    """
    wars = {row.war for row in answers.record.rows} - {NO_WAR}
    left_out = estimate_rule(record, wars)
    published = _with_published_rates(left_out, record, wars)
    own = _by_crisis(answers, record, lambda rule, _, tested: _open_war(rule, tested))
    fitted = forecast_by_crisis(answers, record)
    found = [
        _score(OWN_WAR_OUT, OPEN_WAR, answers, own.open_war),
        replace(
            _score(ALL_WARS_OUT, OPEN_WAR, answers, left_out.chances(answers.record)),
            note=_describe_rest(left_out),
        ),
        _score(PUBLISHED_DUE, OPEN_WAR, answers, published.chances(answers.record)),
        _score(FITTED, ANY_AID, answers, fitted.any_aid),
        _score(FITTED, OPEN_WAR, answers, fitted.open_war),
    ]
    for name, (train, test) in _PERIODS.items():
        found += _evaluate_time_split(name, answers, record, (train, test))
    return found


def forecast_by_crisis(answers: CasebookRecord, record: Record) -> AidForecasts:
    """Return the rule's chances for each crisis, everything fitted without it: its best account.

    Raises:
        RequestError: what the regression of the record needs is not installed.
    """
    return _by_crisis(answers, record, _fit_and_forecast)


def _with_published_rates(
    rule: RuleEstimates, record: Record, wars: Collection[int]
) -> RuleEstimates:
    counts = remaining_honour_counts(record, wars)
    levels = {cell: count.rate.log_odds for cell, count in counts.items()}
    anchors = {cell: Interval(level, level, level) for cell, level in levels.items()}
    return replace(rule, anchors={**rule.anchors, **anchors})


def _describe_rest(rule: RuleEstimates) -> str:
    """Describe what remains of the promise in the record when the casebook's wars are left out."""
    due, talks = (
        float(expit(rule.anchors[ERAS[1], commitment].value))
        for commitment in ("aid_due_more", "consultation")
    )
    return (
        f" What remains of the record since 1946 gives open war {due:.2f} where aid was due under "
        f"a treaty of three or more, and {talks:.2f} where only talks were promised: that promises "
        "matter is known from the casebook's wars."
    )


_Forecaster = Callable[[RuleEstimates, CasebookRecord, CasebookRecord], AidForecasts]


def _by_crisis(answers: CasebookRecord, record: Record, forecaster: _Forecaster) -> AidForecasts:
    """Forecast each crisis from all others: its wars are in no level, no slope, no fit."""
    crises = np.array(answers.crises)
    any_aid, open_war = np.empty(len(crises)), np.empty(len(crises))
    for crisis in np.unique(crises):
        own: Mask = crises == crisis
        tested = answers.take(own)
        rule = estimate_rule(record, {row.war for row in tested.record.rows} - {NO_WAR})
        forecasts = forecaster(rule, answers.take(~own), tested)
        any_aid[own], open_war[own] = forecasts.any_aid, forecasts.open_war
    return AidForecasts(any_aid, open_war)


def _open_war(rule: RuleEstimates, tested: CasebookRecord) -> AidForecasts:
    chances = rule.chances(tested.record)
    return AidForecasts(chances, chances)


def _fit_and_forecast(
    rule: RuleEstimates, fitted_on: CasebookRecord, tested: CasebookRecord
) -> AidForecasts:
    return forecast_aid(tested, rule, fit_numbers(fitted_on, rule))


def _evaluate_time_split(
    name: str, answers: CasebookRecord, record: Record, eras: tuple[str, str]
) -> list[StandingForecast]:
    """Fit everything to one era and forecast the other as if it were the same era."""
    train, test = eras
    rule = estimate_rule(record.select(lambda row: row.era == train))
    fitted_on = answers.take(answers.record.mask(lambda row: row.era == train))
    tested = answers.take(answers.record.mask(lambda row: row.era == test))
    forecasts = forecast_aid(tested, rule, fit_numbers(fitted_on, rule), train)
    return [
        _score(name, question, tested, chances, _share_in(fitted_on, question))
        for question, chances in ((ANY_AID, forecasts.any_aid), (OPEN_WAR, forecasts.open_war))
    ]


def _score(
    name: str, question: str, answers: CasebookRecord, chances: Vector, share: float | None = None
) -> StandingForecast:
    """Score forecasts beside a share: of the other crises, unless one is given."""
    outcomes = _outcomes(answers, question)
    crises: ClusterIndices = np.unique(answers.crises, return_inverse=True)[1]
    base = base_rate_forecast(outcomes, crises) if share is None else np.full(len(outcomes), share)
    return StandingForecast(
        name, ForecastEvaluation(question, chances, outcomes, crises, {BASE_RATE: base})
    )


def _share_in(answers: CasebookRecord, question: str) -> float:
    return float(_outcomes(answers, question).mean())


def _outcomes(answers: CasebookRecord, question: str) -> Vector:
    return (answers.levels >= QUESTION_MIN_LEVELS[question]).astype(float)
