from __future__ import annotations

from math import inf, isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep

from sim.statistics.intervals import wilson_interval
from sim.statistics.paired import (
    FourWay,
    count_four_way,
    paired_mean_difference,
    paired_share_difference,
    pairing_efficiency,
    unpaired_mean_difference,
    unpaired_share_difference,
)

CELLS = st.builds(FourWay, *[st.integers(0, 300)] * 4).filter(lambda four: four.pairs > 0)
Z = stats.norm.ppf(0.975)
AMOUNTS = st.lists(st.integers(-1000, 1000).map(float), min_size=2, max_size=40)
COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def welch(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, float, float]:
    """Welch's interval by its formula (1947, Biometrika 34:28)."""
    difference = ours.mean() - theirs.mean()
    errors = [side.var(ddof=1) / len(side) for side in (ours, theirs)]
    parts = [e**2 / (len(s) - 1) for e, s in zip(errors, (ours, theirs), strict=True)]
    half = stats.t.ppf(0.975, sum(errors) ** 2 / sum(parts)) * sqrt(sum(errors))
    return difference, difference - half, difference + half


def holds(four: FourWay, truth: float) -> bool:
    _, low, high = paired_share_difference(four)
    return low <= truth <= high


class TestFourWay:
    """In both, added, averted, in neither."""

    def test_each_pair_is_counted_in_its_cell(self) -> None:
        with_ = np.array([True, True, True, False, False, True])
        without = np.array([True, False, False, True, False, True])
        assert count_four_way(with_, without) == FourWay(both=2, added=2, averted=1, neither=1)

    @given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
    def test_the_cells_add_up_to_all_pairs_and_to_either_side(
        self, pairs: list[tuple[bool, bool]]
    ) -> None:
        with_, without = np.array(pairs).T
        four = count_four_way(with_, without)
        assert four.pairs == len(pairs)
        assert four.both + four.added == with_.sum()
        assert four.both + four.averted == without.sum()

    def test_a_cell_has_wilsons_interval(self) -> None:
        assert FourWay(5, 20, 3, 972).share("added") == wilson_interval(20, 1000)


class TestPairedShares:
    """Tango's score interval of a difference of shares over the same pairs."""

    def test_the_published_example(self) -> None:
        """Airway hyper-responsiveness before and after transplantation, 21 children.

        Fagerland, Lydersen and Laake (2014, Statistics in Medicine 33:2850).
        """
        interval = paired_share_difference(FourWay(both=1, added=1, averted=7, neither=12))
        assert interval == pytest.approx((-0.286, -0.517, -0.026), abs=5e-4)

    @given(CELLS)
    def test_it_excludes_zero_exactly_when_mcnemars_test_rejects(self, four: FourWay) -> None:
        table = [[four.both, four.added], [four.averted, four.neither]]
        if four.added + four.averted:
            p_value = mcnemar(table, exact=False, correction=False).pvalue
            if abs(p_value - 0.05) > 1e-6:
                assert holds(four, 0.0) == (p_value > 0.05)
        else:
            assert holds(four, 0.0)

    @given(CELLS)
    def test_it_holds_the_difference_and_stays_within_what_is_possible(self, four: FourWay) -> None:
        share, low, high = paired_share_difference(four)
        assert -1 <= low <= share <= high <= 1
        assert low < high

    @given(CELLS)
    def test_exchanged_sides_mirror_it(self, four: FourWay) -> None:
        other = FourWay(four.both, four.averted, four.added, four.neither)
        share, low, high = paired_share_difference(four)
        assert paired_share_difference(other) == pytest.approx((-share, -high, -low), abs=1e-9)

    @given(CELLS)
    def test_only_pairs_that_differ_count(self, four: FourWay) -> None:
        moved = FourWay(four.both + four.neither, four.added, four.averted, 0)
        assert paired_share_difference(moved) == paired_share_difference(four)

    def test_without_differing_pairs_it_still_has_a_width(self) -> None:
        share, low, high = paired_share_difference(FourWay(3, 0, 0, 997))
        assert share == 0
        assert -low == high == pytest.approx(Z**2 / (1000 + Z**2), abs=1e-9)

    def test_it_covers_the_truth_as_often_as_it_says(self) -> None:
        """Summed over all outcomes of 40 pairs, for chances of provoking and deterring."""
        pairs = 40
        chances = [(0.1, 0.05), (0.3, 0.1), (0.25, 0.25), (0.05, 0.0), (0.4, 0.2), (0.02, 0.1)]
        cells = [(more, less) for more in range(pairs + 1) for less in range(pairs + 1 - more)]
        intervals = [paired_share_difference(FourWay(0, m, le, pairs - m - le)) for m, le in cells]
        for more, less in chances:
            counts = [(m, le, pairs - m - le) for m, le in cells]
            likely = stats.multinomial.pmf(counts, pairs, [more, less, 1 - more - less])
            inside = [low - 1e-9 <= more - less <= high + 1e-9 for _, low, high in intervals]
            assert 0.93 < (likely * inside).sum() <= 1

    @pytest.mark.slow
    @pytest.mark.parametrize("chances", [(0.02, 0.01), (0.005, 0.0), (0.2, 0.15), (0.001, 0.001)])
    def test_it_covers_the_truth_with_a_thousand_pairs(self, chances: tuple[float, float]) -> None:
        both = 0.3
        cells = [both, *chances, 1 - both - sum(chances)]
        drawn = np.random.default_rng(5).multinomial(1000, cells, size=4000)
        covered = [holds(FourWay(*map(int, row)), chances[0] - chances[1]) for row in drawn]
        assert 0.935 < np.mean(covered) <= 1


