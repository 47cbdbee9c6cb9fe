"""What each world assumed: drawn again from scenario, seed and world, for results keep no copy."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.model.randomness.controlled import ControlledStreams
from sim.model.randomness.parameters import sample_parameter
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector


def uncertain_parameters(scenario: Scenario) -> dict[str, Quantity]:
    """Return the numbers that differ between worlds, by dotted key, in the order of the file."""
    return {key: number for key, number in scenario.iter_quantities() if not number.is_fixed}


def draw_parameters(
    scenario: Scenario, worlds: NDArray[np.int64], keys: Iterable[str] | None = None
) -> dict[str, Vector]:
    """Return what worlds of these numbers assume of the uncertain numbers, by dotted key.

    Each is a vector, shape (world,), in the unit of its number. `keys` picks some of them.
    """
    numbers = uncertain_parameters(scenario)
    luck = ControlledStreams(scenario.seed, worlds, worlds)
    wanted = numbers if keys is None else keys
    return {key: sample_parameter(numbers[key], key, luck) for key in wanted}
