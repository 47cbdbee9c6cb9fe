"""What a common enemy does to the rate of signing, by the counts of the record."""

from __future__ import annotations

from math import log, sqrt
from statistics import NormalDist

from sim.statistics.intervals import Interval
from sim.validation.studies.treaties.record import FIRST_YEAR, PactRecord

_Z = NormalDist().inv_cdf(0.975)
_DISTANT = ("other", "rivals")
"""Cells left out: pairs that are neither near nor major, and rivals."""


def enemy_effect(record: PactRecord, pact_class: str) -> Interval:
    """Return the log of the ratio of rates with and without a common enemy, since 1956.

    Among neighbours and pairs with a major power that are no rivals. The interval is that of the
    log of a ratio of Poisson rates, with half an event added to each.
    """
    rows = [
        row
        for row in record.at_risk
        if row.pact_class == pact_class and row.cell not in _DISTANT and row.lo >= FIRST_YEAR
    ]
    shared = sum(row.pair_years * (row.common_enemy or 0.0) for row in rows)
    pacts = [
        pact
        for pact in record.old_pacts
        if pact.pact_class == pact_class and pact.cell not in _DISTANT and pact.year >= FIRST_YEAR
    ]
    signed = sum(pact.common_enemy for pact in pacts)
    other = sum(row.pair_years for row in rows) - shared
    return _log_rate_ratio(signed, shared, len(pacts) - signed, other)


def _log_rate_ratio(count: int, exposure: float, other: int, other_exposure: float) -> Interval:
    value = log((count + 0.5) / exposure) - log((other + 0.5) / other_exposure)
    half = _Z * sqrt(1 / (count + 0.5) + 1 / (other + 0.5))
    return Interval(value, value - half, value + half)
