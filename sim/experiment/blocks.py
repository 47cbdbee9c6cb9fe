"""The worlds that are to be lived, cut into blocks whose size is learnt from those that were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

OnProgress = Callable[[int], None]
"""Called with the number of worlds simulated so far."""

DEFAULT_BLOCK_SIZE = 4000
"""Worlds of a block where nobody learns. A month costs as much as some 500 worlds whatever their
number, so that few are dear; more than this cost hardly less and would take memory."""
FIRST_BLOCK_SIZE = 1000
"""Worlds of the first block, which shows how long they take: an everyday question whole."""
MIN_BLOCK_SIZE = 1000
"""Fewer are not worth a block, however long they take: on a busy machine they would take longer
still, each of them."""
MAX_BLOCK_SIZE = 4000
"""As in `BLOCK`; half as many again where that makes as many blocks for each worker."""
TARGET_SECONDS = 6.0
"""What a block should take: long beside the handing over, short beside what a stop would lose."""
_MAX_GROWTH = 4.0


class Block(NamedTuple):
    """`size` worlds from world `first` on."""

    first: int
    size: int

    @property
    def last(self) -> int:
        """The last of its worlds."""
        return self.first + self.size - 1

    @property
    def end(self) -> int:
        """The first world that is no longer one of its own."""
        return self.first + self.size


@dataclass(frozen=True)
class Failure:
    """Worlds that could not be lived.

    Attributes:
        point: the id of the point they belong to.
        first: the first of them.
        last: the last of them.
        error: what went wrong and where, in one line.
        traceback: the way there, with names of files but not their places on the machine.
    """

    point: str
    first: int
    last: int
    error: str
    traceback: str

    def __str__(self) -> str:
        """Return the failure in one line."""
        return f"worlds {self.first} to {self.last} could not be lived: {self.error}"


class BlockSizer:
    """How many worlds the next block should have; results do not depend on it."""

    def __init__(self, block_size: int | None = None, seconds_per_world: float = 0.0) -> None:
        """Begin small and learn; or keep to a size that is given.

        How long a world takes may be known beforehand; 0 where it is not.
        """
        self.block_size = block_size or FIRST_BLOCK_SIZE
        self.seconds_per_world = seconds_per_world
        self.is_adaptive = block_size is None

    def start_from(self) -> None:
        """Begin with blocks that take as long as they should, if what is known of them is right."""
        if self.is_adaptive and self.seconds_per_world:
            self.block_size = max(
                MIN_BLOCK_SIZE, min(MAX_BLOCK_SIZE, int(TARGET_SECONDS / self.seconds_per_world))
            )

    def update(self, worlds: int, seconds: float) -> None:
        """Take note of how long so many worlds took."""
        self.seconds_per_world = seconds / worlds
        if not self.is_adaptive:
            return
        fitting = int(worlds * min(TARGET_SECONDS / max(seconds, 1e-9), _MAX_GROWTH))
        if seconds > TARGET_SECONDS:
            self.block_size = max(MIN_BLOCK_SIZE, min(self.block_size, fitting))
        elif (
            worlds >= self.block_size
        ):  # the last block of a point may be small for no other reason
            self.block_size = min(MAX_BLOCK_SIZE, max(self.block_size, fitting))


def find_gaps(worlds: int, completed: Iterable[Block]) -> Iterator[Block]:
    """Yield what is missing of worlds 0 to `worlds` - 1."""
    at = 0
    for block in sorted(completed):
        if at < min(block.first, worlds):
            yield Block(at, min(block.first, worlds) - at)
        at = max(at, block.end)
    if at < worlds:
        yield Block(at, worlds - at)


def split_gap(gap: Block, sizer: BlockSizer, idle_workers: int = 0) -> Iterator[Block]:
    """Yield a gap in blocks, each as large as the pace has it when it is asked for.

    With `idle_workers`, who have nothing else to do, blocks are about as large, equal, and as many for
    each, so that all are done at the same time; but no smaller than is worth while.
    """
    first, handed = gap.first, 0
    while first < gap.end:
        left, size = gap.end - first, sizer.block_size
        if idle_workers and sizer.is_adaptive:
            size = max(MIN_BLOCK_SIZE, _even_block_size(left, size, idle_workers, handed))
        block = Block(first, min(size, left))
        yield block
        first, handed = block.end, handed + 1


def _even_block_size(remaining: int, target_size: int, workers: int, submitted: int) -> int:
    """Return a size near `target_size` with which each worker has as many, those handed out included."""
    many = workers * max(1, round((submitted + remaining / target_size) / workers)) - submitted
    return -(-remaining // max(many, 1))


def split_worlds(worlds: int, block_size: int = DEFAULT_BLOCK_SIZE) -> Iterator[Block]:
    """Yield worlds 0 to `worlds` - 1 as blocks of `block_size`, the last one perhaps smaller."""
    yield from split_gap(Block(0, worlds), BlockSizer(block_size))
