"""Worlds cut into blocks, whose size is adapted to the time that earlier blocks took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

OnProgress = Callable[[int], None]
"""Called with the number of worlds simulated so far."""

DEFAULT_BLOCK_SIZE = 4000
"""Worlds per block where the size is fixed: they give each of a few workers something to do."""
FIRST_BLOCK_SIZE = 1000
"""Worlds in the first block, which measures the speed; an everyday run fits into it."""
MIN_BLOCK_SIZE = 1000
"""The smallest adaptive block. On a busy machine, smaller blocks would take longer per world."""
MAX_BLOCK_SIZE = 12_000
"""The largest adaptive block. Function calls of a month cost as much as a thousand worlds, so that
a world takes less time in a larger block; beyond this hardly any (`python -m benchmarks
block_sizes`)."""
_MAX_ACTORS, _MAX_ACTORS_RECORDED = 92_000, 52_000
"""The most actors of a block, those of all its worlds: a worker then takes 700 to 830 MB, also
where months or events are recorded (`python -m benchmarks memory`)."""
TARGET_SECONDS = 10.0
"""How long a block should take: long beside its transfer, short as a loss when a run is stopped."""
_MAX_GROWTH = 4.0


class Block(NamedTuple):
    """Worlds `first` to `first + size - 1`."""

    first: int
    size: int

    @property
    def last(self) -> int:
        """The last world of the block."""
        return self.first + self.size - 1

    @property
    def end(self) -> int:
        """The first world after the block."""
        return self.first + self.size


@dataclass(frozen=True)
class Failure:
    """Worlds that could not be simulated.

    Attributes:
        point: the id of their point.
        first: the first world.
        last: the last world.
        error: the error and its place in the code, in one line.
        traceback: the traceback, with the names of files but not their folders.
    """

    point: str
    first: int
    last: int
    error: str
    traceback: str

    def __str__(self) -> str:
        """Return the failure in one line."""
        return f"worlds {self.first} to {self.last} could not be simulated: {self.error}"


def fitting_worlds(actors: int, *, recorded: bool) -> int:
    """Return how many worlds of so many actors fit into a block.

    `recorded` says whether their months or events are, beside the table of worlds.
    """
    return (_MAX_ACTORS_RECORDED if recorded else _MAX_ACTORS) // actors


class BlockSizer:
    """Decides the size of the next block; results do not depend on it."""

    def __init__(
        self,
        block_size: int | None = None,
        seconds_per_world: float = 0.0,
        fitting: int = MAX_BLOCK_SIZE,
    ) -> None:
        """Adapt the size to the time that blocks take, or use a given `block_size` throughout.

        Args:
            block_size: the size, if it is given.
            seconds_per_world: an estimate made beforehand; 0 where there is none.
            fitting: how many worlds the memory of a worker has room for.
        """
        self._largest = max(MIN_BLOCK_SIZE, min(MAX_BLOCK_SIZE, fitting))
        self.block_size = block_size or FIRST_BLOCK_SIZE
        self.seconds_per_world = seconds_per_world
        self.is_adaptive = block_size is None

    def start_from_estimate(self) -> None:
        """Set the size so that, if the estimate is right, a block takes the time it should."""
        if self.is_adaptive and self.seconds_per_world:
            fitting = int(TARGET_SECONDS / self.seconds_per_world)
            self.block_size = max(MIN_BLOCK_SIZE, min(self._largest, fitting))

    def update(self, worlds: int, seconds: float) -> None:
        """Adapt the size to how long a block of so many worlds took."""
        self.seconds_per_world = seconds / worlds
        if not self.is_adaptive:
            return
        fitting = int(worlds * min(TARGET_SECONDS / max(seconds, 1e-9), _MAX_GROWTH))
        if seconds > TARGET_SECONDS:
            self.block_size = max(MIN_BLOCK_SIZE, min(self.block_size, fitting))
        elif worlds >= self.block_size:  # not the last block of a point, which may be small
            self.block_size = min(self._largest, max(self.block_size, fitting))


def find_gaps(worlds: int, completed: Iterable[Block]) -> Iterator[Block]:
    """Yield the worlds missing from 0 to `worlds` - 1."""
    next_world = 0
    for block in sorted(completed):
        gap_end = min(block.first, worlds)
        if next_world < gap_end:
            yield Block(next_world, gap_end - next_world)
        next_world = max(next_world, block.end)
    if next_world < worlds:
        yield Block(next_world, worlds - next_world)


def split_gap(gap: Block, sizer: BlockSizer, idle_workers: int = 0) -> Iterator[Block]:
    """Yield a gap in blocks, each of the size that the sizer gives when the block is requested.

    With `idle_workers`, which have no other work, blocks are at most of that size but equal, and
    as many for each worker, so that all finish at the same time.
    """
    first, submitted = gap.first, 0
    while first < gap.end:
        remaining, size = gap.end - first, sizer.block_size
        if idle_workers and sizer.is_adaptive:
            size = max(MIN_BLOCK_SIZE, _even_block_size(remaining, size, idle_workers, submitted))
        block = Block(first, min(size, remaining))
        yield block
        first, submitted = block.end, submitted + 1


def _even_block_size(remaining: int, largest: int, workers: int, submitted: int) -> int:
    """Return a size up to `largest` with which all workers get as many blocks in total."""
    blocks_per_worker = -(-(submitted * largest + remaining) // (workers * largest))
    return -(-remaining // max(workers * blocks_per_worker - submitted, 1))


def split_worlds(worlds: int, block_size: int = DEFAULT_BLOCK_SIZE) -> Iterator[Block]:
    """Yield worlds 0 to `worlds` - 1 as blocks of `block_size`, the last one perhaps smaller."""
    yield from split_gap(Block(0, worlds), BlockSizer(block_size))
