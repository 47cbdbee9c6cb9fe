"""The parameters of each world, drawn again from scenario, seed and world number.

Results do not store them.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.model.randomness.controlled import ControlledStreams
from sim.model.randomness.parameters import sample_parameter
from sim.scenario.drawn import list_drawn_numbers
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector


def uncertain_parameters(scenario: Scenario) -> dict[str, Quantity]:
    """Return the numbers that differ between worlds, by dotted key, in the order of the file."""
    return list_drawn_numbers(scenario)


def draw_parameters(
    scenario: Scenario, worlds: NDArray[np.int64], keys: Iterable[str] | None = None
) -> dict[str, Vector]:
    """Return the parameters drawn by worlds of these numbers, by dotted key, each (world,).

    Each is in the unit of its number. `keys` selects some of them.
    """
    numbers = uncertain_parameters(scenario)
    streams = ControlledStreams(scenario.seed, worlds, worlds)
    selected = numbers if keys is None else keys
    return {key: sample_parameter(numbers[key], key, streams) for key in selected}


def draw_quantiles(seed: int, worlds: NDArray[np.int64], key: str) -> Vector:
    """Return at which quantile of its distribution each world draws a number, 0 to 1, (world,).

    It depends on the key alone, not on the range, nor on whether a scenario has the number.
    """
    return ControlledStreams(seed, worlds, worlds).uniform("assumption", 0, key)


def find_quantiles(number: Quantity, key: str, quantiles: Vector) -> Vector:
    """Return the quantiles of a number's distribution, in its unit, (quantile,)."""
    worlds = np.arange(len(quantiles))
    return sample_parameter(number, key, ControlledStreams(0, worlds, worlds, {key: quantiles}))
