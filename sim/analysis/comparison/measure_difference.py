"""The difference of one measure between two runs, over pairs of worlds or independent ones."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.statistics import paired as pairs
from sim.statistics.intervals import Interval, wilson_interval
from sim.statistics.paired import FourWay, count_four_way
from sim.statistics.ratio import (
    PartlyDefined,
    linearise,
    paired_mean_ratio_difference,
    paired_share_ratio_difference,
)

_UNDEFINED = Interval(nan, nan, nan)


@dataclass(frozen=True)
class MeasureDifference:
    """The difference of one measure between two runs.

    Attributes:
        measure: the measure.
        change: the run with the treaty minus the run without: a difference of shares or of means,
            with its 95% interval; NaN where there is nothing to compare. A measure that is defined
            in some worlds only is compared over those of each run.
        worlds: number of pairs; without pairs, worlds of the smaller run. Of a measure that is
            defined in some worlds only, the worlds where it is, of the run with fewer.
        identical: whether the measure is the same in every pair, and defined in the same worlds.
        efficiency: the factor by which pairing reduces the number of worlds needed for an interval
            of this width; None without pairs.
        four_way: counts of pairs by where it happened; None without pairs, for amounts, and for
            what is defined in some worlds only: the pairs in which both runs define it are selected
            by what the treaty does.
    """

    measure: Measure
    change: Interval
    worlds: int
    identical: bool = False
    efficiency: float | None = None
    four_way: FourWay | None = None


def compare_measure(
    measure: Measure, with_: Results, without: Results, *, paired: bool
) -> MeasureDifference:
    """Return the difference of one measure, `with_` minus `without`, over pairs or not.

    A measure that is defined in some worlds only is compared as what each run reports: its share or
    mean over the worlds of that run in which it is defined. Whether it is defined may itself depend
    on what differs. The pairs in which both runs define it are therefore not all that count.
    """
    if not measure.given:
        difference = _paired_difference if paired else _unpaired_difference
        return difference(measure, with_.column(measure.name), without.column(measure.name))
    sides = [
        PartlyDefined(run.column(measure.name), run.column(measure.given))
        for run in (with_, without)
    ]
    if not min(side.cases for side in sides):
        return MeasureDifference(measure, _UNDEFINED, 0)
    if paired:
        return _paired_ratio_difference(measure, *sides)
    return _unpaired_difference(measure, *(side.values[side.defined] for side in sides))


def _paired_ratio_difference(
    measure: Measure, with_: PartlyDefined, without: PartlyDefined
) -> MeasureDifference:
    """Return the difference of two ratios, each over the worlds of its run that define it."""
    happened = measure.kind is MeasureKind.HAPPENED
    difference = paired_share_ratio_difference if happened else paired_mean_ratio_difference
    change = difference(with_, without).interval()
    fewer = min(with_.cases, without.cases)
    if not isfinite(change.value):
        return MeasureDifference(measure, change, fewer)
    identical = np.array_equal(with_.defined, without.defined) and pairs.all_pairs_equal(
        with_.values[with_.defined], without.values[without.defined]
    )
    efficiency = pairs.pairing_efficiency(linearise(with_), linearise(without))
    return MeasureDifference(measure, change, fewer, identical, efficiency)


def _paired_difference(
    measure: Measure, with_values: NDArray[Any], without_values: NDArray[Any]
) -> MeasureDifference:
    happened = measure.kind is MeasureKind.HAPPENED
    four_way = count_four_way(with_values, without_values) if happened else None
    change = (
        pairs.paired_share_difference(four_way)
        if four_way
        else pairs.paired_mean_difference(with_values, without_values)
    )
    identical = pairs.all_pairs_equal(with_values, without_values)
    efficiency = (
        pairs.pairing_efficiency(with_values, without_values) if isfinite(change.value) else nan
    )
    return MeasureDifference(measure, change, len(with_values), identical, efficiency, four_way)


def _unpaired_difference(
    measure: Measure, with_values: NDArray[Any], without_values: NDArray[Any]
) -> MeasureDifference:
    smaller = min(len(with_values), len(without_values))
    if measure.kind is MeasureKind.HAPPENED:
        shares = (
            wilson_interval(int(side.sum()), len(side)) for side in (with_values, without_values)
        )
        return MeasureDifference(measure, pairs.unpaired_share_difference(*shares), smaller)
    return MeasureDifference(
        measure, pairs.unpaired_mean_difference(with_values, without_values), smaller
    )
