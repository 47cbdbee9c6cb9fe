"""Sampling of parameters: every world draws each uncertain number once, from its own distribution.

The key of a number in the scenario is the key of its draw. A scenario that changes one number
therefore leaves all others as they were, world by world.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.places import EVERYWHERE, Places
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.quantity import FrozenModel, Quantity, Shape


def sample_parameter(quantity: Quantity, key: str, streams: RandomStreams) -> Vector:
    """Return the number at `key` as sampled by each world, (world,), in its own unit."""
    if quantity.is_fixed:
        return np.full(streams.count, quantity.value)
    return _quantiles(quantity, streams.uniform("assumption", 0, key))


def find_position(quantity: Quantity, value: float) -> float:
    """Return the draw, 0 to 1, at which a world has this value: the inverse of the quantiles."""
    low, mode, high = quantity.low, quantity.value, quantity.high
    match quantity.shape:
        case Shape.UNIFORM:
            return (value - low) / (high - low)
        case Shape.LOGUNIFORM:
            return float(np.log(value / low) / np.log(high / low))
        case Shape.TRIANGULAR if value < mode:
            return (value - low) ** 2 / ((high - low) * (mode - low))
        case Shape.TRIANGULAR:
            above = (high - value) ** 2 / (high - low)
            return 1.0 if high == mode else 1 - above / (high - mode)


class SampledGroup:
    """A group of numbers as sampled by every world: `group.name` is a vector (world,).

    Raises:
        AttributeError: the group has no number of this name.
    """

    def __init__(self, group: FrozenModel, key: str, streams: RandomStreams) -> None:
        for name, quantity in group:
            if isinstance(quantity, Quantity):
                setattr(self, name, sample_parameter(quantity, f"{key}.{name}", streams))

    def __getattr__(self, name: str) -> Vector:
        raise AttributeError(f"no number is called {name}")

    def at(self, places: Places) -> SampledGroup:
        """Return the group as sampled by the worlds at these places, (place,) each."""
        return self if places is EVERYWHERE else _GroupAt(self, places)


class _GroupAt(SampledGroup):
    """A group of numbers at some places; each is read when it is first asked for."""

    def __init__(self, group: SampledGroup, places: Places) -> None:
        self._group, self._places = group, places

    def __getattr__(self, name: str) -> Vector:
        numbers = self.__dict__[name] = self._places.of(getattr(self._group, name))
        return numbers


def _quantiles(quantity: Quantity, draws: Vector) -> Vector:
    """Return the quantiles of the quantity's distribution at `draws`."""
    low, high = quantity.low, quantity.high
    match quantity.shape:
        case Shape.UNIFORM:
            return low + draws * (high - low)
        case Shape.LOGUNIFORM:
            return low * (high / low) ** draws
        case Shape.TRIANGULAR:
            return _triangular_quantiles(low, quantity.value, high, draws)


def _triangular_quantiles(low: float, mode: float, high: float, draws: Vector) -> Vector:
    width = high - low
    rising = low + np.sqrt(draws * width * (mode - low))
    falling = high - np.sqrt((1 - draws) * width * (high - mode))
    return np.where(draws * width < mode - low, rising, falling)
