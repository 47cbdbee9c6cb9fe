"""What pairs of actors have through institutions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import numpy as np

from sim.model.arrays import Vector
from sim.model.places import Places, Who

ActorPair = tuple[int, int]
"""Rows of two actors, in an order that matters."""


class PairTable:
    """What pairs of actors have through institutions, as one table (row, world).

    Pairs that have it through the same institutions share a row; row 0 is of those that have
    nothing.

    Attributes:
        values: the table, replaced whenever it is worked out: what was read stays as it was.
    """

    def __init__(self, actors: int, groups: Sequence[Collection[ActorPair]], count: int) -> None:
        """Lay out a table of zeros.

        Args:
            actors: number of actors.
            groups: of each institution the pairs of rows of actors that it concerns.
            count: number of worlds.
        """
        through = {
            pair: tuple(group for group, pairs in enumerate(groups) if pair in pairs)
            for pair in chain.from_iterable(groups)
        }
        listed = [(), *dict.fromkeys(through.values())]
        self._rows = np.zeros((actors, actors), dtype=np.intp)
        for pair, through_groups in through.items():
            self._rows[pair] = listed.index(through_groups)
        self._of_group = [
            [row for row, of in enumerate(listed) if group in of] for group in range(len(groups))
        ]
        self.values: Vector = np.zeros((len(listed), count))

    def read(self, first: Who, second: Who, at: Places) -> Vector:
        """Return what one actor and another have, (place,), or (row, place) for several."""
        return at.read(self.values, at.find_pair(self._rows, first, second))

    def add_up(self, values: Iterable[Vector]) -> None:
        """Let each pair have the sum of what the institutions bring, (world,) each, in order."""
        self.values = np.zeros_like(self.values)
        for value, rows in zip(values, self._of_group, strict=True):
            for row in rows:
                self.values[row] += value

    def take_most(self, values: Iterable[Vector]) -> None:
        """Let each pair have the most that any institution brings, (world,) each, at least 0."""
        self.values = np.zeros_like(self.values)
        for value, rows in zip(values, self._of_group, strict=True):
            for row in rows:
                np.maximum(self.values[row], value, out=self.values[row])
