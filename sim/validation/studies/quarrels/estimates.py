"""What the record says of each pair, shrunk to what it says of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta, gamma

from sim.statistics.arrays import FloatArray
from sim.statistics.intervals import Interval
from sim.validation.studies.quarrels.openings import (
    eventual_climb,
    invert_display,
    invert_force,
    invert_threat,
    opening_of_highest,
)
from sim.validation.studies.quarrels.record import RUNGS, ActorPair, DisputeRecord
from sim.validation.studies.quarrels.shrinkage import FittedPrior, fit_rates, fit_shares

_TAILS = np.array([0.025, 0.975])
"""The ends of a range: 95% of the estimate's distribution."""


@dataclass(frozen=True)
class FittedRecord:
    """The record with what is common to all pairs.

    Attributes:
        record: the counts.
        totals: disputes of a pair a year.
        who: share of a pair's disputes that each side begins; even where nothing is known.
        resisted: share of disputes met with a military reply.
        highest: shares by the highest rung.
    """

    record: DisputeRecord
    totals: FittedPrior
    who: FittedPrior
    resisted: FittedPrior
    highest: FittedPrior


@dataclass(frozen=True)
class QuarrelEstimate:
    """Estimates of one pair; sides are in the record's order.

    Attributes:
        pair: the codes of the two.
        rates: disputes a year begun by each side.
        resisted: share of disputes met with a military reply.
        highest: share of disputes by the highest rung that they reach.
        opening: share of disputes by the rung at which they open.
    """

    pair: ActorPair
    rates: tuple[Interval, Interval]
    resisted: Interval
    highest: FloatArray
    opening: dict[str, Interval]

    def yearly_chance(self, actor: str) -> Interval:
        """Return the chance a year that an actor begins at least one dispute."""
        rate = self.rates[self.pair.index(actor)]
        return Interval(*(float(-np.expm1(-number)) for number in rate))


def fit_record(record: DisputeRecord) -> FittedRecord:
    """Fit what all pairs have in common."""
    resisted = _split_replies(record)
    return FittedRecord(
        record,
        totals=fit_rates(record.begun.sum(axis=2), record.years),
        who=fit_shares(record.begun[:, 0], record.begun[:, 1], even=True),
        resisted=fit_shares(resisted[:, 0], resisted[:, 1]),
        highest=fit_shares(record.highest[:, 0], record.highest[:, 1]),
    )


def estimate_pairs(
    fitted: FittedRecord, pairs: Iterable[Collection[str]], climb: float, dies: float
) -> list[QuarrelEstimate]:
    """Estimate each pair, given the chances a month that a dispute climbs and ends.

    Raises:
        KeyError: the record has no dispute of a pair.
    """
    rows = [fitted.record.find_pair(pair) for pair in pairs]
    return [_estimate_pair(fitted, row, climb, dies) for row in rows]


def _estimate_pair(fitted: FittedRecord, row: int, climb: float, dies: float) -> QuarrelEstimate:
    record = fitted.record
    resisted = _split_replies(record)[row]
    replies = fitted.resisted.update(resisted[0], resisted[1])
    highest = fitted.highest.update(record.highest[row, 0], record.highest[row, 1])
    answered = _interval_of_share(replies, 0)
    climbs = eventual_climb(climb, dies, answered.value)
    return QuarrelEstimate(
        pair=record.pairs[row],
        rates=_rates_of_sides(fitted, row),
        resisted=answered,
        highest=highest / highest.sum(),
        opening=_opening_shares(highest, climbs),
    )


def _split_replies(record: DisputeRecord) -> FloatArray:
    """Return disputes with and without a military reply, (pair, period, 2)."""
    total = record.begun.sum(axis=2)
    return np.stack([record.reciprocated, total - record.reciprocated], axis=2)


def _rates_of_sides(fitted: FittedRecord, row: int) -> tuple[Interval, Interval]:
    """Return disputes a year begun by each side: the pair's total by the side's share.

    The product of a gamma and a beta variable is taken for a gamma with its mean and variance; it
    is one exactly if both rest on the same counts.
    """
    begun, years = fitted.record.begun[row], fitted.record.years[row]
    counted = np.stack([begun.sum(axis=1), years], axis=1)
    shape, base = fitted.totals.update(counted[0], counted[1])
    split = fitted.who.update(begun[0], begun[1])
    first, second = (_interval_of_rate(shape, base, split[side], split.sum()) for side in (0, 1))
    return first, second


def _interval_of_rate(shape: float, base: float, own: float, both: float) -> Interval:
    mean = shape / base * own / both
    square = shape * (shape + 1) / base**2 * own * (own + 1) / (both * (both + 1))
    variance = square - mean**2
    low, high = gamma.ppf(_TAILS, mean**2 / variance, scale=variance / mean)
    return Interval(float(mean), float(low), float(high))


def _interval_of_share(counts: FloatArray, category: int) -> Interval:
    """Return the share of one category of a Dirichlet distribution."""
    own, total = counts[category], counts.sum()
    low, high = beta.ppf(_TAILS, own, total - own)
    return Interval(float(own / total), float(low), float(high))


def _opening_shares(highest: FloatArray, climbs: float) -> dict[str, Interval]:
    """Return the shares by opening rung; each range is that of its highest rung alone."""
    threat, display, force = (np.array(_interval_of_share(highest, rung)) for rung in range(3))
    ranges = (
        invert_threat(threat, climbs),
        invert_display(display, threat[0], climbs),
        invert_force(force, threat[0], climbs),
    )
    values = opening_of_highest(highest / highest.sum(), climbs)
    return {
        rung: Interval(float(value), *(float(end) for end in ends[1:].clip(0, 1)))
        for rung, value, ends in zip(RUNGS, values, ranges, strict=True)
    }
