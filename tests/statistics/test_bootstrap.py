"""The bootstrap: against closed forms and scipy, with strata, and over clusters."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import roc_auc_score

from sim.statistics.bootstrap import (
    Estimate,
    Resampling,
    bootstrap,
    bootstrap_mean,
    bootstrap_rank_accuracy,
    bootstrap_sums,
)
from sim.statistics.scores import rank_accuracy

COUNTED, INDEXED = Resampling(5, 2000), Resampling(5, 2000, by_index=True)
PLANS = pytest.mark.parametrize("plan", [COUNTED, INDEXED], ids=["by count", "by index"])
SAMPLE = np.random.default_rng(3).exponential(2.0, size=80)


def mean(weights: np.ndarray) -> float:
    """The mean of the sample with these weights."""
    return float(weights @ SAMPLE / weights.sum())


@PLANS
def test_a_resample_has_as_many_units_as_each_stratum_and_repeats(plan: Resampling) -> None:
    weights = plan.draw_weights([7, 3])
    assert weights.shape == (2000, 10)
    assert (weights[:, :7].sum(axis=1) == 7).all()
    assert (weights[:, 7:].sum(axis=1) == 3).all()
    assert (weights == plan.draw_weights([7, 3])).all()


def test_both_ways_to_draw_keep_the_draws_of_their_seed() -> None:
    counts = np.random.default_rng(5).multinomial(6, np.full(6, 1 / 6), size=2000)
    assert (COUNTED.draw_weights([6]) == counts).all()
    indices = np.random.default_rng(5).integers(6, size=(2000, 6))
    expected = np.array([np.bincount(row, minlength=6) for row in indices])
    assert (INDEXED.draw_weights([6]) == expected).all()


@PLANS
def test_the_spread_of_a_mean_is_the_closed_form(plan: Resampling) -> None:
    estimate = bootstrap(mean, [len(SAMPLE)], plan)
    assert estimate.value == pytest.approx(SAMPLE.mean())
    error = SAMPLE.std() / np.sqrt(len(SAMPLE))
    assert estimate.replicates.std() == pytest.approx(error, rel=0.05)


@PLANS
def test_the_interval_of_a_mean_is_that_of_scipy(plan: Resampling) -> None:
    theirs = stats.bootstrap(
        (SAMPLE,), np.mean, n_resamples=5000, method="percentile", rng=np.random.default_rng(1)
    ).confidence_interval
    ours = bootstrap(mean, [len(SAMPLE)], plan)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), rel=0.04)


def test_sums_over_strata_are_those_of_weighted_units() -> None:
    samples = [np.arange(6.0).reshape(3, 2), np.ones((2, 2))]
    estimate = bootstrap_sums(samples, lambda sums: float(sums[0] / sums[1]), COUNTED)
    assert estimate.value == (6 + 2) / (9 + 2)
    weights = COUNTED.draw_weights([3, 2])
    sums = weights[:, :3] @ samples[0] + weights[:, 3:] @ samples[1]
    assert estimate.replicates == pytest.approx(sums[:, 0] / sums[:, 1])


def test_an_event_that_never_occurred_has_clopper_and_pearsons_upper_end() -> None:
    high = Estimate(0.0, np.zeros(9), trials_without_event=100).high
    assert high == pytest.approx(stats.binomtest(0, 100).proportion_ci(0.95).high)


def test_replicates_without_a_figure_are_left_out_of_the_interval() -> None:
    assert Estimate(1.0, np.array([1.0, nan, 1.0])).interval == (1.0, 1.0, 1.0)
    assert isnan(Estimate(1.0, np.array([])).low)
    assert Estimate(1.0, np.arange(4.0)).share_of_replicates(lambda x: x > 0) == 0.75


# -- clusters ---------------------------------------------------------------------------------


def test_the_interval_is_of_clusters_not_of_observations() -> None:
    values = np.repeat([0.0, 1.0], 50)
    dependent, independent = np.repeat([0, 1], 50), np.arange(100)
    wide = bootstrap_mean(values, dependent, COUNTED)
    narrow = bootstrap_mean(values, independent, COUNTED)
    assert wide.value == narrow.value == 0.5
    assert (wide.low, wide.high) == (0, 1)
    assert narrow.high - narrow.low < 0.25


def test_a_cluster_counts_by_its_observations() -> None:
    values, clusters = np.array([1.0, 0.0, 0.0, 0.0]), np.array([0, 1, 1, 1])
    assert bootstrap_mean(values, clusters, COUNTED).value == 0.25


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(0, 3)), min_size=2))
def test_replicates_of_the_rank_accuracy_are_those_of_scikit_learn(
    rows: list[tuple[int, bool, int]],
) -> None:
    chances, outcomes = (
        np.array(column, dtype=float) for column in list(zip(*rows, strict=True))[:2]
    )
    clusters, plan = np.array([row[2] for row in rows]), Resampling(5, 20)
    theirs = []
    for weights in plan.draw_weights([int(clusters.max()) + 1])[:, clusters]:
        if weights[outcomes > 0].any() and weights[outcomes == 0].any():
            theirs.append(roc_auc_score(outcomes > 0, chances, sample_weight=weights))
    ours = bootstrap_rank_accuracy(chances, outcomes, clusters, plan)
    ends = np.quantile(theirs, [0.025, 0.975]) if theirs else (nan, nan)
    value = rank_accuracy(chances, outcomes)
    assert ours == pytest.approx((value, *ends), abs=1e-12, nan_ok=True)
