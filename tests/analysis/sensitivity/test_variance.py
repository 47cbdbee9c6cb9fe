from __future__ import annotations

from math import isnan, sqrt

import numpy as np
import pytest
from pandas import DataFrame
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from sim.analysis.sensitivity.variance import VarianceSplit
from sim.analysis.sensitivity.variance import split_variance as split_partly_defined
from sim.statistics.ratio import PartlyDefined

RNG = np.random.default_rng


def drawn(share: float, draws: int, streams: int, seed: int) -> np.ndarray:
    """Return values of which assumptions account for a share of the variance."""
    generator = RNG(seed)
    return sqrt(share) * generator.normal(size=(draws, 1)) + sqrt(1 - share) * generator.normal(
        size=(draws, streams)
    )


def split_variance(values: np.ndarray, seed: int = 0) -> VarianceSplit:
    """Split the variance of a measure that every world defines."""
    return split_partly_defined(PartlyDefined(values, np.ones(values.shape, dtype=bool)), seed)


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


@pytest.mark.parametrize("share", [0.05, 0.4])
def test_where_some_worlds_define_it_the_share_is_that_among_them(share: float) -> None:
    defined = RNG(7).random((20_000, 4)) < 0.3
    values = np.where(defined, drawn(share, 20_000, 4, 8), np.nan)
    split = split_partly_defined(PartlyDefined(values, defined))
    assert split.parameter_share.value == pytest.approx(share, abs=0.03)
    assert split.parameter_share.low < share < split.parameter_share.high
    assert split.defined_worlds == split.differing_worlds + 1 == defined.sum()
    assert split.worlds == 80_000


def test_groups_of_unequal_size_are_split_as_statsmodels_would() -> None:
    """The expected mean squares of an unbalanced design (Searle and others 1992, 3.6)."""
    defined = RNG(9).random((40, 4)) < 0.7
    values = drawn(0.4, 40, 4, 10)
    rows, groups = values[defined], np.nonzero(defined)[0]
    table = anova_lm(ols("rows ~ C(groups)", DataFrame({"rows": rows, "groups": groups})).fit())
    among, chance = table["mean_sq"]
    sizes = defined.sum(axis=1)
    sizes = sizes[sizes > 0]
    typical = (sizes.sum() - (sizes**2).sum() / sizes.sum()) / (len(sizes) - 1)
    between = (among - chance) / typical
    found = split_partly_defined(PartlyDefined(values, defined)).parameter_share.value
    assert found == pytest.approx(between / (between + chance))


def test_what_no_draw_defines_twice_is_not_split() -> None:
    defined = np.zeros((250, 4), dtype=bool)
    defined[:, 0] = True
    split = split_partly_defined(PartlyDefined(drawn(0.4, 250, 4, 5), defined))
    assert isnan(split.parameter_share.value)


def test_it_says_how_many_worlds_would_hold_enough_that_differ() -> None:
    values = np.zeros((250, 4))
    assert split_variance(values).worlds_needed == 6700
    values.flat[:5] = 1
    assert split_variance(values).worlds_needed == 4000


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(share: float) -> None:
    split = [split_variance(drawn(share, 250, 4, seed)).parameter_share for seed in range(300)]
    covered = np.mean([low <= share <= high for _, low, high in split])
    assert 0.90 <= covered <= 0.99
