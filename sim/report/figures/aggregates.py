"""Aggregates for the figures: quantiles by month, and pairs of runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison.compare import MeasureDifference, compare_runs
from sim.analysis.comparison.construction import find_constructed
from sim.analysis.comparison.findings import PairFindings, find_findings
from sim.model.measures.needs import Rule
from sim.report.figures.distributions import MonthSpreads, spread_values
from sim.report.run_view import Run

FAN_QUANTILES = {"p05": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95}
"""The quantiles of a fan: the middle 90% lie within the outer, 50% within the inner."""


@dataclass(frozen=True)
class MonthQuantiles:
    """Mean and quantiles of a quantity in one month, over the `worlds` in which it is defined."""

    month: int
    worlds: int
    mean: float
    p05: float
    p25: float
    median: float
    p75: float
    p95: float


def compute_month_quantiles(values: NDArray[np.float64]) -> list[MonthQuantiles]:
    """Return the quantiles of each month of (world, month) that is defined in any world."""
    return compute_quantiles(spread_values(values))


def compute_quantiles(spreads: MonthSpreads) -> list[MonthQuantiles]:
    """Return the quantiles of each month that is defined in any world."""
    levels = list(FAN_QUANTILES.values())
    return [
        MonthQuantiles(month.month, month.count, month.mean, *month.quantiles(levels))
        for month in spreads.months
    ]


@dataclass(frozen=True)
class PairedRuns:
    """Two runs that are compared: one with the treaty in question, and one without.

    Attributes:
        with_: the run with the treaty; where no treaty differs, the later of the two.
        without: the run without.
        unpaired_reason: why their worlds are not paired; empty where they are.
        differences: one for each headline measure, without what differs by construction.
        findings: the headline measures by what became of them.
        constructed: all measures that differ by construction, by name, with the rule.
        name_suffix: distinguishes further pairs in the names of figures.
    """

    with_: Run
    without: Run
    unpaired_reason: str
    differences: tuple[MeasureDifference, ...]
    findings: PairFindings
    constructed: dict[str, Rule]
    name_suffix: str


def pair_runs(runs: Sequence[Run]) -> list[PairedRuns]:
    """Return each further run paired with the first.

    Raises:
        RequestError: the runs have no measure in common.
    """
    if len(runs) < 2:
        return []
    comparison = compare_runs([run.results.folder for run in runs])
    return [
        PairedRuns(
            runs[pair.other_index],
            runs[pair.base_index],
            pair.unpaired_reason,
            pair.findings,
            find_findings(comparison, pair),
            _find_constructed(runs[pair.other_index], runs[pair.base_index]),
            suffix,
        )
        for pair, suffix in zip(comparison.pairs, ("", "-3", "-4"), strict=False)
    ]


def list_constructed(runs: Sequence[Run]) -> dict[str, Rule]:
    """Return all measures that differ by construction between any run and the first."""
    return {
        name: rule for run in runs[1:] for name, rule in _find_constructed(run, runs[0]).items()
    }


def _find_constructed(first: Run, second: Run) -> dict[str, Rule]:
    return find_constructed(first.results.measures.values(), first.scenario, second.scenario)
