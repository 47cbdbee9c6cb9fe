from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, t, ttest_1samp

from sim.analysis.sensitivity.paired_ends import EndsTable, tabulate_ends
from sim.statistics.arrays import FloatArray
from sim.statistics.ratio import PartlyDefined, paired_share_ratio_difference

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
    return tabulate(planted(), [True, False])


def tabulate(numbers: FloatArray, is_event: list[bool]) -> EndsTable:
    """Return the table of measures that every world defines."""
    everywhere = np.ones(numbers.shape[1:], dtype=bool)
    ends = (PartlyDefined(values, everywhere) for values in numbers)
    return tabulate_ends(ends, np.array(is_event), np.zeros(len(is_event), dtype=bool))


def conditional(
    shares: tuple[float, float], conditions: tuple[float, float], *, event: bool = True
) -> tuple[PartlyDefined, EndsTable]:
    """Return one conditional measure at both ends of one number, and its table."""
    chance, condition = np.random.default_rng(5).random((2, WORLDS))
    defined = np.stack([condition < limit for limit in conditions])[:, None]
    drawn = [chance < share if event else chance * share for share in shares]
    column = PartlyDefined(np.stack(drawn)[:, None].astype(float), defined)
    return column, tabulate_ends([column], np.array([event]), np.array([True]))


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
    found = tabulate(shifted, [False])
    assert found.p_value[0, 0] == 0
    assert found.half_width[0, 0] == 0


def test_a_measure_that_never_varies_has_no_size() -> None:
    found = tabulate(np.full((3, 2, 1, 50), 7.0), [False])
    assert found.size.tolist() == [[0], [0], [0]]


def test_rounding_is_no_difference() -> None:
    low = np.random.default_rng(2).random((1, 50))
    found = tabulate(np.stack([low, low * (1 + 1e-15)])[None], [False])
    assert found.differing_worlds.tolist() == [0]
    assert found.p_value.tolist() == [[1]]


@pytest.mark.parametrize("event", [True, False])
def test_a_conditional_measure_is_compared_over_the_worlds_of_each_end(event: bool) -> None:
    (values, defined), found = conditional((0.2, 0.7), (0.5, 0.8), event=event)
    means = [values[end, 0][defined[end, 0]].mean() for end in (0, 1)]
    assert (found.low[0, 0], found.high[0, 0]) == pytest.approx(means)
    assert found.size[0, 0] > 0
    assert found.p_value[0, 0] < 0.001


def test_its_interval_is_that_of_two_ratios() -> None:
    (values, defined), found = conditional((0.2, 0.7), (0.5, 0.8))
    low, high = (PartlyDefined(values[end, 0], defined[end, 0]) for end in (0, 1))
    error = paired_share_ratio_difference(high, low).error
    quantile = t.isf(0.025, low.cases - 1)
    assert found.half_width[0, 0] == pytest.approx(error * quantile)


def test_a_condition_alone_moves_no_conditional_measure() -> None:
    _, found = conditional((0.4, 0.4), (0.3, 0.9))
    assert found.differing_worlds[0] > 100
    assert found.p_value[0, 0] > 0.05


def test_a_conditional_measure_that_is_the_same_differs_in_no_world() -> None:
    _, found = conditional((0.4, 0.4), (0.3, 0.3))
    assert found.differing_worlds.tolist() == [0]
    assert found.p_value.tolist() == [[1]]


def test_too_few_cases_say_nothing() -> None:
    """One case each, with and without the event, would be certain by a normal approximation."""
    _, found = conditional((0.0, 1.0), (0.02, 0.02))
    assert found.differing_worlds[0] > 0
    assert found.p_value.tolist() == [[1]]
    assert np.isnan(found.low).all()
    assert found.size.tolist() == [[0]]
