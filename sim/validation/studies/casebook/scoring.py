"""The rule's forecasts of one question put to all answers, beside those of its rivals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from sim.model.arrays import Vector
from sim.statistics.arrays import ClusterIndices
from sim.statistics.bootstrap import Resampling, bootstrap_mean, bootstrap_rank_accuracy
from sim.statistics.intervals import Interval
from sim.statistics.placebo import share_as_good
from sim.statistics.scores import brier, log_score
from sim.validation.studies.casebook.baselines import baseline_forecasts
from sim.validation.studies.casebook.features import ally_features
from sim.validation.studies.casebook.simulated import SimulatedCase

QUESTION_MIN_LEVELS = {"came at all": 1, "open war": 3}
"""What is asked of every ally, and the least it has to have done."""
SCORE_FUNCTIONS = {"Brier": brier, "log": log_score}
_SEED, _REPLICATES = 18160101, 2000
_CRISIS_RESAMPLING = Resampling(_SEED, _REPLICATES)


@dataclass(frozen=True)
class ForecastEvaluation:
    """One question.

    Attributes:
        question: one of `QUESTION_MIN_LEVELS`.
        chances: the rule's, (answer,).
        outcomes: 1 where it happened, (answer,).
        crises: crises, (answer,).
        baselines: the chances others give, (answer,), by name.
    """

    question: str
    chances: Vector
    outcomes: Vector
    crises: ClusterIndices
    baselines: dict[str, Vector] = field(repr=False)

    def improvement_over(self, baseline: str, score: str = "Brier") -> Interval:
        """Return by how much the rule's mean score is better (above 0) than a rival's."""
        measure = SCORE_FUNCTIONS[score]
        other = measure(self.baselines[baseline], self.outcomes)
        return bootstrap_mean(
            other - measure(self.chances, self.outcomes), self.crises, _CRISIS_RESAMPLING
        )

    def mean_score(self, score: str, baseline: str = "") -> float:
        """Return a mean score of a rival, or of the rule."""
        chances = self.baselines[baseline] if baseline else self.chances
        return float(SCORE_FUNCTIONS[score](chances, self.outcomes).mean())

    @cached_property
    def observed_share(self) -> Interval:
        """The share of allies that did it, by crisis."""
        return bootstrap_mean(self.outcomes, self.crises, _CRISIS_RESAMPLING)

    @cached_property
    def rank_accuracy(self) -> Interval:
        """How often one that did it was given a higher chance than one that did not."""
        return bootstrap_rank_accuracy(self.chances, self.outcomes, self.crises, _CRISIS_RESAMPLING)

    @cached_property
    def placebo(self) -> float:
        """The share of shuffled answers that the rule forecasts as well as the true ones."""
        return share_as_good(self.chances, self.outcomes, _REPLICATES, _SEED)


def evaluate_question(simulated: Sequence[SimulatedCase], question: str) -> ForecastEvaluation:
    """Put one question to every answer.

    Raises:
        RequestError: what the regression needs is not installed.
    """
    least = QUESTION_MIN_LEVELS[question]
    chances, outcomes = forecast_chances(simulated, least), observed_outcomes(simulated, least)
    groups = _crisis_indices(simulated)
    table = np.array([ally_features(each.case, each.answer) for each in simulated])
    return ForecastEvaluation(
        question, chances, outcomes, groups, baseline_forecasts(chances, table, outcomes, groups)
    )


def forecast_chances(simulated: Sequence[SimulatedCase], min_level: int) -> Vector:
    """Return the rule's chance that each ally goes as far as `min_level`, (answer,)."""
    return np.array([each.forecast(min_level) for each in simulated])


def observed_outcomes(simulated: Sequence[SimulatedCase], min_level: int) -> Vector:
    """Return 1 where the ally went as far as `min_level`, (answer,)."""
    return np.array([float(each.answer.answer >= min_level) for each in simulated])


def _crisis_indices(simulated: Sequence[SimulatedCase]) -> ClusterIndices:
    """Return to which crisis each answer belongs, (answer,), counted from 0."""
    names = [each.answer.crisis for each in simulated]
    return np.unique(names, return_inverse=True)[1]
