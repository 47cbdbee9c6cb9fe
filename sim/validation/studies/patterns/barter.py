"""P18: the sequence of an exchange: munitions, air defence, treaty, troops, technology."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sim.statistics.arrays import FloatArray, Mask
from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.simulated import MonthArray, SimulatedEnsemble

_NEVER = 0
SPAN_MONTHS = 36
"""Months measured."""


def _first_troops_month(ensemble: SimulatedEnsemble, exchange: str) -> MonthArray:
    """Return the month in which soldiers were first sent within the span, (world,), 0 for never."""
    return _first_event_month(ensemble.select_events("troops_sent"), ensemble, exchange)


def _first_technology_month(ensemble: SimulatedEnsemble, exchange: str) -> MonthArray:
    """Return the month in which technology was first transferred within the span, (world,)."""
    return _first_event_month(ensemble.select_events("technology"), ensemble, exchange)


def _first_event_month(
    rows: pd.DataFrame, ensemble: SimulatedEnsemble, exchange: str
) -> MonthArray:
    rows = rows[(rows["subject"] == exchange) & (rows["month"] <= SPAN_MONTHS)]
    first = np.full(ensemble.world_count, SPAN_MONTHS + 1)
    np.minimum.at(first, rows["world"].to_numpy(), rows["month"].to_numpy().astype(np.int64))
    return np.where(first > SPAN_MONTHS, _NEVER, first)


def count_troops_first(ensemble: SimulatedEnsemble, exchange: str) -> FloatArray:
    """Return worlds with technology not before troops, worlds with both, and worlds, (world, 3).

    Munitions, air defence and treaty precede both.
    """
    troops, technology = (
        _first_troops_month(ensemble, exchange),
        _first_technology_month(ensemble, exchange),
    )
    both = (troops > _NEVER) & (technology > _NEVER)
    return stack_columns(both & (technology >= troops), both, np.ones(ensemble.world_count))


def count_lags_from_arms(ensemble: SimulatedEnsemble, exchange: str) -> FloatArray:
    """Return, where troops were sent, the months since arms, one column per month, (world, lag)."""
    troops = _first_troops_month(ensemble, exchange)
    began = _months_between(ensemble.scenario.exchanges[exchange].since, ensemble.scenario.start)
    return _count_lags(troops + began, troops > _NEVER, range(SPAN_MONTHS + began + 1))


def count_lags_from_troops(ensemble: SimulatedEnsemble, exchange: str) -> FloatArray:
    """Return, where both occur, the months from troops to technology, (world, lag).

    Lags run from -SPAN_MONTHS to SPAN_MONTHS.
    """
    troops, technology = (
        _first_troops_month(ensemble, exchange),
        _first_technology_month(ensemble, exchange),
    )
    both = (troops > _NEVER) & (technology > _NEVER)
    return _count_lags(technology - troops, both, range(-SPAN_MONTHS, SPAN_MONTHS + 1))


def _months_between(early: date, late: date) -> int:
    return round((late - early).days / 30.44)


def _count_lags(values: MonthArray, mask: Mask, lags: range) -> FloatArray:
    return np.stack([(values == lag) & mask for lag in lags], axis=1).astype(np.float64)
