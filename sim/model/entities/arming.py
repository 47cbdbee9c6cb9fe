"""An actor that may send arms to an enemy of its rival's partner."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.institutions import ArmingSpec


class Arming:
    """The option of one actor to arm the enemy of an adversary; masks (world,).

    Attributes:
        actor, beneficiary, adversary: rows of the actors.
        threatened: where the actor threatened to send arms.
        sent: where it sent them.
    """

    def __init__(
        self, code: str, spec: ArmingSpec, index: dict[str, int], streams: RandomStreams
    ) -> None:
        self.code, self.spec = code, spec
        self.actor, self.beneficiary = index[spec.actor], index[spec.beneficiary]
        self.adversary = index[spec.against]
        self.threatened: Mask = np.zeros(streams.count, dtype=bool)
        self.sent: Mask = np.zeros(streams.count, dtype=bool)
