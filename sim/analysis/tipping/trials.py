"""Trials: an outcome with some assumptions set within their ranges, all else drawn as ever.

The same worlds are simulated in every trial of a search, so that two trials differ by what was set
alone. What a search found is put to worlds that it never saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.sensitivity.ensemble import simulate_points
from sim.experiment.blocks import OnProgress
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector
from sim.statistics.intervals import (
    ERROR_RATE,
    Interval,
    clopper_pearson_interval,
    student_interval,
)
from sim.statistics.ratio import MIN_CASES, PartlyDefined

Setting = Mapping[str, float]
"""Positions of assumptions in their distributions, 0 to 1, by key."""
MIDDLE = 0.5


@dataclass
class Trials:
    """Simulates an outcome of a scenario under settings.

    Attributes:
        scenario, measure: what is simulated, and what of it is looked at.
        on_progress: called with the number of worlds simulated so far.
        workers: number of processes; with None, that of processors if several save time.
        simulated: number of worlds simulated so far.
    """

    scenario: Scenario
    measure: Measure
    on_progress: OnProgress
    workers: int | None = None
    simulated: int = 0

    def means(self, settings: Sequence[Setting], worlds: int) -> Vector:
        """Return the outcome under each setting in worlds 0 to `worlds` - 1, (setting,).

        NaN where fewer than twenty of the worlds define it.
        """
        columns = self._columns(settings, worlds, 0)
        return np.array([_mean(column) for column in columns])

    def estimate(
        self, setting: Setting, first: int, worlds: int, error_rate: float = ERROR_RATE
    ) -> Interval:
        """Return the outcome in worlds `first` to `first + worlds - 1`, with its interval."""
        (column,) = self._columns([setting], worlds, first)
        return estimate(self.measure, column, error_rate)

    def _columns(self, settings: Sequence[Setting], worlds: int, first: int) -> list[PartlyDefined]:
        before = self.simulated
        table = simulate_points(
            self.scenario,
            self.measure,
            _tabulate(settings),
            worlds,
            lambda points: self.on_progress(before + points),
            self.workers,
            first=first,
        )
        self.simulated = before + len(settings) * worlds
        return [PartlyDefined(*row) for row in zip(table.values, table.defined, strict=True)]


def estimate(measure: Measure, column: PartlyDefined, error_rate: float = ERROR_RATE) -> Interval:
    """Return the share (Clopper and Pearson) or mean (Student) where a measure is defined.

    NaN, without an interval, where fewer than twenty worlds define it.
    """
    values = column.values[column.defined].astype(np.float64)
    if len(values) < MIN_CASES:
        return Interval(np.nan, np.nan, np.nan)
    if measure.kind is MeasureKind.HAPPENED:
        return clopper_pearson_interval(int(values.sum()), len(values), error_rate)
    return student_interval(values, error_rate)


def _mean(column: PartlyDefined) -> float:
    return float(column.values[column.defined].mean()) if column.cases >= MIN_CASES else np.nan


def _tabulate(settings: Sequence[Setting]) -> dict[str, Vector]:
    """Return the position of every key in each setting, (setting,); NaN where it is drawn."""
    keys = dict.fromkeys(key for setting in settings for key in setting)
    return {
        key: np.array([setting.get(key, np.nan) for setting in settings], dtype=np.float64)
        for key in keys
    }
