"""Paired worlds, simulated with and without a change: same parameters, same draws."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from tests.worlds import changed

CLEAR = 5.0
"""The number of standard errors by which a clear difference exceeds zero."""


def paired(scenario: Scenario, worlds: int = 3000, **changes: Any) -> tuple[History, History]:
    """Return the worlds of a scenario as they are, and as they are with the changes."""
    return simulate(scenario, 0, worlds), simulate(changed(scenario, **changes), 0, worlds)


def rise(before: NDArray[Any], after: NDArray[Any], where: NDArray[Any] | None = None) -> float:
    """Return the mean difference between twin worlds in standard errors of that mean.

    `where` leaves out the twins in which the question does not arise in both.
    """
    difference = after.astype(float) - before.astype(float)
    difference = difference if where is None else difference[where]
    assert difference.size > 50, "too few twins to tell"
    spread = difference.std(ddof=1) / np.sqrt(difference.size)
    return float(difference.mean() / spread) if spread else 0.0
