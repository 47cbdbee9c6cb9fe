"""A programme of nuclear weapons and long-range missiles."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.randomness.parameters import assume
from sim.model.randomness.streams import Luck
from sim.scenario.schema.means import ProgrammeSpec


class Programme:
    """How far one actor's programme has come, over a block of worlds.

    Attributes:
        level: 0 nothing, 1 a secure arsenal that reaches all adversaries, (world,).
        first: the level on day one, (world,).
        seen: the level that others see, (world,); it follows the true one with a lag.
        drift: what it gains in a month by its own efforts, (world,).
    """

    def __init__(self, spec: ProgrammeSpec, key: str, luck: Luck) -> None:
        self.level = assume(spec.level, f"{key}.level", luck)
        self.drift = assume(spec.drift, f"{key}.drift", luck)
        self.first = self.level.copy()
        self.seen = self.level.copy()

    def advance(self, gain: Vector) -> None:
        """Add to the level; the last steps are the hardest."""
        self.level = self.level + gain * (1 - self.level)

    def show(self, detection: Vector) -> None:
        """Let others see `detection` of what they have not seen yet."""
        self.seen = self.seen + detection * (self.level - self.seen)

    @property
    def progress(self) -> Vector:
        """What it gained since day one, (world,)."""
        return self.level - self.first

    @property
    def threat(self) -> Vector:
        """The level seen as a multiple of that of day one, (world,)."""
        return np.divide(self.seen, self.first, out=np.ones_like(self.seen), where=self.first > 0)
