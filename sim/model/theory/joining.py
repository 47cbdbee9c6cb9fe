"""Third-party intervention: entering a war without a commitment."""

from __future__ import annotations

from sim.model.arrays import Terms, Vector
from sim.model.randomness.parameters import SampledGroup
from sim.model.theory.quantal_response import log_odds


def contagion_log_odds(contagion: Vector, threshold: Vector, share: Vector) -> Vector:
    """Return the effect of a war's size on entering it, in log-odds; 0 at the threshold.

    A smooth form of the threshold of Granovetter (1978): as contagion grows without bound, exactly
    those actors enter whose threshold is reached.
    """
    return contagion * (share - threshold)


def join_considerations(base_rate: Vector, rules: SampledGroup, share: Vector) -> Terms:
    """Return the terms of entering this month.

    Args:
        base_rate: monthly chance for such an actor in the historical record.
        rules: `contagion` and `threshold`.
        share: share of the world's capability already at war there.

    Source: threshold cascades, Granovetter (1978) and Watts (2002).
    """
    return {
        "record": log_odds(base_rate),
        "contagion": contagion_log_odds(rules.contagion, rules.threshold, share),
    }
