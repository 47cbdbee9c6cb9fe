"""Sampling of parameters: every world draws each uncertain number once, from its own distribution.

The key of a number in the scenario is the key of its draw. A scenario that changes one number
therefore leaves all others as they were, world by world.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

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


def sample_parameters(
    quantities: Mapping[str, Quantity], streams: RandomStreams
) -> dict[str, Vector]:
    """Return several numbers as sampled by each world, (world,) each, by their keys.

    Triangular distributions, which most have, are one table.
    """
    three = {key: each for key, each in quantities.items() if _is_drawn_of_three(each)}
    draws = streams.uniform_each([("assumption", 0, key, "", "") for key in three])
    numbers = [(each.low, each.value, each.high) for each in three.values()]
    low, mode, high = np.array(numbers).reshape(-1, 3).T[..., None]
    table = dict(zip(three, _triangular_quantiles(low, mode, high, draws), strict=True))
    return {
        key: table[key] if key in table else sample_parameter(quantity, key, streams)
        for key, quantity in quantities.items()
    }


def _is_drawn_of_three(quantity: Quantity) -> bool:
    return quantity.shape is Shape.TRIANGULAR and not quantity.is_fixed


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

    __slots__ = ("__dict__", "_worked_out")  # so that its variables are the numbers alone

    def __init__(self, group: FrozenModel, key: str, streams: RandomStreams) -> None:
        self._worked_out: dict[str, Vector] = {}
        quantities = {f"{key}.{name}": each for name, each in group if isinstance(each, Quantity)}
        for name, numbers in sample_parameters(quantities, streams).items():
            setattr(self, name.removeprefix(f"{key}."), numbers)

    def __getattr__(self, name: str) -> Vector:
        raise AttributeError(f"no number is called {name}")

    def once(self, name: str, work_out: Callable[[], Vector]) -> Vector:
        """Return what follows from these numbers and from what never changes, (world,).

        It is worked out when it is first asked for, and not to be changed.

        Args:
            name: what to remember it by.
            work_out: returns it.
        """
        if name not in self._worked_out:
            self._worked_out[name] = work_out()
        return self._worked_out[name]

    def left_after_month(self, half_life: str) -> Vector:
        """Return the share that a month leaves of what has such a half-life in months, (world,)."""
        return self.once(half_life, lambda: 0.5 ** (1 / getattr(self, half_life)))

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


def _triangular_quantiles(
    low: float | Vector, mode: float | Vector, high: float | Vector, draws: Vector
) -> Vector:
    width = high - low
    rising = low + np.sqrt(draws * width * (mode - low))
    falling = high - np.sqrt((1 - draws) * width * (high - mode))
    return np.where(draws * width < mode - low, rising, falling)
