"""T16: who joins because others have joined (Granovetter 1978)."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.joining import contagion_log_odds
from sim.model.theory.quantal_response import logistic
from sim.validation.studies.published.comparison import FigureComparison, PublishedResult

_CROWD_SIZE = 100
_SHARP_CONTAGION = np.asarray(1e9)
"""Contagion so strong that thresholds are sharp."""
_FINE_CROWD_SIZE = 400_000
"""Members that stand for a crowd whose thresholds are spread without steps."""

_PUBLISHED_JOINED = {10.0: 0.77, 12.0: 4.02, 12.2: 5.48, 12.3: 100.0}
"""Of normal thresholds with the mean 25 by their standard deviation: how many join in the end."""


def cascade_result() -> PublishedResult:
    """Return how many join, by the thresholds of a crowd of a hundred."""
    uniform = np.arange(_CROWD_SIZE, dtype=np.float64)
    changed = np.where(uniform == 1, 2.0, uniform)
    tried = [
        FigureComparison(
            "thresholds 0 to 99", 100, simulate_cascade(_shift_thresholds(uniform)), 1e-6
        ),
        FigureComparison(
            "the same, but 2 in place of 1", 1, simulate_cascade(_shift_thresholds(changed)), 1e-6
        ),
    ]
    for spread, published in _PUBLISHED_JOINED.items():
        what = f"normal thresholds, mean 25, deviation {spread:g}"
        tried.append(
            FigureComparison(
                what, published, simulate_cascade(_normal_thresholds(25, spread)), 0.005
            )
        )
    return PublishedResult(
        code="T16",
        claim="A tiny change in the thresholds of a few decides between all and nearly none.",
        target="100 or 1 join for the sake of one threshold; between deviations of 12.2 and 12.3 "
        "it jumps from 5.5 to 100",
        engine_functions="drawn_in (sim/model/theory/joining.py), "
        "chance (sim/model/theory/quantal_response.py)",
        sources=("granovetter-1978", "watts-2002"),
        comparisons=tuple(tried),
        note="In the worlds contagion is mild, and thresholds are on capability at war.",
    )


def simulate_cascade(thresholds: Vector) -> float:
    """Return how many of a crowd of a hundred join in the end, nobody having joined at first."""
    share, before = 0.0, -1.0
    while share - before > 1e-9:
        before = share
        share = float(
            logistic(
                contagion_log_odds(_SHARP_CONTAGION, thresholds / _CROWD_SIZE, np.asarray(share))
            ).mean()
        )
    return _CROWD_SIZE * share


def _shift_thresholds(heads: Vector) -> Vector:
    """Return thresholds in heads put half a head lower, so that none is met just so."""
    return heads - 0.5


def _normal_thresholds(mean: float, deviation: float) -> Vector:
    from scipy.special import ndtri  # noqa: PLC0415  scipy takes a while to load

    return mean + deviation * ndtri((np.arange(_FINE_CROWD_SIZE) + 0.5) / _FINE_CROWD_SIZE)
