from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.blocks import (
    FIRST_BLOCK_SIZE,
    MAX_BLOCK_SIZE,
    MIN_BLOCK_SIZE,
    TARGET_SECONDS,
    Block,
    BlockSizer,
    find_gaps,
    fitting_worlds,
    split_gap,
    split_worlds,
)

BLOCKS = st.lists(st.builds(Block, st.integers(0, 300), st.integers(1, 80)), max_size=8)


def worlds_of(blocks: list[Block]) -> list[int]:
    return [block.first + k for block in blocks for k in range(block.size)]


def test_the_last_block_may_be_smaller() -> None:
    assert list(split_worlds(25, 10)) == [Block(0, 10), Block(10, 10), Block(20, 5)]


def test_a_block_knows_its_last_world() -> None:
    assert Block(20, 5).last == 24


@given(worlds=st.integers(1, 500), size=st.integers(1, 600))
def test_every_world_stands_in_one_block_in_order(worlds: int, size: int) -> None:
    assert worlds_of(list(split_worlds(worlds, size))) == list(range(worlds))


@given(worlds=st.integers(1, 300), done=BLOCKS)
def test_gaps_are_just_the_worlds_that_are_missing(worlds: int, done: list[Block]) -> None:
    completed = set(worlds_of(done))
    missing = [world for world in range(worlds) if world not in completed]
    assert worlds_of(list(find_gaps(worlds, done))) == missing


class TestPace:
    """Blocks grow or shrink until one takes about as long as it should."""

    def test_no_block_is_larger_than_memory_allows_however_quick_worlds_are(self) -> None:
        sizer = BlockSizer(seconds_per_world=TARGET_SECONDS / 90_000)
        sizer.start_from_estimate()
        assert sizer.block_size == MAX_BLOCK_SIZE
        sizer.update(MAX_BLOCK_SIZE, 1.0)
        assert sizer.block_size == MAX_BLOCK_SIZE

    def test_a_world_of_many_actors_takes_more_of_it(self) -> None:
        fitting = fitting_worlds(32, recorded=False)
        assert fitting == fitting_worlds(8, recorded=False) // 4
        sizer = BlockSizer(seconds_per_world=1e-6, fitting=fitting)
        sizer.start_from_estimate()
        assert sizer.block_size == fitting
        sizer.update(fitting, 0.1)
        assert sizer.block_size == fitting

    def test_months_and_events_that_are_recorded_take_memory_too(self) -> None:
        assert fitting_worlds(8, recorded=True) < fitting_worlds(8, recorded=False)

    def test_a_block_is_never_smaller_than_is_worth_while_for_want_of_memory(self) -> None:
        sizer = BlockSizer(seconds_per_world=1e-6, fitting=3)
        sizer.start_from_estimate()
        assert sizer.block_size == MIN_BLOCK_SIZE

    def test_it_begins_small(self) -> None:
        assert BlockSizer().block_size == FIRST_BLOCK_SIZE

    def test_quick_worlds_make_larger_blocks_step_by_step(self) -> None:
        sizer, sizes = BlockSizer(), list[int]()
        for block in split_gap(Block(0, 50_000), sizer):
            sizes.append(block.size)
            sizer.update(block.size, block.size * 1e-6)
        assert sizes[:3] == [
            FIRST_BLOCK_SIZE,
            min(4 * FIRST_BLOCK_SIZE, MAX_BLOCK_SIZE),
            MAX_BLOCK_SIZE,
        ]
        assert max(sizes) == MAX_BLOCK_SIZE

    def test_blocks_come_to_take_what_they_should(self) -> None:
        sizer = BlockSizer()
        for block in split_gap(Block(0, 20_000), sizer):
            sizer.update(block.size, 0.5 + block.size * 2e-3)
        assert abs(0.5 + sizer.block_size * 2e-3 - TARGET_SECONDS) < 0.2

    def test_what_is_known_beforehand_is_trusted(self) -> None:
        sizer = BlockSizer(seconds_per_world=TARGET_SECONDS / 2000)
        sizer.start_from_estimate()
        assert sizer.block_size == 2000

    def test_nothing_is_trusted_of_which_nothing_is_known(self) -> None:
        sizer = BlockSizer()
        sizer.start_from_estimate()
        assert sizer.block_size == FIRST_BLOCK_SIZE

    def test_slow_worlds_make_smaller_blocks_down_to_what_is_worth_while(self) -> None:
        sizer = BlockSizer()
        sizer.block_size = 2000
        sizer.update(2000, 4 * TARGET_SECONDS)
        assert sizer.block_size == max(500, MIN_BLOCK_SIZE)
        sizer.update(500, 100 * TARGET_SECONDS)
        assert sizer.block_size == MIN_BLOCK_SIZE

    def test_the_last_block_of_a_point_says_nothing_about_size(self) -> None:
        sizer = BlockSizer()
        sizer.block_size = 1000
        sizer.update(3, 0.5)
        assert sizer.block_size == 1000

    def test_a_size_that_is_given_stays(self) -> None:
        sizer = BlockSizer(7)
        sizer.update(7, 1e-6)
        assert sizer.block_size == 7


def trusted() -> BlockSizer:
    sizer = BlockSizer(seconds_per_world=1e-6)
    sizer.start_from_estimate()
    return sizer


@given(worlds=st.integers(2 * MAX_BLOCK_SIZE, 100_000), workers=st.integers(1, 9))
def test_workers_with_nothing_else_to_do_get_as_many_blocks_each(worlds: int, workers: int) -> None:
    sizes = [block.size for block in split_gap(Block(0, worlds), trusted(), workers)]
    assert sum(sizes) == worlds
    assert len(sizes) % workers == 0 or min(sizes) <= MIN_BLOCK_SIZE
    assert max(sizes) - min(sizes) < len(sizes) or min(sizes) <= MIN_BLOCK_SIZE
    assert max(sizes) <= MAX_BLOCK_SIZE


def test_a_block_is_never_smaller_than_is_worth_while_for_the_sake_of_evenness() -> None:
    assert [block.size for block in split_gap(Block(0, 1200), trusted(), 2)] == [
        MIN_BLOCK_SIZE,
        200,
    ]


def test_a_size_that_is_given_is_kept_to_with_several_workers() -> None:
    assert [block.size for block in split_gap(Block(0, 25), BlockSizer(10), 2)] == [10, 10, 5]
