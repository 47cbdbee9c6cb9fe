"""Base rates of clustered answers: what a forecaster says who only counts."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.statistics.arrays import ClusterIndices


def base_rate_forecast(outcomes: Vector, groups: ClusterIndices) -> Vector:
    """Return the rate in all clusters except an answer's own, (answer,) (Jeffreys)."""
    happened, answers = np.bincount(groups, outcomes), np.bincount(groups)
    rates = (happened.sum() - happened + 0.5) / (answers.sum() - answers + 1)
    return np.asarray(rates[groups], dtype=float)
