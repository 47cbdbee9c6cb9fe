from __future__ import annotations

from collections.abc import Sequence
from math import inf, isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import DescrStatsW

from sim.statistics.intervals import Interval, student_interval, wilson_interval
from sim.statistics.paired import FourWay
from sim.statistics.ratio import (
    PartlyDefined,
    RatioDifference,
    cases_for_half_width,
    linearise,
    mean_where_defined,
    paired_mean_ratio_difference,
    paired_share_ratio_difference,
    row_means,
    worlds_for_cases,
    worlds_for_half_width,
)

Z = stats.norm.ppf(0.975)
PAIRS = 400
ROWS = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()), min_size=2, max_size=60
).filter(lambda rows: any(row[1] for row in rows) and any(row[3] for row in rows))
AMOUNT_ROWS = st.lists(
    st.tuples(st.integers(-50, 50), st.booleans(), st.integers(-50, 50), st.booleans()),
    min_size=4,
    max_size=60,
).filter(lambda rows: min(sum(row[1] for row in rows), sum(row[3] for row in rows)) >= 2)


def columns(rows: Sequence[tuple[float, bool, float, bool]]) -> tuple[PartlyDefined, PartlyDefined]:
    values, defined, others, other_defined = (
        np.array(column) for column in zip(*rows, strict=True)
    )
    return PartlyDefined(values, defined), PartlyDefined(others, other_defined)


def draw_pairs(
    seed: int, pairs: int, called: tuple[float, float], honoured: tuple[float, float]
) -> tuple[PartlyDefined, PartlyDefined]:
    """Draw pairs that share their draws: who is called, and who honours where called."""
    generator = np.random.default_rng(seed)
    one, two = generator.random((2, pairs))
    first, second = (
        PartlyDefined((two < share) & (one < condition), one < condition)
        for condition, share in zip(called, honoured, strict=True)
    )
    return first, second


class TestOneRatio:
    """The mean where it is defined, and the values that it linearises to."""

    def test_it_is_the_mean_where_it_is_defined(self) -> None:
        column = PartlyDefined(np.array([3.0, 9.0, 5.0]), np.array([True, False, True]))
        assert mean_where_defined(column) == 4

    def test_what_is_not_a_number_elsewhere_does_not_matter(self) -> None:
        column = PartlyDefined(np.array([3.0, np.nan, 5.0]), np.array([True, False, True]))
        assert mean_where_defined(column) == 4
        assert linearise(column).mean() == pytest.approx(4)

    def test_it_is_not_a_number_where_it_is_never_defined(self) -> None:
        column = PartlyDefined(np.ones(3), np.zeros(3, dtype=bool))
        assert isnan(mean_where_defined(column))
        assert np.isnan(linearise(column)).all()

    def test_without_a_condition_values_are_their_own(self) -> None:
        values = np.arange(4)
        linear = linearise(PartlyDefined(values, np.ones(4, dtype=bool)))
        assert linear.tolist() == values.tolist()
        assert linear.dtype == np.float64

    @given(AMOUNT_ROWS)
    def test_the_mean_of_linearised_values_is_the_ratio(
        self, rows: list[tuple[float, bool, float, bool]]
    ) -> None:
        for column in columns(rows):
            assert linearise(column).mean() == pytest.approx(mean_where_defined(column), abs=1e-9)

    @given(AMOUNT_ROWS, st.integers(-5, 5), st.integers(-20, 20))
    def test_they_scale_and_shift_with_the_measure(
        self, rows: list[tuple[float, bool, float, bool]], factor: int, shift: int
    ) -> None:
        column, _ = columns(rows)
        scaled = PartlyDefined(factor * column.values + shift, column.defined)
        assert linearise(scaled) == pytest.approx(factor * linearise(column) + shift, abs=1e-7)

    def test_their_variance_is_that_of_the_ratio(self) -> None:
        column, _ = draw_pairs(3, 5000, (0.4, 0.4), (0.3, 0.3))
        error = linearise(column).std() / sqrt(5000)
        generator = np.random.default_rng(4)
        draws = [
            mean_where_defined(PartlyDefined(column.values[picks], column.defined[picks]))
            for picks in generator.integers(5000, size=(2000, 5000))
        ]
        assert error == pytest.approx(np.std(draws), rel=0.06)

    def test_rows_have_their_own_means_and_empty_ones_that_of_all(self) -> None:
        values = np.array([[1.0, 3.0], [5.0, 9.0], [7.0, 9.0]])
        defined = np.array([[True, True], [True, False], [False, False]])
        assert row_means(PartlyDefined(values, defined)).tolist() == [2, 5, 3]
        assert np.isnan(row_means(PartlyDefined(values, np.zeros((3, 2), dtype=bool)))).all()

    def test_a_share_has_the_error_of_its_own_worlds(self) -> None:
        column, _ = draw_pairs(3, 5000, (0.4, 0.4), (0.3, 0.3))
        share, cases = mean_where_defined(column), column.cases
        error = linearise(column).std() / sqrt(5000)
        assert error == pytest.approx(sqrt(share * (1 - share) / cases))


