"""P18: the ladder of an exchange - shells, shield, treaty, troops, technology."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sim.validation.studies.patterns.estimation import columns
from sim.validation.studies.patterns.simulated import Lived, Mask, Months, Numbers

NEVER = 0
SPAN = 36
"""Months looked at."""


def first_troops(lived: Lived, exchange: str) -> Months:
    """Return the month in which soldiers first came within the span, (world,), 0 for never."""
    return _first(lived.of("troops_sent"), lived, exchange)


def first_technology(lived: Lived, exchange: str) -> Months:
    """Return the month in which technology was first transferred within the span, (world,)."""
    return _first(lived.of("technology"), lived, exchange)


def _first(rows: pd.DataFrame, lived: Lived, exchange: str) -> Months:
    rows = rows[(rows["subject"] == exchange) & (rows["month"] <= SPAN)]
    first = np.full(lived.count, SPAN + 1)
    np.minimum.at(first, rows["world"].to_numpy(), rows["month"].to_numpy().astype(np.int64))
    return np.where(first > SPAN, NEVER, first)


def in_order(lived: Lived, exchange: str) -> Numbers:
    """Return where troops came and technology with or after them, where both came, and worlds.

    Shells, shield and treaty are older than both. Shape (world, 3).
    """
    troops, technology = first_troops(lived, exchange), first_technology(lived, exchange)
    both = (troops > NEVER) & (technology > NEVER)
    return columns(both & (technology >= troops), both, np.ones(lived.count))


def from_arms(lived: Lived, exchange: str) -> Numbers:
    """Return, where troops came, how many months after arms: one column a month, (world, lag)."""
    troops = first_troops(lived, exchange)
    began = _months_before(lived.scenario.exchanges[exchange].since, lived.scenario.start)
    return _spread(troops + began, troops > NEVER, range(SPAN + began + 1))


def from_troops(lived: Lived, exchange: str) -> Numbers:
    """Return, where both came, how many months technology came after troops, (world, lag).

    Lags run from - SPAN to SPAN; see `lags`.
    """
    troops, technology = first_troops(lived, exchange), first_technology(lived, exchange)
    both = (troops > NEVER) & (technology > NEVER)
    return _spread(technology - troops, both, range(-SPAN, SPAN + 1))


def _months_before(early: date, late: date) -> int:
    return round((late - early).days / 30.44)


def _spread(values: Months, where: Mask, lags: range) -> Numbers:
    return np.stack([(values == lag) & where for lag in lags], axis=1).astype(np.float64)
