"""The findings of a comparison: what moved, what did not, and what differs by construction.

A measure moved if the 95% interval of its difference excludes zero. Measures are ordered by the
size of the difference in standard deviations between worlds (Cohen 1988, Statistical Power Analysis
for the Behavioral Sciences), so that shares and amounts can stand in one order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, sqrt
from statistics import NormalDist

from sim.analysis.comparison.compare import MeasureDifference, RunComparison, RunPair
from sim.analysis.comparison.construction import group_by_rule
from sim.analysis.comparison.inputs import compare_inputs
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.model.measures.needs import Rule
from sim.model.measures.registry import Measure, MeasureKind
from sim.statistics.intervals import CONFIDENCE

_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True)
class PairFindings:
    """The measures of a pair of runs by what became of them.

    Attributes:
        with_, without: the runs; differences are the first minus the second.
        is_paired: whether worlds of the same number are pairs.
        treaties: number of treaties that only `with_` has, if nothing else differs; else 0.
        moved: those whose interval excludes zero, the largest first.
        unclear: those that differ, with an interval that includes zero.
        unmoved: those that are the same in every pair.
        undefined: those that have no value on some side.
        constructed: those that differ by construction, by the rule that makes it so.
    """

    with_: Results
    without: Results
    is_paired: bool
    treaties: int
    moved: tuple[MeasureDifference, ...]
    unclear: tuple[MeasureDifference, ...]
    unmoved: tuple[MeasureDifference, ...]
    undefined: tuple[MeasureDifference, ...]
    constructed: dict[Rule, list[Measure]]

    @property
    def compared(self) -> int:
        """The number of measures that have a difference."""
        return len(self.moved) + len(self.unclear) + len(self.unmoved)


def find_findings(comparison: RunComparison, pair: RunPair) -> PairFindings:
    """Sort the measures of a pair of runs by what became of them."""
    with_, without = comparison.sides[pair.other_index], comparison.sides[pair.base_index]
    defined = [difference for difference in pair.findings if _is_defined(difference)]
    moved = [difference for difference in defined if _excludes_zero(difference)]
    rest = [difference for difference in defined if not _excludes_zero(difference)]
    measures = [difference.measure for difference in pair.differences]
    return PairFindings(
        with_,
        without,
        pair.paired,
        _count_sole_treaties(pair, with_, without),
        moved=tuple(
            sorted(moved, key=lambda found: standardised_size(found, with_, without), reverse=True)
        ),
        unclear=tuple(difference for difference in rest if not difference.identical),
        unmoved=tuple(difference for difference in rest if difference.identical),
        undefined=tuple(found for found in pair.findings if not _is_defined(found)),
        constructed=group_by_rule(measures, pair.by_construction),
    )


def standardised_size(difference: MeasureDifference, with_: Results, without: Results) -> float:
    """Return the size of a difference in standard deviations between worlds."""
    name, kind = difference.measure.name, difference.measure.kind
    deviations = [_deviation(side.metrics[name], kind) for side in (with_, without)]
    spread = sqrt(sum(deviation**2 for deviation in deviations) / 2)
    return abs(difference.change.value) / spread if spread > 0 else inf


def _deviation(metric: Metric, kind: MeasureKind) -> float:
    """Return the standard deviation of a measure between worlds, from its metric."""
    if metric.value is None or metric.low is None or metric.high is None:
        return 0.0
    if kind is MeasureKind.HAPPENED:
        return sqrt(metric.value * (1 - metric.value))
    return (metric.high - metric.low) / 2 / _Z * sqrt(metric.worlds)


def _is_defined(difference: MeasureDifference) -> bool:
    return difference.worlds > 0 and (difference.identical or isfinite(difference.change.value))


def _excludes_zero(difference: MeasureDifference) -> bool:
    _, low, high = difference.change
    return not difference.identical and (low > 0 or high < 0)


def _count_sole_treaties(pair: RunPair, with_: Results, without: Results) -> int:
    """Return how many treaties only one side has, or 0 where more than these differs."""
    own = tuple(f"treaties.{code}" for code in pair.added_treaties)
    differing = compare_inputs([with_.scenario, without.scenario])
    alone = own and all(_is_below(entry.key, own) for entry in differing)
    return len(own) if alone else 0


def _is_below(key: str, tables: Sequence[str]) -> bool:
    return any(key == table or key.startswith(f"{table}.") for table in tables)