class TestPairedShares:
    """The difference of two shares, each among the worlds of its own side."""

    @given(ROWS)
    def test_equal_columns_do_not_differ(self, rows: list[tuple[bool, bool, bool, bool]]) -> None:
        column, _ = columns(rows)
        interval = paired_share_ratio_difference(column, column).interval()
        assert interval.value == 0
        assert -interval.low == pytest.approx(interval.high)
        assert interval.high > 0

    @given(ROWS)
    def test_exchanged_sides_mirror_it(self, rows: list[tuple[bool, bool, bool, bool]]) -> None:
        first, second = columns(rows)
        there = paired_share_ratio_difference(first, second).interval()
        back = paired_share_ratio_difference(second, first).interval()
        assert back == pytest.approx((-there.value, -there.high, -there.low), abs=1e-9)

    @given(ROWS)
    def test_it_holds_the_difference_and_stays_within_what_is_possible(
        self, rows: list[tuple[bool, bool, bool, bool]]
    ) -> None:
        value, low, high = paired_share_ratio_difference(*columns(rows)).interval()
        assert -1 <= low <= value <= high <= 1

    @given(ROWS, st.integers(1, 30))
    def test_pairs_in_which_neither_is_defined_do_not_count(
        self, rows: list[tuple[bool, bool, bool, bool]], more: int
    ) -> None:
        longer = [*rows, *[(True, False, False, False)] * more]
        short = paired_share_ratio_difference(*columns(rows)).interval()
        assert paired_share_ratio_difference(*columns(longer)).interval() == pytest.approx(short)

    @given(st.builds(FourWay, *[st.integers(0, 100)] * 4).filter(lambda four: four.pairs > 0))
    def test_defined_everywhere_it_is_bonetts_and_prices_interval(self, four: FourWay) -> None:
        rows = [
            *[(True, True, True, True)] * four.both,
            *[(True, True, False, True)] * four.added,
            *[(False, True, True, True)] * four.averted,
            *[(False, True, False, True)] * four.neither,
        ]
        count = four.pairs + 2
        more, fewer = (four.added + 1) / count, (four.averted + 1) / count
        half = Z * sqrt((more + fewer - (more - fewer) ** 2) / count)
        _, low, high = paired_share_ratio_difference(*columns(rows)).interval()
        share = (four.added - four.averted) / four.pairs
        expected = min(more - fewer - half, share), max(more - fewer + half, share)
        assert (low, high) == pytest.approx((max(expected[0], -1), min(expected[1], 1)))

    def test_defined_in_other_pairs_it_is_agrestis_and_caffos_interval(self) -> None:
        """The pairs added are in both samples, which matters the less the more there are."""
        rows = [
            *[(True, True, False, False)] * 60,
            *[(False, True, False, False)] * 140,
            *[(False, False, True, True)] * 90,
            *[(False, False, False, True)] * 160,
        ]
        _, low, high = paired_share_ratio_difference(*columns(rows)).interval()
        published = confint_proportions_2indep(60, 200, 90, 250, method="agresti-caffo")
        assert (low, high) == pytest.approx(published, abs=1e-3)

    def test_the_bootstrap_finds_the_same_error(self) -> None:
        first, second = draw_pairs(5, 2000, (0.5, 0.35), (0.45, 0.6))
        generator = np.random.default_rng(6)
        draws = [
            mean_where_defined(PartlyDefined(first.values[picks], first.defined[picks]))
            - mean_where_defined(PartlyDefined(second.values[picks], second.defined[picks]))
            for picks in generator.integers(2000, size=(2000, 2000))
        ]
        difference = paired_share_ratio_difference(first, second)
        assert difference.error == pytest.approx(np.std(draws), rel=0.06)
        _, low, high = difference.interval()
        assert (low, high) == pytest.approx(np.quantile(draws, [0.025, 0.975]), abs=0.006)

    def test_pairs_narrow_it_where_they_share_their_draws(self) -> None:
        first, second = draw_pairs(5, 2000, (0.5, 0.5), (0.45, 0.5))
        _, other = draw_pairs(7, 2000, (0.5, 0.5), (0.45, 0.5))
        paired = paired_share_ratio_difference(first, second).error
        assert paired < 0.6 * paired_share_ratio_difference(first, other).error

    def test_a_share_that_is_never_defined_has_no_difference(self) -> None:
        nowhere = PartlyDefined(np.zeros(5, dtype=bool), np.zeros(5, dtype=bool))
        somewhere = PartlyDefined(np.ones(5, dtype=bool), np.ones(5, dtype=bool))
        difference = paired_share_ratio_difference(somewhere, nowhere)
        assert all(map(isnan, difference.interval()))
        assert difference.p_value == 1

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("called", "honoured"),
        [
            ((0.5, 0.5), (0.5, 0.5)),
            ((0.6, 0.3), (0.3, 0.5)),
            ((0.1, 0.08), (0.5, 0.6)),
            ((0.9, 0.5), (0.05, 0.05)),
            ((0.05, 0.1), (0.9, 0.95)),
            ((1.0, 0.4), (0.02, 0.03)),
        ],
    )
    def test_it_covers_the_truth_as_often_as_it_says(
        self, called: tuple[float, float], honoured: tuple[float, float]
    ) -> None:
        inside = [
            low <= honoured[0] - honoured[1] <= high
            for seed in range(2000)
            for _, low, high in [
                paired_share_ratio_difference(*draw_pairs(seed, PAIRS, called, honoured)).interval()
            ]
        ]
        assert 0.935 < np.mean(inside) <= 1


