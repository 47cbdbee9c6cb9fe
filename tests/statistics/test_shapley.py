"""Shapley values: what they must be, on any game."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.statistics.shapley import all_subsets, shapley_values

games = st.integers(0, 5).flatmap(
    lambda players: st.lists(st.floats(-5, 5), min_size=2**players, max_size=2**players)
)


@given(games)
def test_values_add_up_to_what_all_change(game: list[float]) -> None:
    assert abs(shapley_values(np.array(game)).sum() - (game[-1] - game[0])) < 1e-9


@given(games)
def test_a_value_is_the_mean_over_all_orders(game: list[float]) -> None:
    players = len(game).bit_length() - 1
    expected = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        inside = 0
        for player in order:
            expected[player] += (game[inside | 1 << player] - game[inside]) / len(orders)
            inside |= 1 << player
    assert shapley_values(np.array(game)) == pytest.approx(expected, abs=1e-9)


@given(games, games)
def test_a_sum_of_games_has_the_sum_of_the_values(game: list[float], other: list[float]) -> None:
    size = min(len(game), len(other))
    first, second = np.array(game[:size]), np.array(other[:size])
    both = shapley_values(first) + shapley_values(second)
    assert shapley_values(first + second) == pytest.approx(both, abs=1e-9)


def test_many_games_are_split_at_once() -> None:
    game = np.random.default_rng(1).normal(size=(8, 3, 2))
    for place in np.ndindex(3, 2):
        alone = shapley_values(game[(slice(None), *place)])
        assert shapley_values(game)[(slice(None), *place)] == pytest.approx(alone)


def test_one_that_adds_nothing_gets_nothing_and_twins_get_the_same() -> None:
    has = all_subsets(3)
    game = _product(has[:, [0, 1]])
    assert shapley_values(game) == pytest.approx([0.5, 0.5, 0.0])


def test_subsets_run_from_none_to_all() -> None:
    every = all_subsets(3)
    assert every.shape == (8, 3)
    assert not every[0].any()
    assert every[-1].all()
    assert len({tuple(row) for row in every.tolist()}) == 8


def test_what_is_no_game_is_refused() -> None:
    with pytest.raises(ValueError, match="3 subsets; a power of two is needed"):
        shapley_values(np.zeros(3))
    with pytest.raises(ValueError, match="99 players; at most 12 are possible"):
        all_subsets(99)


def _product(has: NDArray[np.bool_]) -> NDArray[np.float64]:
    return has.all(axis=1).astype(float)
