"""One draw per key: uniform, independent, and the same wherever and whenever it is drawn."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest, skew

from sim.model.arrays import Vector
from sim.model.randomness.streams import RandomStreams

MANY = 40_000
KEYS = [
    ("challenge", 1, "north", "south", "feud"),
    ("resist", 1, "north", "south", "feud"),
    ("challenge", 2, "north", "south", "feud"),
    ("challenge", 1, "east", "south", "feud"),
    ("challenge", 1, "north", "east", "feud"),
    ("challenge", 1, "north", "south", "grudge"),
    ("challenge", 1, "south", "north", "feud"),
    ("challenge", 0, "north", "south", "feud"),
    ("challenge", 1, "north", "", "south"),
    ("challenge", 1, "northsouth", "", "feud"),
]
"""Keys that differ from the first in a single part: decision, month, who, towards, about."""

blocks = st.tuples(st.integers(0, 200), st.integers(1, 60))


def _drawn(key: tuple[str, int, str, str, str], seed: int = 7) -> Vector:
    return RandomStreams(seed, 0, MANY).uniform(*key)


@given(blocks, st.sampled_from(KEYS), st.integers(0, 2**63 - 1))
def test_a_draw_does_not_depend_on_the_block(
    block: tuple[int, int], key: tuple[str, int, str, str, str], seed: int
) -> None:
    first, count = block
    larger = RandomStreams(seed, 0, first + count).uniform(*key)
    assert np.array_equal(RandomStreams(seed, first, count).uniform(*key), larger[first:])


@given(st.permutations(KEYS), st.lists(st.sampled_from(KEYS)))
def test_a_draw_does_not_depend_on_what_was_drawn_before(
    order: list[tuple[str, int, str, str, str]], before: list[tuple[str, int, str, str, str]]
) -> None:
    streams = RandomStreams(7, 3, 9)
    for key in before:
        streams.uniform(*key)
    drawn = {key: streams.uniform(*key) for key in order}
    fresh = {key: RandomStreams(7, 3, 9).uniform(*key) for key in KEYS}
    assert all(np.array_equal(drawn[key], fresh[key]) for key in KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_draws_are_spread_evenly_over_worlds(key: tuple[str, int, str, str, str]) -> None:
    drawn = _drawn(key)
    assert drawn.min() >= 0
    assert drawn.max() < 1
    assert kstest(drawn, "uniform").pvalue > 0.001


def test_draws_are_spread_evenly_over_months_in_one_world() -> None:
    streams = RandomStreams(7, 12_345, 1)
    drawn = [streams.uniform("challenge", month, "north")[0] for month in range(4000)]
    assert kstest(drawn, "uniform").pvalue > 0.001


@pytest.mark.parametrize(("first", "second"), list(combinations(KEYS, 2)))
def test_two_draws_have_nothing_to_do_with_each_other(
    first: tuple[str, int, str, str, str], second: tuple[str, int, str, str, str]
) -> None:
    assert abs(np.corrcoef(_drawn(first), _drawn(second))[0, 1]) < 4 / np.sqrt(MANY)


@pytest.mark.parametrize("apart", [1, 2, 3, 4, 5, 8])
def test_neighbouring_worlds_have_nothing_to_do_with_each_other(apart: int) -> None:
    drawn = _drawn(KEYS[0])
    assert abs(np.corrcoef(drawn[apart:], drawn[:-apart])[0, 1]) < 4 / np.sqrt(MANY)


@given(blocks)
def test_draws_read_together_are_those_read_one_by_one(block: tuple[int, int]) -> None:
    streams = RandomStreams(7, *block)
    one_by_one = np.array([streams.uniform(*key) for key in KEYS])
    assert np.array_equal(streams.uniform_each(KEYS), one_by_one)
    assert streams.uniform_each([]).shape == (0, block[1])


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
@settings(max_examples=50)
def test_another_seed_gives_other_draws(first_seed: int, second_seed: int) -> None:
    first, second = (
        RandomStreams(seed, 0, 8).uniform(*KEYS[0]) for seed in (first_seed, second_seed)
    )
    assert np.array_equal(first, second) == (first_seed == second_seed)


def test_seeds_side_by_side_have_nothing_to_do_with_each_other() -> None:
    first, second = _drawn(KEYS[0], seed=7), _drawn(KEYS[0], seed=8)
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / np.sqrt(MANY)


def test_normal_draws_have_the_moments_of_a_normal() -> None:
    drawn = RandomStreams(7, 0, MANY).normal("fortune", 3, "feud")
    assert kstest(drawn, "norm").pvalue > 0.001
    assert abs(drawn.mean()) < 4 / np.sqrt(MANY)
    assert abs(drawn.var() - 1) < 4 * np.sqrt(2 / MANY)
    assert abs(skew(drawn)) < 4 * np.sqrt(6 / MANY)


@given(blocks, st.integers(1, 600))
def test_normal_draws_do_not_depend_on_the_block_either(block: tuple[int, int], month: int) -> None:
    first, count = block
    larger = RandomStreams(7, 0, first + count).normal("fortune", month, "feud", about="siege")
    part = RandomStreams(7, first, count).normal("fortune", month, "feud", about="siege")
    assert np.array_equal(part, larger[first:])
    assert np.isfinite(part).all()
