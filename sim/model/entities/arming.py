"""An actor that may arm an enemy of its rival's partner."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.institutions import ArmingSpec


class Arming:
    """The choice of one actor to arm a rival's enemy; masks (world,).

    Attributes:
        actor, beneficiary, adversary: rows of the actors.
        threatened, sent: where it said it would, and where it did.
    """

    def __init__(
        self, code: str, spec: ArmingSpec, index: dict[str, int], streams: RandomStreams
    ) -> None:
        self.code, self.spec = code, spec
        self.actor, self.beneficiary = index[spec.actor], index[spec.beneficiary]
        self.adversary = index[spec.against]
        self.threatened: Mask = np.zeros(streams.count, dtype=bool)
        self.sent: Mask = np.zeros(streams.count, dtype=bool)
