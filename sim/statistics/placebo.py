"""Placebo tests: forecasts scored against shuffled outcomes, where no skill can be real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.statistics.arrays import Vector
from sim.statistics.scores import brier, skill_score

_PLACEBO_SEED = 20240619
_SHUFFLES = 4000
_TOLERANCE = 1e-12


@dataclass(frozen=True)
class PlaceboTest:
    """Skill where the outcomes were shuffled among the questions: there should be none.

    Attributes:
        shuffled_skill: 1 minus the ratio of mean Brier scores over all shuffles.
        actual_skill: the same with the outcomes as they are.
        share_as_good: share of shuffles in which the forecaster has at least the actual skill.
    """

    shuffled_skill: float
    actual_skill: float
    share_as_good: float


def run_placebo_test(
    chances: Sequence[float], outcomes: Sequence[float], reference: Sequence[float] | None = None
) -> PlaceboTest:
    """Return the skill of a forecaster's chances against shuffled outcomes.

    The reference is another forecaster's chances. Without one it is the observed share of yes,
    given to every question: its score is the same in every shuffle, so no chances can beat it on
    average over all shuffles.
    """
    observed = np.array(outcomes, dtype=float)
    constant = np.full_like(observed, observed.mean())
    model, other = np.array(chances), constant if reference is None else np.array(reference)
    shuffled = shuffle_outcomes(observed, _SHUFFLES, _PLACEBO_SEED)
    model_scores, other_scores = (
        brier(forecasts, shuffled).mean(axis=1) for forecasts in (model, other)
    )
    actual = skill_score(float(brier(model, observed).mean()), float(brier(other, observed).mean()))
    as_good = sum(
        skill_score(*scores) >= actual - _TOLERANCE
        for scores in zip(model_scores.tolist(), other_scores.tolist(), strict=True)
    )
    return PlaceboTest(
        skill_score(float(model_scores.mean()), float(other_scores.mean())),
        actual,
        (1 + as_good) / (1 + _SHUFFLES),
    )


def share_as_good(chances: Vector, outcomes: Vector, shuffles: int, seed: int) -> float:
    """Return the share of shuffles in which these chances have at least as good a Brier score.

    Chances without skill rank anywhere among the shuffles, so the share is uniform over 0 to 1.
    """
    shuffled = shuffle_outcomes(outcomes, shuffles, seed)
    actual = brier(chances, outcomes).mean()
    return float((brier(chances, shuffled).mean(axis=1) <= actual).mean())


def shuffle_outcomes(outcomes: Vector, shuffles: int, seed: int) -> Vector:
    """Return the outcomes in random orders, (shuffle, question)."""
    generator = np.random.default_rng(seed)
    return generator.permuted(np.tile(outcomes, (shuffles, 1)), axis=1)
