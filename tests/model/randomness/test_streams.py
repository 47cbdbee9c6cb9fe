"""One die per occasion: fair, its own, and the same wherever and whenever it is thrown."""

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
OCCASIONS = [
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
"""Occasions that differ from the first in one thing each: decision, month, who, towards, about."""

blocks = st.tuples(st.integers(0, 200), st.integers(1, 60))


def _drawn(occasion: tuple[str, int, str, str, str], seed: int = 7) -> Vector:
    return RandomStreams(seed, 0, MANY).uniform(*occasion)


@given(blocks, st.sampled_from(OCCASIONS), st.integers(0, 2**63 - 1))
def test_a_draw_does_not_depend_on_the_block(
    block: tuple[int, int], occasion: tuple[str, int, str, str, str], seed: int
) -> None:
    first, count = block
    whole = RandomStreams(seed, 0, first + count).uniform(*occasion)
    assert np.array_equal(RandomStreams(seed, first, count).uniform(*occasion), whole[first:])


@given(st.permutations(OCCASIONS), st.lists(st.sampled_from(OCCASIONS)))
def test_a_draw_does_not_depend_on_what_was_drawn_before(
    order: list[tuple[str, int, str, str, str]], before: list[tuple[str, int, str, str, str]]
) -> None:
    luck = RandomStreams(7, 3, 9)
    for occasion in before:
        luck.uniform(*occasion)
    drawn = {occasion: luck.uniform(*occasion) for occasion in order}
    fresh = {occasion: RandomStreams(7, 3, 9).uniform(*occasion) for occasion in OCCASIONS}
    assert all(np.array_equal(drawn[occasion], fresh[occasion]) for occasion in OCCASIONS)


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_draws_are_spread_evenly_over_worlds(occasion: tuple[str, int, str, str, str]) -> None:
    drawn = _drawn(occasion)
    assert drawn.min() >= 0
    assert drawn.max() < 1
    assert kstest(drawn, "uniform").pvalue > 0.001


def test_draws_are_spread_evenly_over_months_in_one_world() -> None:
    luck = RandomStreams(7, 12_345, 1)
    drawn = [luck.uniform("challenge", month, "north")[0] for month in range(4000)]
    assert kstest(drawn, "uniform").pvalue > 0.001


@pytest.mark.parametrize(("one", "other"), list(combinations(OCCASIONS, 2)))
def test_two_occasions_have_nothing_to_do_with_each_other(
    one: tuple[str, int, str, str, str], other: tuple[str, int, str, str, str]
) -> None:
    assert abs(np.corrcoef(_drawn(one), _drawn(other))[0, 1]) < 4 / np.sqrt(MANY)


@pytest.mark.parametrize("apart", [1, 2, 3, 4, 5, 8])
def test_neighbouring_worlds_have_nothing_to_do_with_each_other(apart: int) -> None:
    drawn = _drawn(OCCASIONS[0])
    assert abs(np.corrcoef(drawn[apart:], drawn[:-apart])[0, 1]) < 4 / np.sqrt(MANY)


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
@settings(max_examples=50)
def test_another_seed_is_other_luck(one: int, other: int) -> None:
    first, second = (RandomStreams(seed, 0, 8).uniform(*OCCASIONS[0]) for seed in (one, other))
    assert np.array_equal(first, second) == (one == other)


def test_seeds_side_by_side_have_nothing_to_do_with_each_other() -> None:
    one, other = _drawn(OCCASIONS[0], seed=7), _drawn(OCCASIONS[0], seed=8)
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(MANY)


def test_normal_draws_have_the_moments_of_a_normal() -> None:
    drawn = RandomStreams(7, 0, MANY).normal("fortune", 3, "feud")
    assert kstest(drawn, "norm").pvalue > 0.001
    assert abs(drawn.mean()) < 4 / np.sqrt(MANY)
    assert abs(drawn.var() - 1) < 4 * np.sqrt(2 / MANY)
    assert abs(skew(drawn)) < 4 * np.sqrt(6 / MANY)


@given(blocks, st.integers(1, 600))
def test_normal_draws_do_not_depend_on_the_block_either(block: tuple[int, int], month: int) -> None:
    first, count = block
    whole = RandomStreams(7, 0, first + count).normal("fortune", month, "feud", about="siege")
    part = RandomStreams(7, first, count).normal("fortune", month, "feud", about="siege")
    assert np.array_equal(part, whole[first:])
    assert np.isfinite(part).all()
