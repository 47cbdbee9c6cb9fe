"""A programme of nuclear weapons and long-range missiles."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.means import ProgrammeSpec


class Programme:
    """The progress of one actor's programme, over a block of worlds.

    Attributes:
        level: 0 nothing, 1 a secure arsenal that reaches all adversaries, (world,).
        initial_level: the level on the opening day, (world,).
        seen: the level that others observe, (world,), which follows the true one with a lag.
        drift: monthly gain by the actor's own efforts, (world,).
    """

    def __init__(self, spec: ProgrammeSpec, key: str, streams: RandomStreams) -> None:
        self.level = sample_parameter(spec.level, f"{key}.level", streams)
        self.drift = sample_parameter(spec.drift, f"{key}.drift", streams)
        self.initial_level = self.level.copy()
        self.seen = self.level.copy()

    def advance(self, gain: Vector) -> None:
        """Raise the level by a share of what is missing to 1."""
        self.level = self.level + gain * (1 - self.level)

    def reveal(self, detection: Vector) -> None:
        """Reveal a share `detection` of what others have not observed yet."""
        self.seen = self.seen + detection * (self.level - self.seen)

    @property
    def progress(self) -> Vector:
        """Gain since the opening day, (world,)."""
        return self.level - self.initial_level

    @property
    def threat(self) -> Vector:
        """The level observed, as a multiple of that on the opening day, (world,)."""
        return np.divide(
            self.seen, self.initial_level, out=np.ones_like(self.seen), where=self.initial_level > 0
        )
