"""What is counted for the pictures: quantiles by month, and pairs of worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison.compare import Difference, compare
from sim.report.run_view import Run

LEVELS = {"p05": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95}
"""The quantiles of a fan: the middle 90 per cent lie within the outer, 50 within the inner."""


@dataclass(frozen=True)
class Spread:
    """How a quantity spreads over worlds in one month; `worlds` have it then."""

    month: int
    worlds: int
    p05: float
    p25: float
    median: float
    p75: float
    p95: float


def spreads(values: NDArray[np.float64]) -> list[Spread]:
    """Return the spread over worlds of each month of (world, month) that any world has."""
    found = []
    for at, column in enumerate(values.T):
        present = column[np.isfinite(column)]
        if present.size:
            quantiles = np.quantile(present, list(LEVELS.values())).tolist()
            found.append(Spread(at + 1, int(present.size), *quantiles))
    return found


@dataclass(frozen=True)
class Twins:
    """Two runs held against each other: the one with what is asked about, and the one without.

    Attributes:
        with_: the run with; where no treaty tells which that is, the later of the two.
        without: the run without.
        strangers: why their worlds are no pairs; empty where they are.
        differences: one for each headline measure.
        suffix: tells further pairs apart in the names of pictures.
    """

    with_: Run
    without: Run
    strangers: str
    differences: tuple[Difference, ...]
    suffix: str


def twins(runs: Sequence[Run]) -> list[Twins]:
    """Return each further run held against the first.

    Raises:
        RequestError: the runs have no measure in common.
    """
    if len(runs) < 2:
        return []
    pairs = compare([run.results.folder for run in runs]).pairs
    return [
        Twins(runs[pair.other], runs[pair.base], pair.strangers, pair.differences, suffix)
        for pair, suffix in zip(pairs, ("", "-3", "-4"), strict=False)
    ]