class TestPairedMeans:
    """The difference of two means, each over the worlds of its own side."""

    @given(AMOUNT_ROWS)
    def test_equal_columns_do_not_differ(self, rows: list[tuple[float, bool, float, bool]]) -> None:
        column, _ = columns(rows)
        assert paired_mean_ratio_difference(column, column).interval() == (0, 0, 0)

    @given(AMOUNT_ROWS)
    def test_exchanged_sides_mirror_it(self, rows: list[tuple[float, bool, float, bool]]) -> None:
        first, second = columns(rows)
        there = paired_mean_ratio_difference(first, second).interval()
        back = paired_mean_ratio_difference(second, first).interval()
        assert back == pytest.approx((-there.value, -there.high, -there.low), abs=1e-9)

    @given(AMOUNT_ROWS, st.sampled_from([-3.0, 0.5, 10.0]))
    def test_it_scales_with_the_measure(
        self, rows: list[tuple[float, bool, float, bool]], factor: float
    ) -> None:
        first, second = columns(rows)
        plain = paired_mean_ratio_difference(first, second)
        scaled = paired_mean_ratio_difference(
            PartlyDefined(factor * first.values, first.defined),
            PartlyDefined(factor * second.values, second.defined),
        )
        assert scaled.value == pytest.approx(factor * plain.value, abs=1e-9)
        assert scaled.error == pytest.approx(abs(factor) * plain.error, abs=1e-9)

    def test_defined_everywhere_it_is_students_interval_of_the_differences(self) -> None:
        first, second = np.random.default_rng(8).normal(size=(2, 30))
        everywhere = np.ones(30, dtype=bool)
        difference = paired_mean_ratio_difference(
            PartlyDefined(first, everywhere), PartlyDefined(second, everywhere)
        )
        assert difference.interval() == pytest.approx(student_interval(first - second))
        assert difference.p_value == pytest.approx(stats.ttest_rel(first, second).pvalue)

    def test_defined_in_other_pairs_it_has_welchs_error(self) -> None:
        values = np.random.default_rng(9).normal(size=50)
        early = np.arange(50) < 20
        difference = paired_mean_ratio_difference(
            PartlyDefined(values, early), PartlyDefined(values, ~early)
        )
        samples = DescrStatsW(values[early]), DescrStatsW(values[~early])
        assert difference.error == pytest.approx(sqrt(sum(s.std_mean**2 for s in samples)))
        assert difference.degrees == 19

    def test_one_world_has_no_interval(self) -> None:
        one = PartlyDefined(np.arange(3.0), np.array([False, True, False]))
        assert paired_mean_ratio_difference(one, one).interval()[0] == 0
        assert all(map(isnan, paired_mean_ratio_difference(one, one).interval()[1:]))
        assert paired_mean_ratio_difference(one, one).p_value == 1

    @pytest.mark.slow
    def test_it_covers_the_truth_as_often_as_it_says(self) -> None:
        inside = []
        for seed in range(2000):
            generator = np.random.default_rng(seed)
            shared, own, condition = generator.normal(size=(3, 200))
            first = PartlyDefined(shared + 1, condition > 0)
            second = PartlyDefined(shared + own, condition > 0.5)
            _, low, high = paired_mean_ratio_difference(first, second).interval()
            inside.append(low <= 1 <= high)
        assert 0.935 < np.mean(inside) < 0.975


