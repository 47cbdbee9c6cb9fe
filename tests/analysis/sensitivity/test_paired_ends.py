from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, ttest_1samp

from sim.analysis.sensitivity.paired_ends import EndsTable, tabulate_ends
from sim.statistics.arrays import FloatArray

WORLDS = 400


def planted() -> FloatArray:
    """Return two numbers' measures, (number, end, measure, world): an event and an amount.

    The first number moves both in some worlds, the second neither.
    """
    chance = np.random.default_rng(1).random((2, WORLDS))
    event = np.stack([chance[0] < 0.2, chance[0] < 0.5]).astype(float)
    amount = np.stack([chance[1], chance[1] + chance[0]])
    moved = np.stack([event, amount], axis=1)
    return np.stack([moved, np.stack([moved[0], moved[0]])])


def table() -> EndsTable:
    return tabulate_ends(planted(), np.array([True, False]))


def test_means_are_those_of_either_end() -> None:
    values, found = planted(), table()
    np.testing.assert_allclose(found.low, values[:, 0].mean(axis=2))
    np.testing.assert_allclose(found.high, values[:, 1].mean(axis=2))


def test_events_are_tested_on_the_pairs_that_differ_and_amounts_by_student() -> None:
    values, found = planted(), table()
    difference = values[0, 1] - values[0, 0]
    rises, falls = int((difference[0] > 0).sum()), int((difference[0] < 0).sum())
    assert found.p_value[0, 0] == pytest.approx(binomtest(rises, rises + falls).pvalue)
    assert found.p_value[0, 1] == pytest.approx(ttest_1samp(difference[1], 0).pvalue)


def test_intervals_allow_for_all_comparisons() -> None:
    found, difference = table(), planted()[0, 1, 1] - planted()[0, 0, 1]
    interval = ttest_1samp(difference, 0).confidence_interval(1 - 0.05 / 4)
    assert found.comparisons == 4
    assert found.half_width[0, 1] == pytest.approx((interval.high - interval.low) / 2)


def test_sizes_are_in_standard_deviations_of_all_worlds() -> None:
    values, found = planted(), table()
    deviation = values[:, :, 1].std()
    assert found.size[0, 1] == pytest.approx((found.high - found.low)[0, 1] / deviation)


def test_a_number_that_does_nothing_differs_in_no_world() -> None:
    found = table()
    assert found.differing_worlds[0] > 0 == found.differing_worlds[1]
    assert found.p_value[1].tolist() == [1, 1]
    assert found.size[1].tolist() == [0, 0]


def test_an_equal_shift_in_every_world_is_certain() -> None:
    shifted = np.stack([np.zeros((1, 50)), np.ones((1, 50))])[None]
    found = tabulate_ends(shifted, np.array([False]))
    assert found.p_value[0, 0] == 0
    assert found.half_width[0, 0] == 0


def test_a_measure_that_never_varies_has_no_size() -> None:
    found = tabulate_ends(np.full((3, 2, 1, 50), 7.0), np.array([False]))
    assert found.size.tolist() == [[0], [0], [0]]


def test_rounding_is_no_difference() -> None:
    low = np.random.default_rng(2).random((1, 50))
    found = tabulate_ends(np.stack([low, low * (1 + 1e-15)])[None], np.array([False]))
    assert found.differing_worlds.tolist() == [0]
    assert found.p_value.tolist() == [[1]]
