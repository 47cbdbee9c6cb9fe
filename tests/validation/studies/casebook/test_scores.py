"""Scores on cases worked out by hand, and what shuffled answers must do to them."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics import cluster_scores
from sim.statistics.cluster_scores import (
    bootstrap_mean,
    bootstrap_rank_accuracy,
    brier_scores,
    log_scores,
    placebo_share,
    rank_accuracy,
    resample_crises,
)
from sim.validation.studies.casebook.baselines import (
    BASE_RATE,
    CONSTANT_CHANCES,
    RECALIBRATED,
    REGRESSION,
    base_rate_forecast,
    baseline_forecasts,
    regression_forecast,
)

HALF = st.floats(0.001, 0.999)


def skilled(answers: int = 120) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return chances, outcomes drawn by them, and crises of four answers."""
    luck = np.random.default_rng(5)
    chances = luck.uniform(0.05, 0.95, answers)
    outcomes = (luck.uniform(size=answers) < chances).astype(float)
    return chances, outcomes, np.arange(answers) // 4


# -- by hand ----------------------------------------------------------------------------------


def test_brier_and_logarithmic_scores_by_hand() -> None:
    chances, outcomes = np.array([0.8, 0.8, 0.5]), np.array([1.0, 0.0, 1.0])
    assert brier_scores(chances, outcomes) == pytest.approx([0.04, 0.64, 0.25])
    assert log_scores(chances, outcomes) == pytest.approx([-log(0.8), -log(0.2), -log(0.5)])


def test_pairs_ranked_right_by_hand() -> None:
    outcomes = np.array([1.0, 1.0, 0.0, 0.0])
    assert rank_accuracy(np.array([0.9, 0.4, 0.5, 0.4]), outcomes) == (2 + 0 + 0.5) / 4
    assert np.isnan(rank_accuracy(np.array([0.9, 0.4]), np.array([1.0, 1.0])))


@given(HALF, st.floats(-0.4, 0.4))
def test_nobody_gains_by_saying_other_than_the_chance(chance: float, off: float) -> None:
    said = np.clip(chance + off, 0.001, 0.999)
    for score in (brier_scores, log_scores):
        mean = {
            claim: chance * score(np.array([claim]), np.array([1.0]))[0]
            + (1 - chance) * score(np.array([claim]), np.array([0.0]))[0]
            for claim in (chance, said)
        }
        assert mean[chance] <= mean[said] + 1e-12


def test_the_interval_is_of_crises_not_of_answers() -> None:
    values = np.repeat([0.0, 1.0], 50)
    together, apart = np.repeat([0, 1], 50), np.arange(100)
    wide, narrow = bootstrap_mean(values, together), bootstrap_mean(values, apart)
    assert wide.value == narrow.value == 0.5
    assert (wide.low, wide.high) == (0, 1)
    assert narrow.high - narrow.low < 0.25


def test_a_crisis_counts_by_its_answers() -> None:
    values, groups = np.array([1.0, 0.0, 0.0, 0.0]), np.array([0, 1, 1, 1])
    assert bootstrap_mean(values, groups).value == 0.25


def test_resamples_are_as_many_crises_as_there_are_and_the_same_each_time() -> None:
    assert (resample_crises(7).sum(axis=1) == 7).all()
    assert (resample_crises(7) == resample_crises(7)).all()


def test_the_interval_of_ranks_holds_the_share() -> None:
    ranked = bootstrap_rank_accuracy(*skilled())
    assert 0.5 < ranked.low < ranked.value < ranked.high <= 1


# -- placebo ----------------------------------------------------------------------------------


def test_luck_hardly_ever_forecasts_as_well_as_skill() -> None:
    chances, outcomes, _ = skilled()
    assert placebo_share(chances, outcomes) < 0.001


def test_shuffled_answers_show_no_skill(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_scores, "CRISIS_RESAMPLES", 200)
    chances, outcomes, groups = skilled()
    luck, as_good, gained = np.random.default_rng(1), [], []
    for _ in range(60):
        shuffled = luck.permutation(outcomes)
        as_good.append(placebo_share(chances, shuffled))
        usual = base_rate_forecast(shuffled, groups)
        gained.append((brier_scores(usual, shuffled) - brier_scores(chances, shuffled)).mean())
    assert 0.35 < np.mean(as_good) < 0.65
    assert max(gained) < 0


def test_a_regression_learns_nothing_from_shuffled_answers() -> None:
    chances, outcomes, groups = skilled()
    shuffled = np.random.default_rng(2).permutation(outcomes)
    learnt, blind = (
        regression_forecast(chances[:, None], it, groups) for it in (outcomes, shuffled)
    )
    usual = base_rate_forecast(outcomes, groups)
    assert brier_scores(learnt, outcomes).mean() < brier_scores(usual, outcomes).mean() - 0.02
    assert brier_scores(blind, shuffled).mean() > brier_scores(usual, shuffled).mean() - 0.005


# -- rivals -----------------------------------------------------------------------------------


def test_the_constants_are_those_of_the_literature() -> None:
    assert sorted(CONSTANT_CHANCES.values()) == [0.22, 0.5, 0.745]


def test_every_rival_answers_every_question() -> None:
    chances, outcomes, groups = skilled()
    found = baseline_forecasts(chances, np.column_stack([chances, chances**2]), outcomes, groups)
    assert [*found] == [*CONSTANT_CHANCES, BASE_RATE, REGRESSION, RECALIBRATED]
    for forecast in found.values():
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
    found = baseline_forecasts(low, chances[:, None], outcomes, groups)[RECALIBRATED]
    assert brier_scores(found, outcomes).mean() < brier_scores(low, outcomes).mean()
    assert rank_accuracy(found, outcomes) == pytest.approx(rank_accuracy(low, outcomes), abs=0.05)
