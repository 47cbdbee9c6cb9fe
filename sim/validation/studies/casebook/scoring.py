"""Scores the rule's forecasts of one question over all answers, beside its baselines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.statistics.arrays import ClusterIndices
from sim.statistics.bootstrap import Resampling, bootstrap_mean, bootstrap_rank_accuracy
from sim.statistics.intervals import Interval
from sim.statistics.placebo import share_as_good
from sim.statistics.scores import brier, log_score
from sim.validation.studies.casebook.baselines import baseline_forecasts
from sim.validation.studies.casebook.features import ally_features
from sim.validation.studies.casebook.simulated import SimulatedAnswer

QUESTION_MIN_LEVELS = {"any aid": 1, "open war": 3}
"""The questions about every ally, and the lowest level of aid that counts as yes."""
SCORE_FUNCTIONS = {"Brier": brier, "log": log_score}
_SEED, _REPLICATES = 18160101, 2000
_CRISIS_RESAMPLING = Resampling(_SEED, _REPLICATES)


@dataclass(frozen=True)
class ForecastEvaluation:
    """The forecasts of one question, and what happened.

    Attributes:
        question: one of `QUESTION_MIN_LEVELS`.
        chances: the rule's chances, (answer,).
        outcomes: 1 where it happened, (answer,).
        crises: crises, (answer,).
        baselines: the chances of each baseline, (answer,), by name.
    """

    question: str
    chances: Vector
    outcomes: Vector
    crises: ClusterIndices
    baselines: dict[str, Vector] = field(repr=False)

    def improvement_over(self, baseline: str, score: str = "Brier") -> Interval:
        """Return how much better (above 0) the rule's mean score is than a baseline's."""
        measure = SCORE_FUNCTIONS[score]
        baseline_scores = measure(self.baselines[baseline], self.outcomes)
        return bootstrap_mean(
            baseline_scores - measure(self.chances, self.outcomes), self.crises, _CRISIS_RESAMPLING
        )

    def mean_score(self, score: str, baseline: str = "") -> float:
        """Return the mean score of a baseline, or of the rule."""
        chances = self.baselines[baseline] if baseline else self.chances
        return float(SCORE_FUNCTIONS[score](chances, self.outcomes).mean())

    def of_baseline(self, baseline: str) -> ForecastEvaluation:
        """Return the evaluation of a baseline in place of the rule."""
        return replace(self, chances=self.baselines[baseline])

    def where(self, mask: Mask) -> ForecastEvaluation:
        """Return the evaluation of some of the answers, (answer,); baselines stay as they were."""
        return replace(
            self,
            chances=self.chances[mask],
            outcomes=self.outcomes[mask],
            crises=np.unique(self.crises[mask], return_inverse=True)[1],
            baselines={name: chances[mask] for name, chances in self.baselines.items()},
        )

    @cached_property
    def observed_share(self) -> Interval:
        """The share of yes, with an interval by crisis."""
        return bootstrap_mean(self.outcomes, self.crises, _CRISIS_RESAMPLING)

    @cached_property
    def rank_accuracy(self) -> Interval:
        """How often a yes was given a higher chance than a no."""
        return bootstrap_rank_accuracy(self.chances, self.outcomes, self.crises, _CRISIS_RESAMPLING)

    @cached_property
    def placebo(self) -> float:
        """The share of shuffles that the rule forecasts at least as well as the actual answers."""
        return share_as_good(self.chances, self.outcomes, _REPLICATES, _SEED)


def evaluate_question(simulated: Sequence[SimulatedAnswer], question: str) -> ForecastEvaluation:
    """Evaluate one question over all answers.

    Raises:
        RequestError: what the regression needs is not installed.
    """
    least = QUESTION_MIN_LEVELS[question]
    chances, outcomes = forecast_chances(simulated, least), observed_outcomes(simulated, least)
    groups = _crisis_indices(simulated)
    table = np.array([ally_features(ally.case, ally.answer) for ally in simulated])
    return ForecastEvaluation(
        question, chances, outcomes, groups, baseline_forecasts(chances, table, outcomes, groups)
    )


def forecast_chances(simulated: Sequence[SimulatedAnswer], min_level: int) -> Vector:
    """Return the rule's chance of aid of at least `min_level` by each ally, (answer,)."""
    return np.array([ally.forecast(min_level) for ally in simulated])


def observed_outcomes(simulated: Sequence[SimulatedAnswer], min_level: int) -> Vector:
    """Return 1 where the ally's aid reached `min_level`, (answer,)."""
    return np.array([float(ally.answer.answer >= min_level) for ally in simulated])


def _crisis_indices(simulated: Sequence[SimulatedAnswer]) -> ClusterIndices:
    """Return the crisis of each answer, (answer,), counted from 0."""
    names = [ally.answer.crisis for ally in simulated]
    return np.unique(names, return_inverse=True)[1]
