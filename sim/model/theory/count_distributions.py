"""Counts of rare events, drawn by quantile so that equal draws give nearly equal counts."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Vector, any_world

_MAX_COUNT = 100  # an upper bound that no count comes near at the rates of the model


def poisson_quantile(draws: Vector, mean: Vector, spent: Vector | None = None) -> Counts:
    """Return the Poisson quantile at `draws` in [0, 1) for each `mean`, (world,) or (row, world).

    Each event leaves 1 - `spent` of the chance of a further one; where none is given, all of it.
    Sums the probabilities in order; scipy's inverse gives the same result forty times slower.
    """
    probability = np.exp(-mean)
    reached = probability.copy()
    count = np.zeros(np.shape(mean), dtype=np.int64)
    for number in range(1, _MAX_COUNT + 1):
        beyond = draws > (reached if spent is None else _held_back(reached, spent, number - 1))
        if not any_world(beyond):
            break
        count += beyond
        probability = probability * mean / number
        reached = reached + probability
    return count


def _held_back(reached: Vector, spent: Vector, earlier: int) -> Vector:
    """Return the chance of no further event after some `earlier` ones, given that of a Poisson."""
    return reached + (1 - reached) * (1 - (1 - spent) ** earlier)
