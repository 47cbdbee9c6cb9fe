"""Luck on purpose: worlds whose assumptions and dice are chosen apart, and in part planned.

As a rule world *k* has assumptions *k* and dice *k*. To tell how much of what happens is owed to
the assumptions and how much to chance, the same assumptions have to be lived with other dice; to
tell what one assumption does, it has to be moved while all else stays.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.model.arrays import Vector
from sim.model.randomness.streams import RandomStreams

WorldNumbers = NDArray[np.int64]
_NO_QUANTILES: Mapping[str, Vector] = {}


class ControlledStreams(RandomStreams):
    """The luck of worlds that take assumptions and dice from worlds of different numbers.

    Attributes:
        quantiles: for some keys of the scenario, where in its range each world's number lies: the share
            of worlds, from 0 to 1, that as a rule have a lower one, shape (world,).
    """

    def __init__(
        self,
        seed: int,
        parameter_worlds: WorldNumbers,
        draw_worlds: WorldNumbers,
        quantiles: Mapping[str, Vector] = _NO_QUANTILES,
    ) -> None:
        """Give each world the assumptions of one world and the dice of one, shape (world,)."""
        super().__init__(seed, 0, len(draw_worlds))
        self.quantiles = quantiles
        self._parameter_streams, self._draw_streams = (
            _SelectedStreams(seed, parameter_worlds),
            _SelectedStreams(seed, draw_worlds),
        )

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return one number in [0, 1] per world, shape (world,), for one occasion."""
        if decision != "assumption":
            return self._draw_streams.uniform(decision, month, who, towards, about)
        if who in self.quantiles:
            return self.quantiles[who]
        return self._parameter_streams.uniform(decision, month, who, towards, about)


class _SelectedStreams:
    """The luck of worlds of any numbers, in any order."""

    def __init__(self, seed: int, worlds: WorldNumbers) -> None:
        first, last = int(worlds.min()), int(worlds.max())
        self._streams = RandomStreams(seed, first, last - first + 1)
        self._positions = worlds - first

    def uniform(self, *key: str | int) -> Vector:
        return self._streams.uniform(*key)[self._positions]  # type: ignore[arg-type]
