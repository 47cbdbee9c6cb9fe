"""Baselines: forecasts from a record known beforehand, if its rate persists.

Both baselines take account of how little a short record says about a rate or share: with Jeffreys's
prior, half an event, something that never happened is not impossible.
"""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Vector
from sim.statistics.scores import jeffreys_chance
from sim.validation.studies.hindcast.mapping import HistoricalRecord

_QUANTILES = (np.arange(999) + 0.5) / 999
"""Quantiles that represent a distribution as an ensemble, without random draws."""
CHANCE_MARGIN = 1e-9
"""The smallest distance of a chance from 1, so that every score is finite."""


def predictive_chance(record: HistoricalRecord, length: float) -> float | None:
    """Return the chance of an event in a number of months; None without a suitable record.

    For a rate it is 1 minus the predictive chance of none,
    (months / (months + length)) ** (happened + .5); for a share it does not depend on the length.
    """
    if record.happened is None:
        return None
    if record.cases is not None:
        return jeffreys_chance(record.happened, record.cases)
    return min(1 - _chance_of_none(record, length), 1 - CHANCE_MARGIN)


def predictive_counts(record: HistoricalRecord, length: float) -> Vector | None:
    """Return an ensemble of counts in a number of months; None without a suitable record.

    The predictive distribution of a count whose rate has a gamma distribution: negative binomial.
    """
    if record.values:
        return np.array(record.values, dtype=float)
    if record.months is None:
        return None
    from scipy.stats import nbinom  # noqa: PLC0415  takes a while to load

    return np.asarray(
        nbinom.ppf(_QUANTILES, _gamma_shape(record), _no_event_ratio(record, length)), dtype=float
    )


def predictive_waits(record: HistoricalRecord, length: float) -> Vector | None:
    """Return an ensemble of months until an event, at most `length`; None without a record.

    The predictive waiting time: (months / (months + t)) ** (happened + .5) is the chance
    that it has not happened after t months.
    """
    if record.values:
        return np.minimum(np.array(record.values, dtype=float), length)
    if record.months is None:
        return None
    wait: Vector = record.months * (_QUANTILES ** (-1 / _gamma_shape(record)) - 1)
    return np.minimum(wait, length)


def _gamma_shape(record: HistoricalRecord) -> float:
    return (record.happened or 0.0) + 0.5


def _no_event_ratio(record: HistoricalRecord, length: float) -> float:
    months = record.months or 0.0
    return months / (months + length)


def _chance_of_none(record: HistoricalRecord, length: float) -> float:
    return float(_no_event_ratio(record, length) ** _gamma_shape(record))
