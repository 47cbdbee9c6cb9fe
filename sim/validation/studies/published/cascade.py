"""T16: threshold models of collective behaviour (Granovetter 1978)."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.joining import contagion_log_odds
from sim.model.theory.quantal_response import logistic
from sim.validation.studies.published.comparison import PublishedResult, ResultSpec

_CROWD_SIZE = 100
_SHARP_CONTAGION = np.asarray(1e9)
"""Contagion so strong that thresholds are sharp."""
_FINE_CROWD_SIZE = 400_000
"""Members of a crowd that stands for a continuous distribution of thresholds."""


def cascade_result(spec: ResultSpec) -> PublishedResult:
    """Return how many join, by the thresholds of a crowd of a hundred."""
    return spec.compare(_figure)


def _figure(mean: float | None = None, deviation: float = 0.0, *, changed: bool = False) -> float:
    """Return how many join with normal thresholds, or with 0 to 99, one of them changed."""
    if mean is not None:
        return simulate_cascade(_normal_thresholds(mean, deviation))
    uniform = np.arange(_CROWD_SIZE, dtype=np.float64)
    uniform[1] += changed
    return simulate_cascade(_shift_thresholds(uniform))


def simulate_cascade(thresholds: Vector) -> float:
    """Return how many of a crowd of a hundred have joined in the end, starting from none."""
    share, before = 0.0, -1.0
    while share - before > 1e-9:
        before = share
        share = float(
            logistic(
                contagion_log_odds(_SHARP_CONTAGION, thresholds / _CROWD_SIZE, np.asarray(share))
            ).mean()
        )
    return _CROWD_SIZE * share


def _shift_thresholds(thresholds: Vector) -> Vector:
    """Return thresholds half a person lower, so that none is met exactly."""
    return thresholds - 0.5


def _normal_thresholds(mean: float, deviation: float) -> Vector:
    from scipy.special import ndtri  # noqa: PLC0415  scipy takes a while to load

    return mean + deviation * ndtri((np.arange(_FINE_CROWD_SIZE) + 0.5) / _FINE_CROWD_SIZE)
