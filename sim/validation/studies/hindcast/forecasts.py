"""What the model and the baselines say to each question, and how each fared."""

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
    """An answer given in advance: a chance of yes, or an ensemble of numbers.

    Attributes:
        chance: of yes, above 0 and below 1.
        ensemble: what a number may come to, (member,).
        sampling_interval: best figure and 95 % interval for so few worlds: of the share of yes, or of the
            median.
        worlds: in how many the question arose; 0 for a baseline.
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
    """A question with what was said to it.

    Attributes:
        question, mapping: what was asked, and how it is answered; no mapping where none is given.
        forecasts: by forecaster, as far as each has something to say.
    """

    question: Question
    mapping: QuestionMapping | None
    forecasts: dict[Forecaster, Forecast]

    @property
    def model_forecast(self) -> Forecast | None:
        """What the model says; None where it cannot express the question."""
        return self.forecasts.get("model")

    @property
    def counts_towards_skill(self) -> bool:
        """Whether it counts towards skill: answered by the model, decided, and not put in."""
        assumed = self.mapping is not None and bool(self.mapping.assumed)
        return self.is_met is not None and not assumed

    @cached_property
    def is_met(self) -> bool | None:
        """Whether what happened was given an even chance, or lies in the 90 % interval."""
        outcome = self.question.outcome
        if self.model_forecast is None or outcome is None:
            return None
        if (
            self.model_forecast.chance is not None
        ):  # where the question arises nowhere, neither is there
            return abs(self.model_forecast.chance - outcome) <= 0.5
        return self.model_forecast.covers(0.9, outcome)

    @property
    def is_behind_baselines(self) -> bool:
        """Whether it counts, and both baselines scored better."""
        outcome, kind = self.question.outcome, "brier" if self.question.is_yes_or_no else "crps"
        if not self.counts_towards_skill or outcome is None:
            return False
        scores = [self.forecasts[who].score(kind, outcome) for who in self.forecasts]
        ours, *theirs = (score for score in scores if score is not None)
        return len(theirs) == 2 and max(theirs) < ours


def forecast_question(
    question: Question, mapping: QuestionMapping | None, histories: HistoryCache
) -> ScoredQuestion:
    """Have a question answered by the model and both baselines."""
    if mapping is None:
        return ScoredQuestion(question, None, {})
    asked = find_window(
        question.info_date, question.resolve_by, histories.load_scenario(mapping.scenario).start
    )
    forecasts: dict[Forecaster, Forecast] = {}
    if mapping.reads:
        forecasts["model"] = _model_forecast(question, mapping, histories)
    if mapping.persistence:
        forecasts["persistence"] = _baseline_forecast(question, mapping.persistence, asked)
    if mapping.base_rate:
        forecasts["base_rate"] = _baseline_forecast(question, mapping.base_rate, asked)
    return ScoredQuestion(question, mapping, forecasts)


def months_needed(question: Question, mapping: QuestionMapping, histories: HistoryCache) -> int:
    """Return how many months have to be lived to answer a question."""
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
    found = []
    for reading in mapping.measurement_specs:
        months = _reading_window(question, reading, histories, mapping)
        if reading.worlds:
            history = histories.history(mapping.scenario, months.last)
        else:
            history = histories.longest_history(mapping.scenario)
        found.append(measure_history(reading, history, months))
    if len(found) == 1:
        return found[0]
    above, below = found
    nothing = np.full_like(above, np.nan)
    return np.divide(above, below, out=nothing, where=below != 0)


def _thin_counts(amounts: Vector, chance: float) -> Vector:
    """Return how many of so many events are meant, each with that chance; 19 members to a world.

    They stand at even quantiles of the binomial distribution, so that no luck is needed.
    """
    from scipy.stats import binom  # noqa: PLC0415  takes a while to load

    shares = (np.arange(19) + 0.5) / 19
    return np.asarray(binom.ppf(shares[:, None], amounts, chance), dtype=float).ravel()


def _median_interval(ensemble: Vector, worlds: int) -> Interval:
    """Return the median with its 95 % interval: the members half a normal quantile of ranks off.

    The number of members below the true median is binomial (Thompson 1936, Annals of Mathematical
    Statistics 7:122).
    """
    half = 1.96 * 0.5 / np.sqrt(worlds)
    found = ensemble_quantiles(ensemble, [0.5, max(0.5 - half, 0.0), min(0.5 + half, 1.0)])
    return Interval(*map(float, found))


def _baseline_forecast(question: Question, record: HistoricalRecord, period: Window) -> Forecast:
    if question.is_yes_or_no:
        return Forecast(chance=baselines.predictive_chance(record, period.length))
    if question.kind == "date":
        return Forecast(ensemble=baselines.predictive_waits(record, period.length))
    return Forecast(ensemble=baselines.predictive_counts(record, period.length))
