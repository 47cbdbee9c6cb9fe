"""What differs between runs: in what they assume, in what happened, and pair by pair of worlds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, nan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison.inputs import DifferingInput, compare_inputs
from sim.analysis.data.resolve import open_sides
from sim.errors import RequestError
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.schema.scenario import Scenario
from sim.statistics import paired
from sim.statistics.intervals import Interval, wilson_interval
from sim.statistics.paired import FourWay, count_four_way

_UNDEFINED = Interval(nan, nan, nan)


@dataclass(frozen=True)
class MeasureDifference:
    """How far one measure differs between two runs.

    Attributes:
        measure: what is measured.
        change: the run with, minus the run without: a difference of shares or of means, with its
            95 % interval; not numbers where there is nothing to compare.
        worlds: how many pairs it is taken over; without pairs, worlds of the smaller run.
        identical: whether the measure is the same in every pair.
        efficiency: how many times fewer worlds the pairs need than strangers would for an interval as
            narrow; None without pairs.
        four_way: in how many pairs it happened where; None without pairs, and for amounts.
    """

    measure: Measure
    change: Interval
    worlds: int
    identical: bool = False
    efficiency: float | None = None
    four_way: FourWay | None = None


@dataclass(frozen=True)
class RunPair:
    """Two runs against each other.

    Attributes:
        base_index: place of the run without, or of the first.
        other_index: place of the run with.
        added_treaties: codes of the treaties that only `other_index` has, if they tell which run is with.
        unpaired_reason: why their worlds are no pairs; empty where they are.
        differences: one for each measure shown that both runs have.
    """

    base_index: int
    other_index: int
    added_treaties: tuple[str, ...]
    unpaired_reason: str
    differences: tuple[MeasureDifference, ...]

    @property
    def paired(self) -> bool:
        """Whether world and world are pairs."""
        return not self.unpaired_reason


@dataclass(frozen=True)
class RunComparison:
    """Two or more runs side by side, all against the first.

    Attributes:
        sides: the runs, in the order given.
        measures: the measures compared.
        left_out: names of measures that some run does not have.
        pairs: each other run against the first.
    """

    sides: tuple[Results, ...]
    measures: tuple[Measure, ...]
    left_out: tuple[str, ...]
    pairs: tuple[RunPair, ...]

    @cached_property
    def inputs(self) -> list[DifferingInput]:
        """Every key at which their scenarios differ."""
        return compare_inputs([side.scenario for side in self.sides])

    @property
    def same_engine(self) -> bool:
        """Whether the same model lived all of them."""
        return len({side.engine for side in self.sides}) == 1


def compare_runs(folders: Sequence[Path], *, all_measures: bool = False) -> RunComparison:
    """Compare results, all against the first; the headlines or `all_measures` measure.

    Points of a sweep are sides like runs, named `<folder>/<point>`; a sweep is all its points.

    Raises:
        RequestError: fewer than two sides, none of the measures in common, or a sweep of too many
            points.
        ResultsError: a folder cannot be read.
    """
    sides = tuple(side for folder in folders for side in open_sides(folder))
    if len(sides) < 2:
        raise RequestError("to compare takes two results folders or more")
    wanted = _measures_to_compare(sides, all_measures)
    shown = tuple(m for m in wanted if all(m.name in side.measures for side in sides))
    if not shown:
        raise RequestError("these runs have no measure in common")
    pairs = tuple(_compare_pair(sides, 0, place, shown) for place in range(1, len(sides)))
    left_out = tuple(measure.name for measure in wanted if measure not in shown)
    return RunComparison(sides, shown, left_out, pairs)


def _measures_to_compare(sides: Sequence[Results], all_measures: bool) -> list[Measure]:
    """Return the measures of all sides, or their headlines, the first side's first."""
    names = (
        name
        for side in sides
        for name in (side.measures if all_measures else side.scenario.headlines)
        if name in side.measures
    )
    known = {name: m for side in reversed(sides) for name, m in side.measures.items()}
    return [known[name] for name in dict.fromkeys(names)]


def _compare_pair(
    sides: Sequence[Results], first_index: int, second_index: int, measures: Iterable[Measure]
) -> RunPair:
    base, other, treaties = _order_by_treaties(sides, first_index, second_index)
    strangers = _explain_unpaired(sides[base], sides[other])
    differences = tuple(
        _measure_difference(measure, sides[other], sides[base], paired=not strangers)
        for measure in measures
    )
    return RunPair(base, other, treaties, strangers, differences)


def _order_by_treaties(
    sides: Sequence[Results], first_index: int, second_index: int
) -> tuple[int, int, tuple[str, ...]]:
    """Return base, other, and the treaties that only the other has: the first is base by custom."""
    first, second = (
        _concluded_treaties(sides[place].scenario) for place in (first_index, second_index)
    )
    if second < first:
        return second_index, first_index, tuple(sorted(first - second))
    return first_index, second_index, tuple(sorted(second - first)) if first < second else ()


def _concluded_treaties(scenario: Scenario) -> set[str]:
    return {code for code, treaty in scenario.treaties.items() if treaty.concluded}


def _explain_unpaired(one: Results, other: Results) -> str:
    """Return why world and world of two runs are no pairs, or nothing where they are."""
    if one.scenario.seed != other.scenario.seed:
        return f"their seeds differ: {one.scenario.seed} and {other.scenario.seed}"
    if set(one.scenario.actors) != set(other.scenario.actors):
        return "their actors differ"
    if not np.array_equal(one.worlds, other.worlds):
        return f"they do not have the same worlds: {len(one.worlds):,} and {len(other.worlds):,}"
    return ""


def _measure_difference(
    measure: Measure, with_: Results, without: Results, *, paired: bool
) -> MeasureDifference:
    ours, theirs = with_.column(measure.name), without.column(measure.name)
    if measure.given:
        counts, others = with_.column(measure.given), without.column(measure.given)
        if paired:  # a pair tells something only where both worlds do
            counts = others = counts & others
        ours, theirs = ours[counts], theirs[others]
    if not len(ours) or not len(theirs):
        return MeasureDifference(measure, _UNDEFINED, 0)
    return (_paired_difference if paired else _unpaired_difference)(measure, ours, theirs)


def _paired_difference(
    measure: Measure, with_values: NDArray[Any], without_values: NDArray[Any]
) -> MeasureDifference:
    happened = measure.kind is MeasureKind.HAPPENED
    four = count_four_way(with_values, without_values) if happened else None
    change = (
        paired.paired_share_difference(four)
        if four
        else paired.paired_mean_difference(with_values, without_values)
    )
    same = paired.all_pairs_equal(with_values, without_values)
    fewer = (
        paired.pairing_efficiency(with_values, without_values) if isfinite(change.value) else nan
    )
    return MeasureDifference(measure, change, len(with_values), same, fewer, four)


def _unpaired_difference(
    measure: Measure, with_values: NDArray[Any], without_values: NDArray[Any]
) -> MeasureDifference:
    smaller = min(len(with_values), len(without_values))
    if measure.kind is MeasureKind.HAPPENED:
        shares = (
            wilson_interval(int(side.sum()), len(side)) for side in (with_values, without_values)
        )
        return MeasureDifference(measure, paired.unpaired_share_difference(*shares), smaller)
    return MeasureDifference(
        measure, paired.unpaired_mean_difference(with_values, without_values), smaller
    )
