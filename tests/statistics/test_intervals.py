from __future__ import annotations

from math import isnan, sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from sim.statistics.intervals import (
    clopper_pearson_interval,
    jeffreys_rate_interval,
    student_interval,
    wilson_interval,
)

COUNTS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
AMOUNTS = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50)


class TestWilson:
    """Wilson's score interval of a share."""

    @pytest.mark.parametrize(
        ("happened", "worlds", "low", "high"),
        [
            (5, 10, 0.2366, 0.7634),
            (0, 20, 0.0, 0.1611),
            (20, 20, 0.8389, 1.0),
            (1, 1, 0.2065, 1.0),
            (10, 100, 0.0552, 0.1744),
            (500, 1000, 0.4691, 0.5309),
        ],
    )
    def test_known_values(self, happened: int, worlds: int, low: float, high: float) -> None:
        interval = wilson_interval(happened, worlds)
        assert interval.value == happened / worlds
        assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)

    def test_what_never_or_always_happened_has_an_exact_end(self) -> None:
        assert wilson_interval(0, 137).low == 0.0
        assert wilson_interval(137, 137).high == 1.0

    @given(COUNTS)
    def test_it_is_the_interval_of_scipy(self, counts: tuple[int, int]) -> None:
        theirs = stats.binomtest(*counts).proportion_ci(0.95, method="wilson")
        ours = wilson_interval(*counts)
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)

    @given(COUNTS)
    def test_it_is_the_interval_of_statsmodels(self, counts: tuple[int, int]) -> None:
        ours = wilson_interval(*counts)
        theirs = proportion_confint(*counts, method="wilson")
        assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-12)

    @given(COUNTS)
    def test_it_holds_the_share_and_stays_between_none_and_all(
        self, counts: tuple[int, int]
    ) -> None:
        share, low, high = wilson_interval(*counts)
        assert 0 <= low <= share <= high <= 1
        assert low < high

    @given(COUNTS)
    def test_the_complement_has_the_mirrored_interval(self, counts: tuple[int, int]) -> None:
        happened, worlds = counts
        did, did_not = wilson_interval(happened, worlds), wilson_interval(worlds - happened, worlds)
        assert (did.low, did.high) == pytest.approx((1 - did_not.high, 1 - did_not.low), abs=1e-12)

    @given(COUNTS)
    def test_more_worlds_narrow_it(self, counts: tuple[int, int]) -> None:
        happened, worlds = counts
        few, many = wilson_interval(happened, worlds), wilson_interval(4 * happened, 4 * worlds)
        assert many.high - many.low < few.high - few.low

    @pytest.mark.parametrize("worlds", [30, 100, 1000])
    def test_it_covers_the_truth_at_its_nominal_rate(self, worlds: int) -> None:
        truths = np.linspace(0.02, 0.98, 97)
        ends = np.array([wilson_interval(k, worlds)[1:] for k in range(worlds + 1)])
        chance = stats.binom.pmf(np.arange(worlds + 1), worlds, truths[:, None])
        holds = (ends[:, 0] <= truths[:, None]) & (truths[:, None] <= ends[:, 1])
        coverage = (chance * holds).sum(axis=1)
        assert coverage.mean() == pytest.approx(0.95, abs=0.01)
        assert coverage.min() > 0.85


class TestClopperPearson:
    """Clopper and Pearson's exact interval of a share."""

    @given(COUNTS)
    def test_it_is_the_interval_of_statsmodels(self, counts: tuple[int, int]) -> None:
        ours = clopper_pearson_interval(*counts)
        theirs = proportion_confint(*counts, method="beta")
        assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-9)


class TestStudent:
    """Student's t interval of a mean."""

    def test_known_values(self) -> None:
        interval = student_interval([1.0, 2.0, 3.0, 4.0])
        half = 3.182446 * sqrt(5 / 3) / 2
        assert interval == pytest.approx((2.5, 2.5 - half, 2.5 + half), abs=1e-5)

    def test_one_world_has_no_interval(self) -> None:
        value, low, high = student_interval([3.0])
        assert value == 3.0
        assert isnan(low)
        assert isnan(high)

    @pytest.mark.parametrize("odd", [float("inf"), float("-inf"), float("nan")])
    def test_an_amount_that_is_not_finite_leaves_no_mean(self, odd: float) -> None:
        assert all(isnan(x) for x in student_interval([1.0, odd, 2.0]))

    def test_equal_amounts_have_no_width(self) -> None:
        assert student_interval([0.1] * 30) == pytest.approx((0.1, 0.1, 0.1), abs=1e-15)

    @given(AMOUNTS)
    def test_it_holds_the_mean_in_its_middle(self, amounts: list[float]) -> None:
        mean, low, high = student_interval(amounts)
        assert low <= mean <= high
        assert mean - low == pytest.approx(high - mean, rel=1e-9, abs=1e-9)

    @given(AMOUNTS)
    def test_it_is_the_interval_of_scipy(self, amounts: list[float]) -> None:
        mean, low, high = student_interval(amounts)
        error = float(stats.sem(amounts))
        theirs = stats.t.interval(0.95, len(amounts) - 1, mean, error) if error else (mean, mean)
        assert (low, high) == pytest.approx(theirs, rel=1e-6, abs=1e-6)

    def test_it_is_the_interval_of_statsmodels(self) -> None:
        amounts = np.random.default_rng(4).normal(3.0, 2.0, size=50)
        ours = student_interval(amounts)
        assert ours[1:] == pytest.approx(DescrStatsW(amounts).tconfint_mean(), rel=1e-12)

    @given(AMOUNTS, st.randoms(use_true_random=False))
    def test_the_order_of_the_worlds_does_not_matter(
        self, amounts: list[float], random: Random
    ) -> None:
        shuffled = amounts.copy()
        random.shuffle(shuffled)
        assert student_interval(shuffled) == student_interval(amounts)

    def test_it_covers_the_truth_at_its_nominal_rate(self) -> None:
        draws = np.random.default_rng(1).normal(3.0, 2.0, size=(2000, 12))
        covered = [low <= 3.0 <= high for _, low, high in map(student_interval, draws.tolist())]
        assert np.mean(covered) == pytest.approx(0.95, abs=0.015)

    def test_it_serves_skewed_amounts_once_there_are_a_few_hundred_worlds(self) -> None:
        draws = np.random.default_rng(2).exponential(1.0, size=(1000, 300))
        covered = [low <= 1.0 <= high for _, low, high in map(student_interval, draws.tolist())]
        assert np.mean(covered) == pytest.approx(0.95, abs=0.02)


class TestJeffreysRate:
    """Jeffreys's interval of a rate of rare events."""

    @pytest.mark.parametrize(("count", "exposure"), [(1, 3.0), (8, 10_335.0), (55, 7381.0)])
    def test_it_is_that_of_the_gamma_distribution(self, count: int, exposure: float) -> None:
        interval = jeffreys_rate_interval(count, exposure)
        theirs = stats.gamma(count + 0.5, scale=1 / exposure).ppf([0.025, 0.975])
        assert interval.value == count / exposure
        assert (interval.low, interval.high) == pytest.approx(tuple(theirs))

    def test_what_was_never_counted_may_be_nothing_and_has_an_upper_end(self) -> None:
        interval = jeffreys_rate_interval(0, 633)
        assert interval.value == interval.low == 0
        assert interval.high == pytest.approx(0.00397, abs=5e-6)