def test_a_certain_difference_has_no_p_value_but_zero() -> None:
    assert RatioDifference(1.0, 1.0, 0.0, 10).p_value == 0
    assert RatioDifference(0.0, 0.0, 0.0, 10).p_value == 1
    assert RatioDifference(1.0, 1.0, 0.5, inf).p_value == pytest.approx(2 * stats.norm.sf(2))


class TestWorldsNeeded:
    """How many worlds a precision, or a number of cases, would take."""

    @pytest.mark.parametrize(("worlds", "half_width"), [(1000, 0.02), (200, 0.01)])
    def test_so_many_worlds_have_such_an_interval(self, worlds: int, half_width: float) -> None:
        """A share of 40 per cent, defined in half of all worlds."""
        cases = worlds // 2
        so_far = wilson_interval(2 * cases // 5, cases)
        needed = worlds_for_half_width(so_far, worlds, half_width)
        then = needed // 2
        assert wilson_interval(2 * then // 5, then).high - 0.4 == pytest.approx(
            half_width, rel=0.08
        )

    def test_it_is_rounded_to_two_figures(self) -> None:
        assert worlds_for_half_width(Interval(0.5, 0.4, 0.6), 1234, 0.05) == 5000
        assert worlds_for_half_width(Interval(0.5, 0.5, 0.5), 1234, 0.05) == 1

    def test_so_many_cases_know_any_share(self) -> None:
        assert cases_for_half_width(0.1) == 97
        assert wilson_interval(48, 97).high - 48 / 97 == pytest.approx(0.1, abs=0.003)

    def test_cases_come_at_the_rate_so_far(self) -> None:
        assert worlds_for_cases(4, 1000, 20) == 5000

    def test_without_a_case_it_is_the_least_that_is_compatible_with_none(self) -> None:
        assert worlds_for_cases(0, 1000, 20) == 6700
        assert stats.binom.pmf(0, 1000, 20 / 6676) == pytest.approx(0.05, abs=0.001)
