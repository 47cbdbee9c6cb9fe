"""Between chances per year, per month and per dispute."""

from __future__ import annotations

from sim.model.arrays import Vector


def monthly_chance(rate: Vector) -> Vector:
    """Return the chance of at least one in a month, of a rate per year spread evenly."""
    share: Vector = 1 - (1 - rate.clip(0, 0.999)) ** (1 / 12)
    return share


def monthly_hazard(eventually: Vector, ends: Vector) -> Vector:
    """Return the monthly chance of an outcome that comes `eventually` unless the spell ends first.

    In each month the outcome comes with the chance returned; where it does not, the spell ends
    with `ends`. Solves eventually = h / (h + (1 - h) ends).
    """
    return eventually * ends / (1 - eventually + eventually * ends)
