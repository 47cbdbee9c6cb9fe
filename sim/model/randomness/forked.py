"""Random streams that fork: one past in all worlds, then each world's own draws.

In the past, and for the numbers that a world samples once, every world has the draws of the past
world. Later each has its own. World *k* of a fork of world *k* is therefore world *k* itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.model.arrays import Vector
from sim.model.places import Index
from sim.model.randomness.streams import Occasion, RandomStreams
from sim.scenario.schema.past import PastSpec


class ForkedStreams(RandomStreams):
    """The streams of a block of worlds that share the past of one world.

    Attributes:
        months: how many months the worlds share.
    """

    def __init__(self, own: RandomStreams, past: RandomStreams, months: int) -> None:
        """Let worlds that have their `own` streams share the past of one world.

        Args:
            own: the worlds' own streams.
            past: the streams of the past world, alone.
            months: how many months they share; in none, they share the sampled numbers only.
        """
        self.first, self.count = own.first, own.count
        self.months = months
        self._own, self._past = own, past
        self._settled: set[tuple[str, int, str, str, str]] = set()

    @property
    def afterwards(self) -> RandomStreams:
        """The streams that each world has after the past."""
        return self._own

    def uniform(
        self, decision: str, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return one number in [0, 1) per world, (world,), for one draw key."""
        if month > self.months:
            return self._own.uniform(decision, month, who, towards, about)
        return np.repeat(self._past.uniform(decision, month, who, towards, about), self.count)

    def few(self, occasions: Sequence[Occasion], which: Index, worlds: Index) -> Vector:
        """Return the draws of some occasions in some worlds, (case,)."""
        if all(month > self.months for _, month, *_ in occasions):
            return self._own.few(occasions, which, worlds)
        return super().few(occasions, which, worlds)

    def uniform_once(
        self, decision: str, number: int, month: int, who: str, towards: str = "", about: str = ""
    ) -> Vector:
        """Return the draw, (world,), of what is settled once: the past world's if in the past."""
        name = decision, number, who, towards, about
        if month <= self.months:
            self._settled.add(name)
        if name not in self._settled:
            return self._own.uniform(*name)
        return np.repeat(self._past.uniform(*name), self.count)


def open_streams(seed: int, past: PastSpec | None, first: int, count: int) -> RandomStreams:
    """Return the streams of worlds `first` to `first + count - 1`, which may share a past."""
    own = RandomStreams(seed, first, count)
    if past is None:
        return own
    return ForkedStreams(own, RandomStreams(seed, past.world, 1), past.months)
