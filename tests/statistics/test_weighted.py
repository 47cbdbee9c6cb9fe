from __future__ import annotations

from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import WLS

from sim.statistics.intervals import student_interval, wilson_interval
from sim.statistics.paired import unpaired_share_difference
from sim.statistics.weighted import (
    difference_from_all,
    effective_sample_size,
    shift_error,
    t_quantile,
    weighted_estimate,
)

GENERATOR = np.random.default_rng(5)
AMOUNTS = GENERATOR.normal(3, 2, 60)
EVENTS = AMOUNTS > 4
WEIGHTS = GENERATOR.random(60)
FILTER = (AMOUNTS < 5).astype(float)


def test_the_effective_sample_size_is_that_of_kish() -> None:
    assert effective_sample_size(np.ones(7)) == 7
    assert effective_sample_size(np.array([0.0, 3.0, 3.0])) == 2
    assert effective_sample_size(np.array([1.0, 2.0])) == pytest.approx(9 / 5)
    assert effective_sample_size(np.zeros(3)) == 0


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=30))
def test_no_sample_is_worth_more_than_its_size(weights: list[float]) -> None:
    assert 1 - 1e-9 <= effective_sample_size(np.array(weights)) <= len(weights) + 1e-9


def test_a_filter_gives_exactly_the_intervals_of_the_worlds_left() -> None:
    left = FILTER > 0
    assert weighted_estimate(AMOUNTS, FILTER) == student_interval(AMOUNTS[left])
    events, worlds = float(EVENTS[left].sum()), float(left.sum())
    assert weighted_estimate(EVENTS, FILTER) == wilson_interval(events, worlds)


def test_whole_weights_that_are_equal_change_nothing() -> None:
    assert weighted_estimate(AMOUNTS, FILTER) == weighted_estimate(AMOUNTS, FILTER / 3)
    assert difference_from_all(EVENTS, FILTER) == difference_from_all(EVENTS, 5 * FILTER)


def test_a_weighted_mean_has_the_error_of_statsmodels_and_the_effective_size() -> None:
    worlds = effective_sample_size(WEIGHTS)
    fit = WLS(AMOUNTS, np.ones(60), weights=WEIGHTS).fit(cov_type="HC0")
    half = fit.bse[0] * sqrt(worlds / (worlds - 1)) * stats.t.ppf(0.975, worlds - 1)
    expected = (fit.params[0], fit.params[0] - half, fit.params[0] + half)
    assert weighted_estimate(AMOUNTS, WEIGHTS) == pytest.approx(expected)


def test_a_weighted_share_has_wilson_s_interval_at_the_smaller_of_two_sizes() -> None:
    share, kish = float(WEIGHTS[EVENTS].sum() / WEIGHTS.sum()), effective_sample_size(WEIGHTS)
    fit = WLS(EVENTS.astype(float), np.ones(60), weights=WEIGHTS).fit(cov_type="HC0")
    implied = share * (1 - share) / fit.bse[0] ** 2
    worlds = min(kish, implied)
    expected = wilson_interval(share * worlds, worlds)
    assert weighted_estimate(EVENTS, WEIGHTS) == pytest.approx(tuple(expected))


def test_a_weighted_share_of_nothing_has_the_effective_size() -> None:
    worlds = effective_sample_size(WEIGHTS)
    assert weighted_estimate(AMOUNTS > 99, WEIGHTS) == wilson_interval(0, worlds)


def test_without_worlds_nothing_is_estimated() -> None:
    for values in (AMOUNTS, EVENTS):
        assert all(map(isnan, weighted_estimate(values, np.zeros(60))))
        assert all(map(isnan, difference_from_all(values, np.zeros(60))))
    assert all(map(isnan, difference_from_all(AMOUNTS[:0], WEIGHTS[:0])))


def test_one_world_has_no_interval() -> None:
    one = np.eye(60)[0]
    assert weighted_estimate(AMOUNTS, one)[0] == AMOUNTS[0]
    assert isnan(weighted_estimate(AMOUNTS, one).low)
    difference = difference_from_all(AMOUNTS, one)
    assert difference.value == pytest.approx(AMOUNTS[0] - AMOUNTS.mean())
    assert isnan(difference.low)


