"""What the rule is compared with: constants, base rates and regressions on other crises."""

from __future__ import annotations

import numpy as np
import pytest

from sim.statistics.scores import brier, rank_accuracy
from sim.validation.base_rates import base_rate_forecast
from sim.validation.studies.casebook.baselines import (
    BASE_RATE,
    CONSTANT_CHANCES,
    RECALIBRATED,
    REGRESSION,
    baseline_forecasts,
    regression_forecast,
)


def skilled(answers: int = 120) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return chances, outcomes drawn by them, and crises of four answers."""
    generator = np.random.default_rng(5)
    chances = generator.uniform(0.05, 0.95, answers)
    outcomes = (generator.uniform(size=answers) < chances).astype(float)
    return chances, outcomes, np.arange(answers) // 4


def test_a_regression_learns_nothing_from_shuffled_answers() -> None:
    chances, outcomes, groups = skilled()
    shuffled = np.random.default_rng(2).permutation(outcomes)
    learnt, blind = (
        regression_forecast(chances[:, None], it, groups) for it in (outcomes, shuffled)
    )
    base_rate = base_rate_forecast(outcomes, groups)
    assert brier(learnt, outcomes).mean() < brier(base_rate, outcomes).mean() - 0.02
    assert brier(blind, shuffled).mean() > brier(base_rate, shuffled).mean() - 0.005


def test_chances_with_skill_have_none_on_shuffled_answers() -> None:
    chances, outcomes, groups = skilled()
    generator = np.random.default_rng(1)
    for _ in range(60):
        shuffled = generator.permutation(outcomes)
        base_rate = base_rate_forecast(shuffled, groups)
        assert brier(base_rate, shuffled).mean() < brier(chances, shuffled).mean()


# -- baselines --------------------------------------------------------------------------------


def test_the_constants_are_those_of_the_literature() -> None:
    assert sorted(CONSTANT_CHANCES.values()) == [0.22, 0.5, 0.745]


def test_every_baseline_answers_every_question() -> None:
    chances, outcomes, groups = skilled()
    forecasts = baseline_forecasts(
        chances, np.column_stack([chances, chances**2]), outcomes, groups
    )
    assert [*forecasts] == [*CONSTANT_CHANCES, BASE_RATE, REGRESSION, RECALIBRATED]
    for forecast in forecasts.values():
        assert forecast.shape == outcomes.shape
        assert ((forecast > 0) & (forecast < 1)).all()


def test_the_base_rate_by_hand() -> None:
    outcomes, groups = np.array([1.0, 1.0, 0.0]), np.array([0, 0, 1])
    assert base_rate_forecast(outcomes, groups) == pytest.approx([0.5 / 2, 0.5 / 2, 2.5 / 3])


@pytest.mark.parametrize("fitted", ["base rate", "regression"])
def test_nothing_is_fitted_on_the_crisis_it_forecasts(fitted: str) -> None:
    chances, outcomes, groups = skilled()
    other = outcomes.copy()
    other[groups == 3] = 1 - other[groups == 3]

    def forecast(answers: np.ndarray) -> np.ndarray:
        if fitted == "base rate":
            return base_rate_forecast(answers, groups)
        return regression_forecast(chances[:, None], answers, groups)

    before, after = forecast(outcomes), forecast(other)
    assert before[groups == 3] == pytest.approx(after[groups == 3])
    assert not np.allclose(before[groups != 3], after[groups != 3])


def test_where_there_is_nothing_to_fit_the_regression_says_the_base_rate() -> None:
    chances, outcomes, groups = skilled()
    for answers, crises in ((outcomes, 0 * groups), (0 * outcomes, groups)):
        assert (
            regression_forecast(chances[:, None], answers, crises)
            == base_rate_forecast(answers, crises)
        ).all()


def test_recalibrating_mends_the_level_and_keeps_the_order() -> None:
    chances, outcomes, groups = skilled()
    low = chances**3
    recalibrated = baseline_forecasts(low, chances[:, None], outcomes, groups)[RECALIBRATED]
    assert brier(recalibrated, outcomes).mean() < brier(low, outcomes).mean()
    assert rank_accuracy(recalibrated, outcomes) == pytest.approx(
        rank_accuracy(low, outcomes), abs=0.05
    )