class TestPairedMeans:
    """Student's t of the differences within pairs."""

    def test_it_is_that_of_scipy(self) -> None:
        ours, theirs = np.random.default_rng(1).normal(size=(2, 30))
        theirs_interval = stats.ttest_rel(ours, theirs).confidence_interval(0.95)
        expected = theirs_interval.low, theirs_interval.high
        assert paired_mean_difference(ours, theirs)[1:] == pytest.approx(expected)

    @pytest.mark.slow
    def test_it_covers_the_truth_where_few_pairs_differ(self) -> None:
        generator = np.random.default_rng(3)
        differ = generator.random((1500, 1000)) < 0.05
        change = np.where(differ, generator.exponential(2.0, differ.shape), 0.0)
        base = generator.normal(10, 3, size=1000)
        intervals = [paired_mean_difference(base + row, base) for row in change]
        assert np.mean([low <= 0.1 <= high for _, low, high in intervals]) > 0.92


class TestUnpaired:
    """Differences between runs that are no pairs."""

    def test_shares_have_newcombes_interval(self) -> None:
        """56 of 70 against 48 of 80: the worked example of Newcombe (1998, 17:873), method 10."""
        interval = unpaired_share_difference(wilson_interval(56, 70), wilson_interval(48, 80))
        assert interval == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)

    def test_means_have_welchs_interval(self) -> None:
        generator = np.random.default_rng(2)
        ours, theirs = generator.normal(size=20), generator.normal(1, 4, size=35)
        assert unpaired_mean_difference(ours, theirs) == pytest.approx(
            welch(ours, theirs), rel=1e-12, abs=1e-12
        )

    @given(AMOUNTS, AMOUNTS)
    def test_it_is_welchs_formula(self, first: list[float], second: list[float]) -> None:
        ours, theirs = np.array(first), np.array(second)
        if np.ptp(ours) or np.ptp(theirs):
            interval = unpaired_mean_difference(ours, theirs)
            assert interval == pytest.approx(welch(ours, theirs), rel=1e-12, abs=1e-9)

    @given(COUNTS, COUNTS)
    def test_newcombes_interval_is_that_of_statsmodels(
        self, first: tuple[int, int], second: tuple[int, int]
    ) -> None:
        theirs = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
        ours = unpaired_share_difference(wilson_interval(*first), wilson_interval(*second))
        assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-12)

    def test_one_world_alone_has_no_interval(self) -> None:
        value, low, high = unpaired_mean_difference(np.array([3.0]), np.array([1.0, 2.0]))
        assert value == 1.5
        assert isnan(low)
        assert isnan(high)

    def test_what_does_not_vary_leaves_no_doubt(self) -> None:
        assert unpaired_mean_difference(np.full(5, 3.0), np.full(5, 1.0)) == (2.0, 2.0, 2.0)

    def test_an_amount_that_is_not_finite_leaves_no_mean(self) -> None:
        assert all(
            map(isnan, unpaired_mean_difference(np.array([1.0, np.nan]), np.array([1.0, 2.0])))
        )


class TestTimesFewer:
    """How many times fewer worlds pairs need."""

    def test_strangers_in_pairs_gain_nothing(self) -> None:
        ours, theirs = np.random.default_rng(4).normal(size=(2, 100_000))
        assert pairing_efficiency(ours, theirs) == pytest.approx(1, abs=0.02)

    def test_it_is_what_the_widths_say(self) -> None:
        generator = np.random.default_rng(5)
        theirs = generator.normal(size=1000)
        ours = theirs + generator.normal(0, 0.1, size=1000)
        wide, narrow = unpaired_mean_difference(ours, theirs), paired_mean_difference(ours, theirs)
        ratio = ((wide.high - wide.low) / (narrow.high - narrow.low)) ** 2
        assert pairing_efficiency(ours, theirs) == pytest.approx(ratio, rel=0.01)

    def test_one_pair_is_enough_where_all_differ_alike(self) -> None:
        theirs = np.arange(5.0)
        assert pairing_efficiency(theirs + 1, theirs) == inf

    @pytest.mark.parametrize("side", [np.ones(5), np.ones(1)])
    def test_where_nothing_varies_there_is_nothing_to_save(self, side: np.ndarray) -> None:
        assert isnan(pairing_efficiency(side, side))
