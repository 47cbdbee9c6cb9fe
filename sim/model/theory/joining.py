"""Third-party intervention: how a war that has grown draws in others."""

from __future__ import annotations

from sim.model.arrays import Vector


def contagion_log_odds(contagion: Vector, threshold: Vector, share: Vector) -> Vector:
    """Return the effect of a war's size on entering it, in log-odds; 0 at the threshold.

    A smooth form of the threshold of Granovetter (1978): as contagion grows without bound, exactly
    those actors enter whose threshold is reached. Source for cascades: Watts (2002).
    """
    return contagion * (share - threshold)
