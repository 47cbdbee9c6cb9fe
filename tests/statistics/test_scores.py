"""Scores: hand-computed cases, bounds, and that honest forecasts score best."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.scores import (
    brier,
    central_interval,
    crps,
    ensemble_quantiles,
    is_covered,
    jeffreys_chance,
    log_crps,
    log_score,
    rank_accuracy,
)

CHANCES = st.floats(0.001, 0.999)
OUTCOMES = st.sampled_from([0.0, 1.0])
NUMBERS = st.lists(st.floats(0, 1000), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("chance", "outcome", "brier_score", "log_"),
    [(0.8, 1.0, 0.04, -log(0.8)), (0.8, 0.0, 0.64, -log(0.2)), (0.5, 1.0, 0.25, log(2))],
)
def test_a_chance_is_scored_as_by_hand(
    chance: float, outcome: float, brier_score: float, log_: float
) -> None:
    assert brier(chance, outcome) == pytest.approx(brier_score)
    assert log_score(chance, outcome) == pytest.approx(log_)


@pytest.mark.parametrize(
    ("ensemble", "outcome", "score"),
    [
        ([3.0], 5.0, 2.0),  # one member: the absolute error
        ([0.0, 1.0], 0.0, 0.25),  # mean distance 1/2, less half of 1/2
        ([0.0, 1.0], 1.0, 0.25),
        ([1.0, 2.0, 3.0], 2.0, 2 / 3 - 4 / 9),
        ([4.0, 4.0, 4.0], 4.0, 0.0),
    ],
)
def test_an_ensemble_is_scored_as_by_hand(
    ensemble: list[float], outcome: float, score: float
) -> None:
    assert crps(ensemble, outcome) == pytest.approx(score)


@given(NUMBERS, st.floats(0, 1000))
def test_the_score_of_an_ensemble_is_its_definition_with_all_pairs(
    ensemble: list[float], outcome: float
) -> None:
    members = np.array(ensemble)
    pairs = np.abs(members[:, None] - members[None]).mean()
    slowly = np.abs(members - outcome).mean() - pairs / 2
    assert crps(ensemble, outcome) == pytest.approx(max(slowly, 0), abs=1e-9)


@given(NUMBERS, st.floats(0, 1000))
def test_the_score_is_the_area_between_two_distribution_functions(
    ensemble: list[float], outcome: float
) -> None:
    members, steps = np.array(ensemble), np.sort([*ensemble, outcome])
    middle = (steps[1:] + steps[:-1]) / 2
    below = (members[:, None] <= middle).mean(axis=0)
    area = ((below - (middle >= outcome)) ** 2 * np.diff(steps)).sum()
    assert crps(ensemble, outcome) == pytest.approx(area, abs=1e-9)


@given(CHANCES, OUTCOMES)
def test_scores_of_a_chance_are_within_their_bounds(chance: float, outcome: float) -> None:
    assert 0 <= brier(chance, outcome) <= 1
    assert log_score(chance, outcome) > 0


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_a_certain_and_right_forecast_has_a_perfect_score(outcome: float) -> None:
    assert brier(outcome, outcome) == 0
    assert log_score(outcome, outcome) == 0


def test_many_chances_are_scored_at_once() -> None:
    chances, outcomes = np.array([0.8, 0.8, 0.5]), np.array([1.0, 0.0, 1.0])
    assert brier(chances, outcomes) == pytest.approx([0.04, 0.64, 0.25])
    assert log_score(chances, outcomes) == pytest.approx([-log(0.8), -log(0.2), -log(0.5)])


def test_the_rank_accuracy_by_hand() -> None:
    outcomes = np.array([1.0, 1.0, 0.0, 0.0])
    assert rank_accuracy(np.array([0.9, 0.4, 0.5, 0.4]), outcomes) == (2 + 0 + 0.5) / 4
    assert np.isnan(rank_accuracy(np.array([0.9, 0.4]), np.array([1.0, 1.0])))


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=2))
def test_the_rank_accuracy_is_the_share_of_pairs_ranked_right(
    rows: list[tuple[int, bool]],
) -> None:
    """The definition over all pairs; ties count half."""
    chances = np.array([chance / 9 for chance, _ in rows])
    outcomes = np.array([float(outcome) for _, outcome in rows])
    event, other = chances[outcomes > 0], chances[outcomes == 0]
    if len(event) and len(other):
        above = (event[:, None] > other).mean()
        pairs = above + (event[:, None] == other).mean() / 2
        assert rank_accuracy(chances, outcomes) == pytest.approx(pairs, abs=1e-12)


@given(CHANCES, CHANCES)
def test_nobody_gains_by_giving_another_chance_than_they_believe(
    believed: float, reported: float
) -> None:
    for score in (brier, log_score):
        honest, other = (
            believed * score(chance, 1) + (1 - believed) * score(chance, 0)
            for chance in (believed, reported)
        )
        assert honest <= other + 1e-12


@given(
    st.lists(st.integers(0, 20), min_size=2, max_size=8),
    st.lists(st.integers(0, 20), min_size=1, max_size=8),
)
def test_nobody_gains_by_giving_another_ensemble_than_they_believe(
    believed: list[int], reported: list[int]
) -> None:
    for score in (crps, log_crps):
        honest = np.mean([score(believed, outcome) for outcome in believed])
        other = np.mean([score(reported, outcome) for outcome in believed])
        assert honest <= other + 1e-9


@given(NUMBERS, st.floats(0, 1000), st.floats(-50, 50), st.floats(0, 9))
def test_the_score_of_an_ensemble_moves_and_stretches_with_its_unit(
    ensemble: list[float], outcome: float, shift: float, factor: float
) -> None:
    scaled_ensemble = [factor * (member + shift) for member in ensemble]
    scaled = factor * crps(ensemble, outcome)
    assert crps(scaled_ensemble, factor * (outcome + shift)) == pytest.approx(scaled, abs=1e-6)


def test_an_event_that_never_happened_has_a_chance_that_shrinks_with_the_number_of_worlds() -> None:
    assert jeffreys_chance(0, 999) == pytest.approx(0.0005)
    assert jeffreys_chance(999, 999) == pytest.approx(0.9995)
    assert log_score(jeffreys_chance(0, 999), 1) == pytest.approx(-log(0.0005))


def test_an_interval_holds_its_share_and_its_ends() -> None:
    ensemble = np.arange(100.0)
    assert central_interval(ensemble, 0.5) == (24, 74)
    assert is_covered(ensemble, 0.5, 24)
    assert not is_covered(ensemble, 0.5, 23.9)
    assert list(ensemble_quantiles([0, 0, 0, 1], [0.5, 0.9])) == [0, 1]


@given(NUMBERS, st.floats(0.1, 0.9))
def test_an_interval_holds_at_least_its_share_of_the_ensemble(
    ensemble: list[float], share: float
) -> None:
    inside = [is_covered(ensemble, share, member) for member in ensemble]
    assert np.mean(inside) >= share - 1e-9
