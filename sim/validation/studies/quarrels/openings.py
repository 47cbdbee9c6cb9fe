"""From the highest rung that disputes reach to the rung at which they open.

The record has one figure for a dispute: the highest hostility of the side that began. In the model
a dispute that is resisted may climb after it opened. It must therefore open lower than it is
recorded, by as much as it climbs. How much that is by pair the record cannot say, so the chance to
climb is that of all pairs, and only the opening is a pair's own.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from sim.statistics.arrays import FloatArray

_Number = TypeVar("_Number", float, FloatArray)


def eventual_climb(climb: float, dies: float, resisted: float) -> float:
    """Return the chance that a dispute climbs a rung before it ends, below the use of force.

    Each month either side climbs with chance `climb`. Where both do, or the other side stands firm,
    which it does as often as it resists a challenge, the dispute climbs; else one yields. Where
    none climbs it ends with chance `dies`.
    """
    alone = 2 * climb * (1 - climb)
    climbs = climb**2 + alone * resisted
    ends = alone * (1 - resisted) + (1 - climb) ** 2 * dies
    return resisted * climbs / (climbs + ends)


def highest_of_opening(opening: FloatArray, climbs: float) -> FloatArray:
    """Return the shares of disputes by highest rung, (threat, display, force), from the opening."""
    threat, display, force = opening
    shown = display + threat * climbs
    return np.array([threat * (1 - climbs), shown * (1 - climbs), force + shown * climbs])


def opening_of_highest(highest: FloatArray, climbs: float) -> FloatArray:
    """Return the shares of disputes by opening rung, whose highest rungs are as given.

    Where disputes reach force less often than displays and threats climb, none opens with it.
    """
    threat, display, force = (
        invert_threat(highest[0], climbs),
        invert_display(highest[1], highest[0], climbs),
        invert_force(highest[2], highest[0], climbs),
    )
    shares: FloatArray = np.array([threat, display, force]).clip(0, 1)
    return shares / shares.sum()


def invert_threat(highest_threat: _Number, climbs: float) -> _Number:
    """Return the share that opens with a threat; it may exceed 1."""
    return highest_threat / (1 - climbs)


def invert_display(highest_display: _Number, highest_threat: _Number, climbs: float) -> _Number:
    """Return the share that opens with a display; it may lie outside 0 to 1."""
    return (highest_display - climbs * highest_threat) / (1 - climbs)


def invert_force(highest_force: _Number, highest_threat: _Number, climbs: float) -> _Number:
    """Return the share that opens with force; it may lie below 0."""
    return (highest_force - climbs * (1 - highest_threat)) / (1 - climbs)
