"""What each world assumes: every uncertain number drawn once per world from its own range.

A number's draw belongs to its key in the scenario, so a scenario that changes one number leaves
the assumptions of all others as they were, world by world.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.randomness.streams import Luck
from sim.scenario.schema.quantity import Frozen, Quantity, Shape


def assume(quantity: Quantity, key: str, luck: Luck) -> Vector:
    """Return the number at `key` as each world assumes it, shape (world,), in its own unit."""
    if quantity.certain:
        return np.full(luck.count, quantity.value)
    return _spread(quantity, luck.uniform("assumption", 0, key))


class Assumed:
    """A group of numbers as every world assumes them: `group.name` is a vector (world,).

    Raises:
        AttributeError: the group has no number of that name.
    """

    def __init__(self, group: Frozen, key: str, luck: Luck) -> None:
        for name in type(group).model_fields:
            if isinstance(quantity := getattr(group, name), Quantity):
                setattr(self, name, assume(quantity, f"{key}.{name}", luck))

    def __getattr__(self, name: str) -> Vector:
        raise AttributeError(f"no number is called {name}")


def _spread(quantity: Quantity, drawn: Vector) -> Vector:
    """Return the quantiles of the quantity's shape at `drawn`."""
    low, high = quantity.low, quantity.high
    match quantity.shape:
        case Shape.UNIFORM:
            return low + drawn * (high - low)
        case Shape.LOGUNIFORM:
            return low * (high / low) ** drawn
        case Shape.TRIANGULAR:
            return _triangular(low, quantity.value, high, drawn)


def _triangular(low: float, mode: float, high: float, drawn: Vector) -> Vector:
    width = high - low
    rising = low + np.sqrt(drawn * width * (mode - low))
    falling = high - np.sqrt((1 - drawn) * width * (high - mode))
    return np.where(drawn * width < mode - low, rising, falling)
