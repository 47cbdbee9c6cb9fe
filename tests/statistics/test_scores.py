"""Scores: hand-computed cases, bounds, and that honesty pays."""

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
def test_who_is_certain_and_right_has_a_perfect_score(outcome: float) -> None:
    assert brier(outcome, outcome) == 0
    assert log_score(outcome, outcome) == 0


@given(CHANCES, CHANCES)
def test_nobody_gains_by_giving_another_chance_than_they_believe(
    believed: float, said: float
) -> None:
    for score in (brier, log_score):
        honest, other = (
            believed * score(chance, 1) + (1 - believed) * score(chance, 0)
            for chance in (believed, said)
        )
        assert honest <= other + 1e-12


@given(
    st.lists(st.integers(0, 20), min_size=2, max_size=8),
    st.lists(st.integers(0, 20), min_size=1, max_size=8),
)
def test_nobody_gains_by_giving_another_ensemble_than_they_believe(
    believed: list[int], said: list[int]
) -> None:
    for score in (crps, log_crps):
        honest = np.mean([score(believed, outcome) for outcome in believed])
        other = np.mean([score(said, outcome) for outcome in believed])
        assert honest <= other + 1e-9


@given(NUMBERS, st.floats(0, 1000), st.floats(-50, 50), st.floats(0, 9))
def test_the_score_of_an_ensemble_moves_and_stretches_with_its_unit(
    ensemble: list[float], outcome: float, shift: float, factor: float
) -> None:
    moved = [factor * (member + shift) for member in ensemble]
    scaled = factor * crps(ensemble, outcome)
    assert crps(moved, factor * (outcome + shift)) == pytest.approx(scaled, abs=1e-6)


def test_what_never_happened_keeps_a_chance_that_shrinks_with_the_number_of_worlds() -> None:
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
