from __future__ import annotations

from math import isnan, nan, sqrt

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from sim.analysis.conditioning.learnt import compare_assumptions, count_discoveries
from sim.analysis.data.drawn_parameters import draw_parameters, uncertain_parameters
from sim.experiment.storage.results import Results
from tests.analysis.conditioning.planted import STRONG


def sent(results: Results) -> np.ndarray:
    return results.column("sent").astype(float)


def test_the_planted_assumption_is_favoured_and_no_other(results: Results) -> None:
    assumptions = compare_assumptions(results, sent(results))
    [learnt] = assumptions.favoured
    assert learnt.key == STRONG
    assert learnt.meaning
    assert len(assumptions.learnt) == len(uncertain_parameters(results.scenario))


def test_its_shift_is_that_of_the_upper_half_of_its_range(results: Results) -> None:
    """A symmetric triangle of half width h has a standard deviation of h / sqrt(6).

    Its upper half has a mean of h / 3 above the middle.
    """
    [learnt] = compare_assumptions(results, sent(results)).favoured
    shift = 1 / 3 * sqrt(6)
    assert learnt.shift.low < shift < learnt.shift.high
    assert learnt.shift.value == pytest.approx(shift, abs=0.05)
    values = draw_parameters(results.scenario, results.worlds, [STRONG])[STRONG]
    left = values[results.column("sent")]
    assert learnt.before == values.mean()
    assert learnt.after == pytest.approx(left.mean())
    assert learnt.spread == pytest.approx(left.std() / values.std())


def test_a_weight_favours_it_as_a_filter_does(results: Results) -> None:
    weights = np.where(results.column("sent"), 1.0, 0.2)
    [learnt] = compare_assumptions(results, weights).favoured
    assert learnt.key == STRONG
    assert 0.3 < learnt.shift.value < 0.7


def test_chance_favours_few_assumptions(results: Results) -> None:
    """Over all conditions by chance, at most one in twenty names any assumption."""
    generator = np.random.default_rng(3)
    masks = (generator.random(len(results.worlds)) < 0.3 for _ in range(20))
    named = [bool(compare_assumptions(results, mask.astype(float)).favoured) for mask in masks]
    assert sum(named) <= 4  # of 20 at 5%, more in 3 of 1,000 cases


def test_the_number_of_discoveries_is_that_of_benjamini_and_hochberg() -> None:
    generator = np.random.default_rng(1)
    for _ in range(50):
        p_values = np.sort(generator.random(40) ** 3)
        rejected = multipletests(p_values, 0.05, method="fdr_bh")[0]
        assert count_discoveries(p_values.tolist()) == rejected.sum()
    assert count_discoveries([]) == 0
    assert count_discoveries([0.01, nan]) == 1


def test_intervals_of_those_named_allow_for_the_selection(results: Results) -> None:
    named, other, *_ = compare_assumptions(results, sent(results)).learnt
    assert named.differs
    assert not other.differs
    half = (other.shift.high - other.shift.low) / 2
    worlds = len(results.worlds)
    assert half == pytest.approx(
        1.96 * sqrt((1 - sent(results).mean()) / sent(results).sum()), rel=0.05
    )
    assert (named.shift.high - named.shift.low) / 2 > half * 0.8
    assert worlds == 1000


def test_the_detectable_shift_grows_as_worlds_get_few(results: Results) -> None:
    few, many = ((results.worlds < size).astype(float) for size in (50, 500))
    shifts = [compare_assumptions(results, weights).detectable for weights in (few, many)]
    assert shifts[0] > 3 * shifts[1] > 0


def test_one_world_says_nothing_about_assumptions(results: Results) -> None:
    assumptions = compare_assumptions(results, (results.worlds == 3).astype(float))
    assert assumptions.favoured == ()
    assert isnan(assumptions.detectable)
    assert all(isnan(each.p_value) for each in assumptions.learnt)


def test_all_worlds_favour_nothing(results: Results) -> None:
    assumptions = compare_assumptions(results, np.ones(len(results.worlds)))
    assert assumptions.favoured == ()
    assert {each.shift.value for each in assumptions.learnt} == {0.0}
