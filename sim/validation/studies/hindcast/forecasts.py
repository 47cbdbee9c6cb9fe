"""Forecasts of each question by the model and the baselines, and their scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from sim.model.arrays import Vector
from sim.statistics.intervals import Interval, wilson_interval
from sim.statistics.scores import (
    brier,
    central_interval,
    crps,
    ensemble_quantiles,
    is_covered,
    jeffreys_chance,
    log_crps,
    log_score,
)
from sim.validation.studies.hindcast import baselines
from sim.validation.studies.hindcast.mapping import (
    HistoricalRecord,
    MeasurementSpec,
    QuestionMapping,
)
from sim.validation.studies.hindcast.measurement import is_yes, measure_history
from sim.validation.studies.hindcast.questions import Question
from sim.validation.studies.hindcast.simulated import HistoryCache
from sim.validation.studies.hindcast.windows import Window, find_window

Forecaster = Literal["model", "persistence", "base_rate"]
FORECASTERS: tuple[Forecaster, ...] = ("model", "persistence", "base_rate")


@dataclass(frozen=True)
class Forecast:
    """A forecast: a chance of yes, or an ensemble of numbers.

    Attributes:
        chance: chance of yes, above 0 and below 1.
        ensemble: possible values of a number, (member,).
        sampling_interval: estimate with its 95% sampling interval, of the share of yes or of the
            median.
        worlds: the number of worlds in which the question arose; 0 for a baseline.
    """

    chance: float | None = None
    ensemble: Vector | None = None
    sampling_interval: Interval | None = None
    worlds: int = 0

    def score(self, name: str, outcome: float) -> float | None:
        """Return a score by name: brier, log, crps or log_crps; None where it does not apply."""
        if self.chance is not None and name in ("brier", "log"):
            return float((brier if name == "brier" else log_score)(self.chance, outcome))
        if self.ensemble is not None and name in ("crps", "log_crps"):
            return (crps if name == "crps" else log_crps)(self.ensemble, outcome)
        return None

    def covers(self, share: float, outcome: float) -> bool | None:
        """Whether the central interval of this share holds the outcome; None for a chance."""
        return None if self.ensemble is None else is_covered(self.ensemble, share, outcome)

    def central_interval(self, share: float) -> tuple[float, float] | None:
        """Return the central interval of this share; None for a chance."""
        return None if self.ensemble is None else central_interval(self.ensemble, share)


@dataclass(frozen=True)
class ScoredQuestion:
    """A question with its forecasts.

    Attributes:
        question: the question.
        mapping: how it is answered; None without a mapping.
        forecasts: forecasts by forecaster, where there is one.
    """

    question: Question
    mapping: QuestionMapping | None
    forecasts: dict[Forecaster, Forecast]

    @property
    def model_forecast(self) -> Forecast | None:
        """The model's forecast; None where it cannot express the question."""
        return self.forecasts.get("model")

    @property
    def counts_towards_skill(self) -> bool:
        """Whether it counts towards skill: forecast by the model, decided, and not assumed."""
        assumed = self.mapping is not None and bool(self.mapping.assumed)
        return self.is_met is not None and not assumed

    @cached_property
    def is_met(self) -> bool | None:
        """Whether the outcome had at least an even chance, or lies in the 90% interval."""
        outcome = self.question.outcome
        if self.model_forecast is None or outcome is None:
            return None
        if self.model_forecast.chance is not None:
            return abs(self.model_forecast.chance - outcome) <= 0.5
        return self.model_forecast.covers(0.9, outcome)

    @property
    def is_behind_baselines(self) -> bool:
        """Whether it counts, and both baselines scored better."""
        outcome, kind = self.question.outcome, "brier" if self.question.is_yes_or_no else "crps"
        if not self.counts_towards_skill or outcome is None:
            return False
        scores = [self.forecasts[who].score(kind, outcome) for who in self.forecasts]
        model, *baseline_scores = (score for score in scores if score is not None)
        return len(baseline_scores) == 2 and max(baseline_scores) < model