def test_a_difference_is_that_of_the_estimates() -> None:
    for weights in (FILTER, WEIGHTS):
        for values in (AMOUNTS, EVENTS):
            expected = weighted_estimate(values, weights).value - values.mean()
            low, high = difference_from_all(values, weights)[1:]
            assert difference_from_all(values, weights).value == pytest.approx(expected)
            assert low < expected < high


def test_worlds_that_all_count_the_same_do_not_differ() -> None:
    assert difference_from_all(AMOUNTS, np.full(60, 0.3)) == (0, 0, 0)


def test_the_difference_of_a_share_is_newcombe_s_when_nothing_else_is_uncertain() -> None:
    """Where the shares are alike, chance in how many worlds are left moves nothing."""
    events = np.tile([True, False], 100)
    left = np.arange(200) < 50
    newcombe = unpaired_share_difference(wilson_interval(25, 50), wilson_interval(75, 150))
    assert difference_from_all(events, left.astype(float)) == pytest.approx(
        tuple(0.75 * end for end in newcombe)
    )


def test_how_many_worlds_are_left_is_uncertain_too() -> None:
    """Where a filter decides an event, the difference is the share of worlds that it removes."""
    left = np.arange(10_000) < 4000
    removed, low, high = difference_from_all(left, left.astype(float))
    assert removed == pytest.approx(0.6)
    half = 1.96 * sqrt(0.6 * 0.4 / 10_000)
    assert removed - low == pytest.approx(half, rel=0.01)
    assert high - removed == pytest.approx(half, rel=0.01)


def test_an_event_that_no_world_left_has_keeps_an_interval() -> None:
    events = np.arange(1000) < 5
    difference = difference_from_all(events, (np.arange(1000) >= 900).astype(float))
    assert difference.value == pytest.approx(-0.005)
    assert difference.low < -0.005
    assert difference.high > 0.02


def test_a_shift_needs_two_effective_worlds() -> None:
    shift, error = shift_error(AMOUNTS, np.eye(60)[3])
    assert shift == pytest.approx(AMOUNTS[3] - AMOUNTS.mean())
    assert isnan(error)
    assert isnan(t_quantile(0, 0.05))


def covered(weight_of: str, repeats: int = 400, worlds: int = 400) -> list[float]:
    """Return how often intervals hold the truth: shares, means, and their differences from all."""

    def sample(generator: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
        assumption = generator.random(size)
        timing = generator.normal(0, 1, size) + 8 * (assumption - 0.5)
        kernel = 0.05 + 0.95 * np.exp(-2 * (timing - 0.5) ** 2)
        return assumption, (timing > 1).astype(float) if weight_of == "filter" else kernel

    generator = np.random.default_rng(11)
    values, weights = sample(generator, 1_000_000)
    mean, share = (float(weights @ x / weights.sum()) for x in (values, values > 0.8))
    truth = (share, mean, share - 0.2, mean - 0.5)
    hits = np.zeros(4)
    for _ in range(repeats):
        values, weights = sample(generator, worlds)
        intervals = [
            estimate(x, weights)
            for estimate in (weighted_estimate, difference_from_all)
            for x in (values > 0.8, values)
        ]
        hits += [low <= true <= high for (_, low, high), true in zip(intervals, truth, strict=True)]
    return (hits / repeats).tolist()


@pytest.mark.parametrize("weight_of", ["filter", "kernel"])
def test_nineteen_of_twenty_intervals_hold_the_truth(weight_of: str) -> None:
    """Those of weighted shares hold it more often: their sizes are on the safe side."""
    share, mean, share_difference, mean_difference = covered(weight_of)
    margin = 3 * sqrt(0.95 * 0.05 / 400)
    assert min(share, share_difference) > 0.95 - margin
    assert max(abs(mean - 0.95), abs(mean_difference - 0.95)) < margin
    if weight_of == "filter":
        assert max(share, share_difference) < 0.95 + margin
