"""The settlement of wars as they exhaust both sides."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Terms, Vector
from sim.model.randomness.parameters import SampledGroup
from sim.model.theory.quantal_response import log_odds


def settlement_considerations(rules: SampledGroup, weariness: Vector, front: Vector) -> Terms:
    """Return the terms of a settlement by agreement this month.

    Args:
        rules: `settles`, the chance at half weariness and an even front; `weary` and `deadlock`.
        weariness: mean weariness of the two principals, 0 to 1.
        front: ground held, -1 to 1; an even front makes agreement likelier.
    """
    even = 1 - np.abs(front)
    return {
        "record": log_odds(rules.settles),
        "weariness": rules.weary * (weariness - 0.5),
        "deadlock": rules.deadlock * (even - 1),
    }
