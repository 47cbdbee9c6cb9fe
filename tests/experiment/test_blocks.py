from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.blocks import Block, blocks


def test_the_last_block_may_be_smaller() -> None:
    assert list(blocks(25, 10)) == [Block(0, 10), Block(10, 10), Block(20, 5)]


def test_a_block_knows_its_last_world() -> None:
    assert Block(20, 5).last == 24


@given(worlds=st.integers(1, 500), size=st.integers(1, 600))
def test_every_world_stands_in_one_block_in_order(worlds: int, size: int) -> None:
    lived = [block.first + k for block in blocks(worlds, size) for k in range(block.size)]
    assert lived == list(range(worlds))
