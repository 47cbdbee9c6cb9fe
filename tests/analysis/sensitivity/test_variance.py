from __future__ import annotations

from math import isnan, sqrt

import numpy as np
import pytest

from sim.analysis.sensitivity.variance import split_variance

RNG = np.random.default_rng


def drawn(share: float, draws: int, streams: int, seed: int) -> np.ndarray:
    """Return values of which assumptions account for a share of the variance."""
    generator = RNG(seed)
    return sqrt(share) * generator.normal(size=(draws, 1)) + sqrt(1 - share) * generator.normal(
        size=(draws, streams)
    )


@pytest.mark.parametrize("share", [0.05, 0.3, 0.8])
def test_the_share_of_assumptions_is_found(share: float) -> None:
    split = split_variance(drawn(share, 5000, 4, 1))
    assert split.parameter_share.value == pytest.approx(share, abs=0.03)
    assert split.parameter_share.low < share < split.parameter_share.high


def test_all_chance_and_no_chance() -> None:
    assert split_variance(RNG(2).normal(size=(2000, 4))).parameter_share.value < 0.03
    assert split_variance(np.repeat(RNG(3).normal(size=(50, 1)), 4, axis=1)).parameter_share == (
        1,
        1,
        1,
    )


def test_the_two_add_up() -> None:
    split = split_variance(drawn(0.4, 100, 4, 5))
    assert split.draw_share.value == pytest.approx(1 - split.parameter_share.value)
    assert split.draw_share.low == pytest.approx(1 - split.parameter_share.high)


def test_what_never_differs_has_no_spread_to_split() -> None:
    split = split_variance(np.ones((20, 4)))
    assert isnan(split.parameter_share.value)
    assert split.differing_worlds == 0


def test_what_hardly_ever_happens_is_not_split() -> None:
    values = np.zeros((250, 4))
    values.flat[:19] = 1
    split = split_variance(values)
    assert isnan(split.parameter_share.value)
    assert split.differing_worlds == 19
    values.flat[19] = 1
    assert not isnan(split_variance(values).parameter_share.value)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = drawn(0.4, 100, 4, 6)
    assert split_variance(values, 3) == split_variance(values, 3)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(share: float) -> None:
    split = [split_variance(drawn(share, 250, 4, seed)).parameter_share for seed in range(300)]
    covered = np.mean([low <= share <= high for _, low, high in split])
    assert 0.90 <= covered <= 0.99
