"""The settlement of wars as they exhaust both sides, or as one side comes to expect defeat."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Terms, Vector
from sim.model.randomness.parameters import SampledGroup
from sim.model.theory.quantal_response import log_odds

_USUAL_IMBALANCE = 1 / 3
"""One side twice as strong as the other."""


def settlement_considerations(
    rules: SampledGroup, weariness: Vector, front: Vector, imbalance: Vector
) -> Terms:
    """Return the terms of a settlement by agreement this month.

    Args:
        rules: `settles`, the chance at half weariness, an even front and one side twice as
            strong; `weary`, `deadlock` and `imbalance`.
        weariness: mean weariness of the two principals, 0 to 1.
        front: ground held, -1 to 1; an even front makes agreement likelier.
        imbalance: how unequal the sides are, 0 to 1: the chance of the stronger less that of the
            weaker.

    Wars between equals last longer (Bennett and Stam 1996): the more unequal the sides, the sooner
    both expect the same end (Slantchev 2003).
    """
    even = 1 - np.abs(front)
    return {
        "record": log_odds(rules.settles),
        "weariness": rules.weary * (weariness - 0.5),
        "deadlock": rules.deadlock * (even - 1),
        "imbalance": rules.imbalance * (imbalance - _USUAL_IMBALANCE),
    }
