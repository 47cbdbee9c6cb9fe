"""Conversions between chances per year, per month and per dispute."""

from __future__ import annotations

from sim.model.arrays import Vector


def monthly_chance(rate: Vector) -> Vector:
    """Return the monthly chance of an event from its yearly chance, with a constant hazard."""
    share: Vector = 1 - (1 - rate.clip(0, 0.999)) ** (1 / 12)
    return share


def monthly_hazard(eventually: Vector, ends: Vector) -> Vector:
    """Return the monthly hazard of an outcome whose chance over the whole spell is `eventually`.

    In each month the outcome occurs with the hazard returned; otherwise the spell ends with chance
    `ends`. Solves eventually = h / (h + (1 - h) ends).
    """
    return eventually * ends / (1 - eventually + eventually * ends)


def spread_chance(eventually: Vector, months: Vector) -> Vector:
    """Return the monthly chance of what comes within `months` with chance `eventually`."""
    monthly: Vector = 1 - (1 - eventually) ** (1 / months)
    return monthly
