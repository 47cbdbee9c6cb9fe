"""What the worlds simulated anew say beside the same worlds as they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

import numpy as np

from sim.explore.serve.worlds import Columns
from sim.model.measures.registry import Measure, MeasureKind
from sim.statistics.arrays import FloatArray, Mask
from sim.statistics.intervals import Interval, student_interval, wilson_interval
from sim.statistics.paired import (
    count_four_way,
    paired_mean_difference,
    paired_share_difference,
    unpaired_mean_difference,
    unpaired_share_difference,
)


def compare_anew(
    measures: Sequence[Measure], before: Columns, after: Columns
) -> Iterator[dict[str, Any]]:
    """Yield each outcome in the same worlds before and after a change, and the paired difference.

    Where an outcome is defined in some worlds only, the two are compared without pairs.

    Args:
        measures: the outcomes.
        before: their columns and those of the measures they are `given`, (world,) each.
        after: the same, simulated anew.
    """
    for measure in measures:
        if measure.name in after and (not measure.given or measure.given in after):
            where = [_defined(measure, columns) for columns in (before, after)]
            values = [
                columns[measure.name][part].astype(np.float64)
                for columns, part in zip((before, after), where, strict=True)
            ]
            paired = bool((where[0] == where[1]).all())
            yield {
                "name": measure.name,
                "label": measure.label,
                "unit": measure.unit,
                "share": measure.kind is MeasureKind.HAPPENED,
                "before": _plain(_estimate(measure, values[0])),
                "after": _plain(_estimate(measure, values[1])),
                "difference": _plain(_difference(measure, *values, paired=paired)),
                "paired": paired,
            }


def _defined(measure: Measure, columns: Columns) -> Mask:
    values = columns[measure.name].astype(np.float64)
    given = columns[measure.given].astype(bool) if measure.given else np.ones(len(values), bool)
    return given & np.isfinite(values)


def _estimate(measure: Measure, values: FloatArray) -> Interval | None:
    if not len(values):
        return None
    if measure.kind is MeasureKind.HAPPENED:
        return wilson_interval(float(values.sum()), len(values))
    return student_interval(values)


def _difference(
    measure: Measure, before: FloatArray, after: FloatArray, *, paired: bool
) -> Interval | None:
    """Return after less before; None where either is defined in no world."""
    if not len(before) or not len(after):
        return None
    if measure.kind is MeasureKind.HAPPENED:
        if paired:
            return paired_share_difference(count_four_way(after > 0, before > 0))
        shares = (wilson_interval(float(each.sum()), len(each)) for each in (after, before))
        return unpaired_share_difference(*shares)
    return (paired_mean_difference if paired else unpaired_mean_difference)(after, before)


def _plain(interval: Interval | None) -> list[float] | None:
    """Return an estimate and its interval; None where there is none."""
    if interval is None or not isfinite(interval.value):
        return None
    ends = (interval.value, interval.low, interval.high)
    return [end if isfinite(end) else interval.value for end in ends]