def forecast_question(
    question: Question, mapping: QuestionMapping | None, histories: HistoryCache
) -> ScoredQuestion:
    """Forecast a question by the model and both baselines."""
    if mapping is None:
        return ScoredQuestion(question, None, {})
    period = find_window(
        question.info_date, question.resolve_by, histories.load_scenario(mapping.scenario).start
    )
    forecasts: dict[Forecaster, Forecast] = {}
    if mapping.reads:
        forecasts["model"] = _model_forecast(question, mapping, histories)
    if mapping.persistence:
        forecasts["persistence"] = _baseline_forecast(question, mapping.persistence, period)
    if mapping.base_rate:
        forecasts["base_rate"] = _baseline_forecast(question, mapping.base_rate, period)
    return ScoredQuestion(question, mapping, forecasts)


def months_needed(question: Question, mapping: QuestionMapping, histories: HistoryCache) -> int:
    """Return the number of months to simulate for a question."""
    scenario = histories.load_scenario(mapping.scenario)
    last = [
        _reading_window(question, reading, histories, mapping).last
        for reading in mapping.measurement_specs
    ]
    after = any(reading.after for reading in mapping.measurement_specs)
    return max([1, *last, scenario.months if after else 1])


def _reading_window(
    question: Question, spec: MeasurementSpec, histories: HistoryCache, mapping: QuestionMapping
) -> Window:
    start = histories.load_scenario(mapping.scenario).start
    return find_window(spec.since or question.info_date, spec.until or question.resolve_by, start)


def _model_forecast(
    question: Question, mapping: QuestionMapping, histories: HistoryCache
) -> Forecast:
    amounts = mapping.factor * _measure_worlds(question, mapping, histories)
    amounts = amounts[~np.isnan(amounts)]
    if not len(amounts):
        return Forecast()
    if question.is_yes_or_no:
        yes, worlds = int(is_yes(mapping, amounts).sum()), len(amounts)
        share = Interval(*(mapping.chance * part for part in wilson_interval(yes, worlds)))
        return Forecast(mapping.chance * jeffreys_chance(yes, worlds), None, share, worlds)
    ensemble = amounts if mapping.chance == 1 else _thin_counts(amounts, mapping.chance)
    return Forecast(None, ensemble, _median_interval(ensemble, len(amounts)), len(amounts))


def _measure_worlds(
    question: Question, mapping: QuestionMapping, histories: HistoryCache
) -> Vector:
    amounts = []
    for reading in mapping.measurement_specs:
        months = _reading_window(question, reading, histories, mapping)
        if reading.worlds:
            history = histories.history(mapping.scenario, months.last)
        else:
            history = histories.longest_history(mapping.scenario)
        amounts.append(measure_history(reading, history, months))
    if len(amounts) == 1:
        return amounts[0]
    numerator, denominator = amounts
    undefined = np.full_like(numerator, np.nan)
    return np.divide(numerator, denominator, out=undefined, where=denominator != 0)


def _thin_counts(amounts: Vector, chance: float) -> Vector:
    """Return counts of events that each count with a chance, 19 members per world.

    They are even quantiles of the binomial distribution, so no random draws are needed.
    """
    from scipy.stats import binom  # noqa: PLC0415  takes a while to load

    shares = (np.arange(19) + 0.5) / 19
    return np.asarray(binom.ppf(shares[:, None], amounts, chance), dtype=float).ravel()


def _median_interval(ensemble: Vector, worlds: int) -> Interval:
    """Return the median with its 95% interval, from the binomial distribution of ranks.

    The number of members below the true median is binomial (Thompson 1936, Annals of Mathematical
    Statistics 7:122).
    """
    half = 1.96 * 0.5 / np.sqrt(worlds)
    quantiles = ensemble_quantiles(ensemble, [0.5, max(0.5 - half, 0.0), min(0.5 + half, 1.0)])
    return Interval(*map(float, quantiles))


def _baseline_forecast(question: Question, record: HistoricalRecord, period: Window) -> Forecast:
    if question.is_yes_or_no:
        return Forecast(chance=baselines.predictive_chance(record, period.length))
    if question.kind == "date":
        return Forecast(ensemble=baselines.predictive_waits(record, period.length))
    return Forecast(ensemble=baselines.predictive_counts(record, period.length))
