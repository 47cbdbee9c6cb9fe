"""What is counted for the pictures: quantiles by month, and pairs of worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison.compare import MeasureDifference, compare_runs
from sim.report.run_view import Run

FAN_QUANTILES = {"p05": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95}
"""The quantiles of a fan: the middle 90 per cent lie within the outer, 50 within the inner."""


@dataclass(frozen=True)
class MonthQuantiles:
    """How a quantity spreads over worlds in one month; `worlds` have it then."""

    month: int
    worlds: int
    p05: float
    p25: float
    median: float
    p75: float
    p95: float


def compute_month_quantiles(values: NDArray[np.float64]) -> list[MonthQuantiles]:
    """Return the spread over worlds of each month of (world, month) that any world has."""
    found = []
    for at, column in enumerate(values.T):
        present = column[np.isfinite(column)]
        if present.size:
            quantiles = np.quantile(present, list(FAN_QUANTILES.values())).tolist()
            found.append(MonthQuantiles(at + 1, int(present.size), *quantiles))
    return found


@dataclass(frozen=True)
class PairedRuns:
    """Two runs held against each other: the one with what is asked about, and the one without.

    Attributes:
        with_: the run with; where no treaty tells which that is, the later of the two.
        without: the run without.
        unpaired_reason: why their worlds are no pairs; empty where they are.
        differences: one for each headline measure.
        name_suffix: tells further pairs apart in the names of pictures.
    """

    with_: Run
    without: Run
    unpaired_reason: str
    differences: tuple[MeasureDifference, ...]
    name_suffix: str


def pair_runs(runs: Sequence[Run]) -> list[PairedRuns]:
    """Return each further run held against the first.

    Raises:
        RequestError: the runs have no measure in common.
    """
    if len(runs) < 2:
        return []
    pairs = compare_runs([run.results.folder for run in runs]).pairs
    return [
        PairedRuns(
            runs[pair.other_index],
            runs[pair.base_index],
            pair.unpaired_reason,
            pair.differences,
            suffix,
        )
        for pair, suffix in zip(pairs, ("", "-3", "-4"), strict=False)
    ]
