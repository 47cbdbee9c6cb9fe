"""How often treaties were signed, by class, cell and period; and what the other periods expect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.statistics.arrays import Vector
from sim.statistics.intervals import Interval, jeffreys_rate_interval
from sim.validation.studies.treaties.record import (
    FIRST_YEAR,
    LAST_YEAR,
    Cell,
    PactRecord,
    Years,
    cells_of,
    overlap,
)

PER_1000 = 1000.0
"""Rates are shown per 1,000 pairs a year."""
_SEED, _DRAWS = 19460101, 20_000
_TAILS = (0.025, 0.975)


@dataclass(frozen=True)
class CellRate:
    """How often a cell signed in a period.

    Attributes:
        cell: class and cell.
        years: the period.
        signed: treaties signed.
        pair_years: pairs that could have, summed over years.
    """

    cell: Cell
    years: Years
    signed: int
    pair_years: float

    @property
    def rate(self) -> Interval:
        """Treaties per pair and year, with a 95% interval."""
        return jeffreys_rate_interval(self.signed, self.pair_years)


@dataclass(frozen=True)
class Expected:
    """Treaties of a period: how many were expected, and how many were signed.

    Attributes:
        pact_class: their class.
        years: the period.
        interval: the expected number, with the interval that holds 95% of possible numbers.
        signed: treaties signed.
    """

    pact_class: str
    years: Years
    interval: Interval
    signed: int

    @property
    def is_inside(self) -> bool:
        """Whether the number signed lies in the interval."""
        return self.interval.low <= self.signed <= self.interval.high


def count_rate(record: PactRecord, cell: Cell, years: Years = (FIRST_YEAR, LAST_YEAR)) -> CellRate:
    """Return how often a cell signed in a period."""
    return CellRate(cell, years, record.count_signed(cell, years), record.pair_years(cell, years))


def expect_from_others(record: PactRecord, pact_class: str, years: Years) -> Expected:
    """Return what the rates of all other years since 1956 expect in a period.

    Each cell has a rate of its own, uncertain as its count is small (a gamma distribution with
    Jeffreys's prior); the number signed has a Poisson distribution around it.
    """
    generator = np.random.default_rng(_SEED)
    mean, draws = 0.0, np.zeros(_DRAWS)
    for cell in cells_of(pact_class):
        other, exposure = count_without(record, cell, years), record.pair_years(cell, years)
        mean += other.signed / other.pair_years * exposure
        draws += generator.gamma(other.signed + 0.5, exposure / other.pair_years, _DRAWS)
    signed = count_class(record, cells_of(pact_class), years)
    return Expected(pact_class, years, _predict(mean, draws, generator), signed)


def expect_at_rates(
    record: PactRecord,
    rates: Sequence[tuple[Cell, Interval]],
    years: Years,
    share: float = 1.0,
) -> Interval:
    """Return the number that given rates expect in a period, with 95% of possible numbers.

    A world draws each rate from its range, so the mean of the range counts, not its best figure.

    Args:
        record: the record, for the pairs that could sign.
        rates: of each cell its rate a year, with a range.
        years: the period.
        share: the share of its pair-years that counts.
    """
    generator = np.random.default_rng(_SEED)
    mean, draws = 0.0, np.zeros(_DRAWS)
    for cell, rate in rates:
        exposure = share * record.pair_years(cell, years)
        mean += triangular_mean(rate) * exposure
        draws += draw_triangular(generator, rate, _DRAWS) * exposure
    return _predict(mean, draws, generator)


def expect_later(
    record: PactRecord, rates: Sequence[tuple[Cell, Interval]], years: int
) -> Interval:
    """Return the number that given rates expect in some years after the record.

    The pairs at risk are as many a year as in the last period counted.
    """
    last = max((row.lo, row.hi) for row in record.at_risk)
    return expect_at_rates(record, rates, last, years / (last[1] - last[0] + 1))


def triangular_mean(figure: Interval) -> float:
    """Return the mean of a range with its peak at the value."""
    return sum(figure) / len(figure)


def draw_triangular(generator: np.random.Generator, figure: Interval, draws: int) -> Vector:
    """Return draws from a range with its peak at the value, (draw,)."""
    if figure.low == figure.high:
        return np.full(draws, figure.value)
    return np.asarray(generator.triangular(figure.low, figure.value, figure.high, draws))


def count_class(record: PactRecord, cells: Iterable[Cell], years: Years) -> int:
    """Return how many treaties of some cells were signed in a period."""
    return sum(record.count_signed(cell, years) for cell in cells)


def count_without(record: PactRecord, cell: Cell, years: Years) -> CellRate:
    """Return how often a cell signed from 1956 on, without a period."""
    whole, part = count_rate(record, cell), (max(years[0], FIRST_YEAR), min(years[1], LAST_YEAR))
    if not overlap(whole.years, years):
        return whole
    return CellRate(
        cell,
        whole.years,
        whole.signed - record.count_signed(cell, part),
        whole.pair_years - record.pair_years(cell, part),
    )


def _predict(mean: float, rates: Vector, generator: np.random.Generator) -> Interval:
    low, high = np.quantile(generator.poisson(rates), _TAILS)
    return Interval(mean, float(low), float(high))
