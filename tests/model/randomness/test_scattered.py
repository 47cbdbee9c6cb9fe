"""Draws for a few worlds are the numbers that every world would have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.randomness import streams as module
from sim.model.randomness.controlled import ControlledStreams, TurnedStreams
from sim.model.randomness.forked import ForkedStreams
from sim.model.randomness.scattered import scattered_uniform
from sim.model.randomness.streams import Occasion, RandomStreams, SelectedStreams, philox_key

OCCASIONS: list[Occasion] = [
    ("climb", 3, "one", "other", "feud"),
    ("climb", 4, "other", "one", "feud"),
    ("resist", 12, "one", "", "strait"),
]
WORLDS = np.arange(30)
STREAMS = {
    "plain": RandomStreams(7, 3, 30),
    "selected": SelectedStreams(RandomStreams(7, 0, 60), WORLDS[::-1].copy() * 2),
    "controlled": ControlledStreams(7, WORLDS * 3, WORLDS * 5),
    "turned": TurnedStreams(7, 11, [(occasion, 0.25) for occasion in OCCASIONS * 9]),
    "forked": ForkedStreams(RandomStreams(7, 0, 30), RandomStreams(7, 17, 1), 3),
    "forked before": ForkedStreams(RandomStreams(7, 0, 30), RandomStreams(7, 17, 1), 2),
}
WAYS = "alone", "jointly", "of the block"


@given(st.integers(0, 2**63), st.integers(0, 2**40), st.integers(0, 2**31), st.text(max_size=8))
def test_a_scattered_number_is_that_of_the_stream(
    seed: int, world: int, month: int, name: str
) -> None:
    block = RandomStreams(seed, world, 6).uniform("choice", month, name)
    keys = np.tile(np.array([philox_key(seed, "choice", name, "", "")], np.uint64).T, 6)
    numbers = np.arange(6, dtype=np.uint64) + np.uint64(world)
    months = np.full(6, month, dtype=np.uint64)
    assert scattered_uniform(keys, months, numbers).tobytes() == block.tobytes()


@contextmanager
def drawn_by(way: str) -> Iterator[None]:
    """Let draws for few worlds be drawn in one of the three ways, as if it were the cheapest."""
    costs = {"_ALONE": "alone", "_JOINT_CALL": "jointly", "_BLOCK_CALL": "of the block"}
    costly: dict[str, Any] = {name: float(way != each) * 1e9 for name, each in costs.items()}
    with patch.multiple(module, _JOINT_NUMBER=0.0, _BLOCK_NUMBER=0.0, **costly):
        yield


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", STREAMS)
def test_draws_of_few_worlds_are_those_of_the_block(kind: str, way: str) -> None:
    streams = STREAMS[kind]
    generator = np.random.default_rng(1)
    worlds = generator.integers(0, streams.count, 40)
    which = generator.integers(0, len(OCCASIONS), 40)
    blocks = np.stack([streams.uniform(*occasion) for occasion in OCCASIONS])
    with drawn_by(way):
        few = streams.few(OCCASIONS, which, worlds)
    assert few.tobytes() == blocks[which, worlds].tobytes()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", STREAMS)
def test_draws_below_a_ceiling_are_found_where_they_are_asked_for(kind: str, way: str) -> None:
    streams, generator, rows = STREAMS[kind], np.random.default_rng(1), np.array([0, 2, 3])
    ceilings, where = generator.random((2, 4, streams.count))
    asked = where < 0.5
    with drawn_by(way):
        found = streams.below(ceilings, OCCASIONS, rows, asked)
    drawn = np.ones_like(ceilings)
    drawn[rows] = [streams.uniform(*occasion) for occasion in OCCASIONS]
    at = (asked & (drawn < ceilings)).nonzero()
    assert 0 < len(at[0]) < asked[rows].sum()
    assert [axis.tolist() for axis in found] == [
        *(axis.tolist() for axis in at),
        drawn[at].tolist(),
    ]


@pytest.mark.parametrize("kind", STREAMS)
def test_what_is_settled_once_is_drawn_for_few_as_for_all(kind: str) -> None:
    streams, worlds = STREAMS[kind], np.array([4, 0, 9, 9, 2])
    which = np.array([0, 2, 1, 0, 2])
    blocks = [streams.uniform_once(what, number, 5, *who) for what, number, *who in OCCASIONS]
    few = streams.few_once(OCCASIONS, 5, which, worlds)
    assert few.tolist() == np.stack(blocks)[which, worlds].tolist()


def test_few_numbers_of_a_large_block_are_drawn_alone() -> None:
    streams, rows = RandomStreams(7, 0, 10_000), np.array([0, 1, 2])
    with patch.object(RandomStreams, "uniform", side_effect=AssertionError):
        assert streams.few(OCCASIONS * 10, rows, rows).shape == (3,)


def test_none_are_drawn_for_no_case() -> None:
    nobody = np.zeros(0, dtype=np.intp)
    assert STREAMS["plain"].few([], nobody, nobody).size == 0
