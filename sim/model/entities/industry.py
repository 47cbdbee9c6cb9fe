"""An actor's munitions industry: its output, relative to that of the opening day."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.quantity import AtLeastOne


class Industry:
    """The munitions output of one actor over a block of worlds.

    Attributes:
        ceiling: highest output relative to that of the opening day, (world,), at least 1.
        level: output relative to that of the opening day, (world,), from 1 to `ceiling`.
    """

    def __init__(self, ceiling: AtLeastOne, key: str, streams: RandomStreams) -> None:
        self.ceiling = sample_parameter(ceiling, key, streams)
        self.level: Vector = np.ones(streams.count)

    def ramp(self, engaged: Mask, share: Vector) -> None:
        """Close a share of the gap to the ceiling where it is `engaged`, elsewhere of that to 1."""
        self.level = self.level + share * (np.where(engaged, self.ceiling, 1.0) - self.level)
