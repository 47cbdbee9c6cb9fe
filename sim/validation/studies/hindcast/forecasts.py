"""What the model and the baselines say to each question, and how each fared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from sim.model.arrays import Vector
from sim.statistics.intervals import Interval, wilson
from sim.statistics.scores import (
    brier,
    covered,
    crps,
    interval,
    jeffreys,
    log_crps,
    log_score,
    quantiles,
)
from sim.validation.studies.hindcast import baselines
from sim.validation.studies.hindcast.mapping import Mapping, Reading, Record
from sim.validation.studies.hindcast.measurement import read, says_yes
from sim.validation.studies.hindcast.questions import Question
from sim.validation.studies.hindcast.simulated import Histories
from sim.validation.studies.hindcast.windows import Window, window

Forecaster = Literal["model", "persistence", "base_rate"]
FORECASTERS: tuple[Forecaster, ...] = ("model", "persistence", "base_rate")


@dataclass(frozen=True)
class Forecast:
    """An answer given in advance: a chance of yes, or an ensemble of numbers.

    Attributes:
        chance: of yes, above 0 and below 1.
        ensemble: what a number may come to, (member,).
        around: best figure and 95 % interval for so few worlds: of the share of yes, or of the
            median.
        worlds: in how many the question arose; 0 for a baseline.
    """

    chance: float | None = None
    ensemble: Vector | None = None
    around: Interval | None = None
    worlds: int = 0

    def score(self, kind: str, outcome: float) -> float | None:
        """Return a score by name: brier, log, crps or log_crps; None where it does not apply."""
        if self.chance is not None and kind in ("brier", "log"):
            return (brier if kind == "brier" else log_score)(self.chance, outcome)
        if self.ensemble is not None and kind in ("crps", "log_crps"):
            return (crps if kind == "crps" else log_crps)(self.ensemble, outcome)
        return None

    def covers(self, share: float, outcome: float) -> bool | None:
        """Whether the central interval of this share holds the outcome; None for a chance."""
        return None if self.ensemble is None else covered(self.ensemble, share, outcome)

    def interval(self, share: float) -> tuple[float, float] | None:
        """Return the central interval of this share; None for a chance."""
        return None if self.ensemble is None else interval(self.ensemble, share)


@dataclass(frozen=True)
class Answered:
    """A question with what was said to it.

    Attributes:
        question, mapping: what was asked, and how it is answered; no mapping where none is given.
        forecasts: by forecaster, as far as each has something to say.
    """

    question: Question
    mapping: Mapping | None
    forecasts: dict[Forecaster, Forecast]

    @property
    def model(self) -> Forecast | None:
        """What the model says; None where it cannot express the question."""
        return self.forecasts.get("model")

    @property
    def counts(self) -> bool:
        """Whether it counts towards skill: answered by the model, decided, and not put in."""
        assumed = self.mapping is not None and bool(self.mapping.assumed)
        return self.met is not None and not assumed

    @cached_property
    def met(self) -> bool | None:
        """Whether what happened was given an even chance, or lies in the 90 % interval."""
        outcome = self.question.outcome
        if self.model is None or outcome is None:
            return None
        if self.model.chance is not None:  # where the question arises nowhere, neither is there
            return abs(self.model.chance - outcome) <= 0.5
        return self.model.covers(0.9, outcome)

    @property
    def behind(self) -> bool:
        """Whether it counts, and both baselines scored better."""
        outcome, kind = self.question.outcome, "brier" if self.question.yes_or_no else "crps"
        if not self.counts or outcome is None:
            return False
        scores = [self.forecasts[who].score(kind, outcome) for who in self.forecasts]
        ours, *theirs = (score for score in scores if score is not None)
        return len(theirs) == 2 and max(theirs) < ours


def answer(question: Question, mapping: Mapping | None, histories: Histories) -> Answered:
    """Have a question answered by the model and both baselines."""
    if mapping is None:
        return Answered(question, None, {})
    asked = window(question.asked, question.due, histories.scenario(mapping.scenario).start)
    forecasts: dict[Forecaster, Forecast] = {}
    if mapping.reads:
        forecasts["model"] = _model(question, mapping, histories)
    if mapping.persistence:
        forecasts["persistence"] = _baseline(question, mapping.persistence, asked)
    if mapping.base_rate:
        forecasts["base_rate"] = _baseline(question, mapping.base_rate, asked)
    return Answered(question, mapping, forecasts)


def months_needed(question: Question, mapping: Mapping, histories: Histories) -> int:
    """Return how many months have to be lived to answer a question."""
    scenario = histories.scenario(mapping.scenario)
    last = [_window(question, reading, histories, mapping).last for reading in mapping.readings]
    after = any(reading.after for reading in mapping.readings)
    return max([1, *last, scenario.months if after else 1])


def _window(question: Question, reading: Reading, histories: Histories, mapping: Mapping) -> Window:
    start = histories.scenario(mapping.scenario).start
    return window(reading.since or question.asked, reading.until or question.due, start)


def _model(question: Question, mapping: Mapping, histories: Histories) -> Forecast:
    amounts = mapping.factor * _amounts(question, mapping, histories)
    amounts = amounts[~np.isnan(amounts)]
    if not len(amounts):
        return Forecast()
    if question.yes_or_no:
        yes, worlds = int(says_yes(mapping, amounts).sum()), len(amounts)
        share = Interval(*(mapping.chance * part for part in wilson(yes, worlds)))
        return Forecast(mapping.chance * jeffreys(yes, worlds), None, share, worlds)
    ensemble = amounts if mapping.chance == 1 else _thinned(amounts, mapping.chance)
    return Forecast(None, ensemble, _median(ensemble, len(amounts)), len(amounts))


def _amounts(question: Question, mapping: Mapping, histories: Histories) -> Vector:
    found = []
    for reading in mapping.readings:
        months = _window(question, reading, histories, mapping)
        if reading.worlds:
            history = histories.lived(mapping.scenario, months.last)
        else:
            history = histories.longest(mapping.scenario)
        found.append(read(reading, history, months))
    if len(found) == 1:
        return found[0]
    above, below = found
    nothing = np.full_like(above, np.nan)
    return np.divide(above, below, out=nothing, where=below != 0)


def _thinned(amounts: Vector, chance: float) -> Vector:
    """Return how many of so many events are meant, each with that chance; 19 members to a world.

    They stand at even quantiles of the binomial distribution, so that no luck is needed.
    """
    from scipy.stats import binom  # noqa: PLC0415  takes a while to load

    shares = (np.arange(19) + 0.5) / 19
    return np.asarray(binom.ppf(shares[:, None], amounts, chance), dtype=float).ravel()


def _median(ensemble: Vector, worlds: int) -> Interval:
    """Return the median with its 95 % interval: the members half a normal quantile of ranks off.

    The number of members below the true median is binomial (Thompson 1936, Annals of Mathematical
    Statistics 7:122).
    """
    half = 1.96 * 0.5 / np.sqrt(worlds)
    found = quantiles(ensemble, [0.5, max(0.5 - half, 0.0), min(0.5 + half, 1.0)])
    return Interval(*map(float, found))


def _baseline(question: Question, record: Record, asked: Window) -> Forecast:
    if question.yes_or_no:
        return Forecast(chance=baselines.chance(record, asked.length))
    if question.kind == "date":
        return Forecast(ensemble=baselines.waits(record, asked.length))
    return Forecast(ensemble=baselines.counts(record, asked.length))
