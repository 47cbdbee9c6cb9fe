"""Entering a war without having promised to."""

from __future__ import annotations

from sim.model.arrays import Terms, Vector
from sim.model.randomness.parameters import SampledGroup
from sim.model.theory.quantal_response import log_odds


def contagion_log_odds(contagion: Vector, threshold: Vector, share: Vector) -> Vector:
    """Return the log-odds that a war of this size adds to entering it; 0 at the threshold.

    The threshold of Granovetter (1978) made smooth: as contagion grows without bound, everybody
    enters whose threshold is reached, and nobody else.
    """
    return contagion * (share - threshold)


def join_considerations(base_rate: Vector, rules: SampledGroup, share: Vector) -> Terms:
    """Return what speaks for and against entering this month.

    Args:
        base_rate: monthly chance in the record for such an actor.
        rules: `contagion` and `threshold`.
        share: share of the world's capability already at war there.

    Source: threshold cascades, Granovetter (1978) and Watts (2002).
    """
    return {
        "record": log_odds(base_rate),
        "contagion": contagion_log_odds(rules.contagion, rules.threshold, share),
    }
