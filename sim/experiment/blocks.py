"""The worlds of a run, cut into blocks that fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

BLOCK = 1000
"""Worlds lived together: enough for a rule to cost little per world, few enough to stay small."""


class Block(NamedTuple):
    """`size` worlds from world `first` on."""

    first: int
    size: int

    @property
    def last(self) -> int:
        """The last of its worlds."""
        return self.first + self.size - 1


def blocks(worlds: int, size: int = BLOCK) -> Iterator[Block]:
    """Yield worlds 0 to `worlds` - 1 as blocks of `size`, the last one perhaps smaller."""
    for first in range(0, worlds, size):
        yield Block(first, min(size, worlds - first))
