"""Ranges of slopes: whole wars are drawn anew."""

from __future__ import annotations

import numpy as np

from sim.statistics.bootstrap import Resampling
from sim.statistics.intervals import Interval
from sim.validation.studies.universe.record import FACTS, Record
from sim.validation.studies.universe.regression import fit_regression

_SEED = 18230407
_FITS = 400


def slope_intervals(record: Record, replicates: int = _FITS) -> dict[str, Interval]:
    """Return the slope of each fact with a 95% interval by war; the ridge holds in every fit."""
    index = record.war_index
    wars = int(index.max()) + 1
    values = fit_regression(record).coefficients
    draws = Resampling(_SEED, replicates).draw_weights([wars])
    fits = [fit_regression(record, weights[index]).coefficients for weights in draws]
    return {
        fact: Interval(
            values[fact], *np.quantile([fit[fact] for fit in fits], [0.025, 0.975]).tolist()
        )
        for fact in FACTS
    }
