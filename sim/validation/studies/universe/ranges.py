"""Ranges of slopes and means: whole wars are drawn anew."""

from __future__ import annotations

import numpy as np

from sim.statistics.bootstrap import Resampling, bootstrap_mean
from sim.statistics.intervals import Interval
from sim.validation.studies.universe.estimates import Cell, fit_coefficients, group_by_cell
from sim.validation.studies.universe.record import FACTS, Record

_SEED = 18230407
_FITS = 400
_MEANS = Resampling(_SEED, 2000)


def slope_intervals(record: Record, replicates: int = _FITS) -> dict[str, Interval]:
    """Return the slope of each fact with a 95% interval by war; the ridge holds in every fit."""
    index = record.war_index
    wars = int(index.max()) + 1
    values = fit_coefficients(record)
    draws = Resampling(_SEED, replicates).draw_weights([wars])
    fits = [fit_coefficients(record, weights[index]) for weights in draws]
    return {
        fact: Interval(
            values[fact], *np.quantile([fit[fact] for fit in fits], [0.025, 0.975]).tolist()
        )
        for fact in FACTS
    }


def mean_intervals(record: Record) -> dict[Cell, dict[str, Interval]]:
    """Return the mean of each fact with a 95% interval by war, by era and class."""
    intervals = {}
    for cell, rows in group_by_cell(record).items():
        values = (bootstrap_mean(column, rows.war_index, _MEANS) for column in rows.facts.T)
        intervals[cell] = dict(zip(FACTS, values, strict=True))
    return intervals
