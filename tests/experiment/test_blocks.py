from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.blocks import FIRST, LEAST, MOST, SECONDS, Block, Pace, blocks, cut, gaps

BLOCKS = st.lists(st.builds(Block, st.integers(0, 300), st.integers(1, 80)), max_size=8)


def worlds_of(found: list[Block]) -> list[int]:
    return [block.first + k for block in found for k in range(block.size)]


def test_the_last_block_may_be_smaller() -> None:
    assert list(blocks(25, 10)) == [Block(0, 10), Block(10, 10), Block(20, 5)]


def test_a_block_knows_its_last_world() -> None:
    assert Block(20, 5).last == 24


@given(worlds=st.integers(1, 500), size=st.integers(1, 600))
def test_every_world_stands_in_one_block_in_order(worlds: int, size: int) -> None:
    assert worlds_of(list(blocks(worlds, size))) == list(range(worlds))


@given(worlds=st.integers(1, 300), done=BLOCKS)
def test_gaps_are_just_the_worlds_that_are_missing(worlds: int, done: list[Block]) -> None:
    there = set(worlds_of(done))
    missing = [world for world in range(worlds) if world not in there]
    assert worlds_of(list(gaps(worlds, done))) == missing


class TestPace:
    """Blocks grow or shrink until one takes about as long as it should."""

    def test_it_begins_small(self) -> None:
        assert Pace().size == FIRST

    def test_quick_worlds_make_larger_blocks_step_by_step(self) -> None:
        pace, sizes = Pace(), list[int]()
        for block in cut(Block(0, 50_000), pace):
            sizes.append(block.size)
            pace.learn(block.size, block.size * 1e-6)
        assert sizes[:3] == [FIRST, min(4 * FIRST, MOST), MOST]
        assert max(sizes) == MOST

    def test_blocks_come_to_take_what_they_should(self) -> None:
        pace = Pace()
        for block in cut(Block(0, 20_000), pace):
            pace.learn(block.size, 0.5 + block.size * 2e-3)
        assert abs(0.5 + pace.size * 2e-3 - SECONDS) < 0.2

    def test_what_is_known_beforehand_is_trusted(self) -> None:
        pace = Pace(seconds_per_world=SECONDS / 2000)
        pace.trust()
        assert pace.size == 2000

    def test_nothing_is_trusted_of_which_nothing_is_known(self) -> None:
        pace = Pace()
        pace.trust()
        assert pace.size == FIRST

    def test_slow_worlds_make_smaller_blocks_down_to_what_is_worth_while(self) -> None:
        pace = Pace()
        pace.size = 2000
        pace.learn(2000, 4 * SECONDS)
        assert pace.size == max(500, LEAST)
        pace.learn(500, 100 * SECONDS)
        assert pace.size == LEAST

    def test_the_last_block_of_a_point_says_nothing_about_size(self) -> None:
        pace = Pace()
        pace.size = 1000
        pace.learn(3, 0.5)
        assert pace.size == 1000

    def test_a_size_that_is_given_stays(self) -> None:
        pace = Pace(7)
        pace.learn(7, 1e-6)
        assert pace.size == 7


def trusted() -> Pace:
    pace = Pace(seconds_per_world=1e-6)
    pace.trust()
    return pace


@given(worlds=st.integers(2 * MOST, 100_000), workers=st.integers(1, 9))
def test_workers_with_nothing_else_to_do_get_as_many_blocks_each(worlds: int, workers: int) -> None:
    sizes = [block.size for block in cut(Block(0, worlds), trusted(), workers)]
    assert sum(sizes) == worlds
    assert len(sizes) % workers == 0 or min(sizes) <= LEAST
    assert max(sizes) - min(sizes) < len(sizes) or min(sizes) <= LEAST
    assert max(sizes) <= 1.5 * MOST


def test_a_block_is_never_smaller_than_is_worth_while_for_the_sake_of_evenness() -> None:
    assert [block.size for block in cut(Block(0, 1200), trusted(), 2)] == [LEAST, 200]


def test_a_size_that_is_given_is_kept_to_with_several_workers() -> None:
    assert [block.size for block in cut(Block(0, 25), Pace(10), 2)] == [10, 10, 5]
