"""Worlds in which some numbers are spread evenly over their ranges, to be weighed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc, triang

from sim.model.arrays import Vector
from sim.model.randomness.controlled import PlannedLuck
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.patterns.simulated import Lived, live_worlds

Range = tuple[float, float, float]
"""Low, value and high of a triangular spread."""


@dataclass(frozen=True)
class Spread:
    """Worlds, and what each assumes of the numbers in question, (world,) by key."""

    lived: Lived
    assumed: Mapping[str, Vector]
    ranges: Mapping[str, Range]

    def weights(self, candidate: Mapping[str, Range]) -> Vector:
        """Return how much likelier each world is under a candidate, (world,), with mean 1.

        `candidate` names the range of every number whose spread matters to what is measured.
        """
        weight = np.ones(self.lived.count)
        for key, (low, value, high) in candidate.items():
            shape = triang((value - low) / (high - low), loc=low, scale=high - low)
            weight *= shape.pdf(self.assumed[key])
        return weight / weight.mean()


def spread(scenario: Scenario, keys: tuple[str, ...], worlds: int) -> Spread:
    """Live worlds whose numbers at `keys` fill their ranges evenly (a Sobol sequence).

    As many worlds are lived as the next power of two, for which the sequence is balanced.
    """
    worlds = 1 << (worlds - 1).bit_length()
    quantities = dict(scenario.quantities())
    ranges = {key: _range(quantities[key]) for key in keys}
    points = qmc.Sobol(len(keys), seed=scenario.seed).random(worlds)
    assumed = {
        key: ranges[key][0] + share * (ranges[key][2] - ranges[key][0])
        for key, share in zip(keys, points.T, strict=True)
    }
    plan = {key: quantiles(ranges[key], assumed[key]) for key in keys}
    numbers = np.arange(worlds)
    luck = PlannedLuck(scenario.seed, numbers, numbers, plan)
    return Spread(live_worlds(scenario, worlds, luck), assumed, ranges)


def _range(quantity: Quantity) -> Range:
    return quantity.low, quantity.value, quantity.high


def quantiles(spread_over: Range, values: Vector) -> Vector:
    """Return at which quantile of the triangular spread values lie, (world,)."""
    low, value, high = spread_over
    return np.asarray(triang.cdf(values, (value - low) / (high - low), low, high - low))
