"""Simulates worlds with numbers spread evenly over their ranges, for importance weighting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc, triang

from sim.model.arrays import Vector
from sim.model.randomness.controlled import ControlledStreams
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.patterns.simulated import SimulatedEnsemble, simulate_ensemble

TriangularRange = tuple[float, float, float]
"""Low, value and high of a triangular distribution."""


@dataclass(frozen=True)
class ParameterSample:
    """Worlds, and their values of the calibrated numbers, (world,) by key."""

    ensemble: SimulatedEnsemble
    values: Mapping[str, Vector]
    ranges: Mapping[str, TriangularRange]

    def importance_weights(self, candidate: Mapping[str, TriangularRange]) -> Vector:
        """Return the relative likelihood of each world under a candidate, (world,), with mean 1.

        `candidate` has the range of every number whose distribution affects the measurement.
        """
        weight = np.ones(self.ensemble.world_count)
        for key, (low, value, high) in candidate.items():
            shape = triang((value - low) / (high - low), loc=low, scale=high - low)
            weight *= shape.pdf(self.values[key])
        return weight / weight.mean()


def simulate_sample(scenario: Scenario, keys: tuple[str, ...], worlds: int) -> ParameterSample:
    """Simulate worlds whose numbers at `keys` fill their ranges evenly (a Sobol sequence).

    The number of worlds is rounded up to a power of two, for which the sequence is balanced.
    """
    worlds = 1 << (worlds - 1).bit_length()
    quantities = dict(scenario.iter_quantities())
    ranges = {key: _triangular_range(quantities[key]) for key in keys}
    points = qmc.Sobol(len(keys), seed=scenario.seed).random(worlds)
    values = {
        key: ranges[key][0] + share * (ranges[key][2] - ranges[key][0])
        for key, share in zip(keys, points.T, strict=True)
    }
    plan = {key: triangular_cdf(ranges[key], values[key]) for key in keys}
    numbers = np.arange(worlds)
    streams = ControlledStreams(scenario.seed, numbers, numbers, plan)
    return ParameterSample(simulate_ensemble(scenario, worlds, streams), values, ranges)


def _triangular_range(quantity: Quantity) -> TriangularRange:
    return quantity.low, quantity.value, quantity.high


def triangular_cdf(triangular_range: TriangularRange, values: Vector) -> Vector:
    """Return the quantiles of values in the triangular distribution, (world,)."""
    low, value, high = triangular_range
    return np.asarray(triang.cdf(values, (value - low) / (high - low), low, high - low))
