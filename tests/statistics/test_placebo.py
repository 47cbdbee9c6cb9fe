"""Placebo tests: that shuffled outcomes leave no skill."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.placebo import run_placebo_test, share_as_good, shuffle_outcomes

CHANCES = st.lists(st.floats(0, 1), min_size=4, max_size=15)


def skilled(count: int = 120) -> tuple[np.ndarray, np.ndarray]:
    """Return chances, and outcomes drawn by them."""
    generator = np.random.default_rng(5)
    chances = generator.uniform(0.05, 0.95, count)
    return chances, (generator.uniform(size=count) < chances).astype(float)


def test_a_shuffle_has_the_same_outcomes_in_another_order() -> None:
    shuffled = shuffle_outcomes(np.array([1.0, 1.0, 0.0, 0.0, 0.0]), 50, seed=1)
    assert (shuffled.sum(axis=1) == 2).all()
    assert len({tuple(row) for row in shuffled.tolist()}) > 5


@given(CHANCES, st.randoms(use_true_random=False))
def test_no_chances_beat_the_share_of_yes_on_shuffled_outcomes(
    chances: list[float], random: object
) -> None:
    outcomes = [float(random.random() < 0.4) for _ in chances]  # type: ignore[attr-defined]
    if 0 < sum(outcomes) < len(outcomes):
        assert run_placebo_test(chances, outcomes).shuffled_skill <= 0.05


def test_a_forecaster_who_knows_the_outcomes_loses_all_skill_when_they_are_shuffled() -> None:
    outcomes = [1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0]
    chances = [0.9 if outcome else 0.1 for outcome in outcomes]
    test = run_placebo_test(chances, outcomes)
    assert test.actual_skill == pytest.approx(1 - 0.01 / 0.24)
    assert test.shuffled_skill < 0
    assert test.share_as_good < 0.02  # of 210 orders hardly any is as good


def test_against_another_forecaster_shuffling_leaves_no_skill_either() -> None:
    outcomes = [1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0]
    informed = [0.8 if outcome else 0.2 for outcome in outcomes]
    test = run_placebo_test(informed, outcomes, [0.4] * 8)
    assert test.actual_skill > 0.8
    assert test.shuffled_skill < 0


def test_chance_hardly_ever_forecasts_as_well_as_skill() -> None:
    assert share_as_good(*skilled(), shuffles=2000, seed=1) < 0.001


def test_chances_without_skill_rank_anywhere_among_the_shuffles() -> None:
    chances, outcomes = skilled()
    generator = np.random.default_rng(1)
    shares = [
        share_as_good(chances, generator.permutation(outcomes), shuffles=200, seed=1)
        for _ in range(60)
    ]
    assert 0.35 < np.mean(shares) < 0.65
