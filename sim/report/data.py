"""What is counted for the pictures: quantiles by month, and pairs of worlds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiment.intervals import Interval, wilson
from sim.report.run import Run

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
class Pairs:
    """In how many pairs of worlds something happened in both, in one only, in neither."""

    both: int
    provoked: int
    deterred: int
    neither: int

    @property
    def total(self) -> int:
        """All pairs."""
        return self.both + self.provoked + self.deterred + self.neither

    def share(self, count: int) -> Interval:
        """Return a count as a share of all pairs, with its interval."""
        return wilson(count, self.total)


def pairs(with_it: NDArray[np.bool_], without: NDArray[np.bool_]) -> Pairs:
    """Count pairs: *provoked* happened only with the first, *deterred* only without it."""
    return Pairs(
        both=int((with_it & without).sum()),
        provoked=int((with_it & ~without).sum()),
        deterred=int((~with_it & without).sum()),
        neither=int((~with_it & ~without).sum()),
    )


def unpaired(one: Run, other: Run) -> str:
    """Return why the worlds of two runs are no pairs, or nothing if they are."""
    for what in ("seed", "worlds", "months"):
        mine, theirs = (run.results.manifest[what] for run in (one, other))
        if mine != theirs:
            return f"they differ in {what}: {mine} and {theirs}"
    if list(one.scenario.actors) != list(other.scenario.actors):
        return "they have not the same actors"
    if one.results.manifest["engine"] != other.results.manifest["engine"]:
        return "they were lived by different versions of the engine"
    return ""
