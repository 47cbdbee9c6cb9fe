"""Distances between actors, and the loss of strength over a distance."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from sim.model.arrays import Vector
from sim.scenario.schema.actors import LocationSpec

_EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth in km (IUGG)."""


def great_circle_km(origin: LocationSpec, destination: LocationSpec) -> float:
    """Return the distance over the globe, in km (haversine formula)."""
    start, end = radians(origin.latitude), radians(destination.latitude)
    east = radians(destination.longitude - origin.longitude)
    chord = sin((end - start) / 2) ** 2 + cos(start) * cos(end) * sin(east / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(sqrt(chord), 1.0))


def share_arriving(distance: float, half_distance: Vector) -> Vector:
    """Return the share of strength, (world,), that arrives over `distance` km.

    Source: the loss-of-strength gradient of Boulding (1962), here as a half-distance.
    """
    share: Vector = 0.5 ** (distance / half_distance)
    return share
