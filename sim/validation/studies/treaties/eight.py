"""The eight actors' own history: what the rates expect of their pairs, and what they signed.

Cells are those of the pairs in 2024, but for rivals that later had a common cause; NATO-Europe,
which is many states, is left out. So is the pact of 2024: it is the reason for the question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.statistics.intervals import Interval
from sim.validation.studies.treaties.ends import WAYS
from sim.validation.studies.treaties.rates import draw_triangular, triangular_mean
from sim.validation.studies.treaties.record import PactRecord, overlap
from sim.validation.studies.treaties.rows import OwnYears
from sim.validation.studies.treaties.rule import ShippedRule

_SEED, _DRAWS = 19610706, 20_000
_TAILS = (0.025, 0.975)
_NEVER = Interval(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class OwnHistory:
    """Treaties of a class that actors of the scenario signed with each other.

    Attributes:
        pact_class: the class.
        expected: what the shipped rates expect, with 95% of possible numbers.
        pair_years: pairs that could have signed, summed over years.
        signed: the years in which a pair could have signed, and did.
    """

    pact_class: str
    expected: Interval
    pair_years: int
    signed: tuple[OwnYears, ...]

    @property
    def is_inside(self) -> bool:
        """Whether the number signed lies in the interval."""
        return self.expected.low <= len(self.signed) <= self.expected.high


def own_history(record: PactRecord, rule: ShippedRule, pact_class: str) -> OwnHistory:
    """Return what the actors signed of a class, and what the shipped rates expect."""
    rows = [row for row in record.eight if row.pact_class == pact_class]
    return OwnHistory(
        pact_class,
        _expect(rows, rule),
        sum(map(years_of, rows)),
        tuple(row for row in rows if row.signed is not None),
    )


def expected_of(row: OwnYears, rule: ShippedRule) -> float:
    """Return how many treaties the shipped rates expect of a pair in its years."""
    return triangular_mean(_rate(row, rule)) * years_of(row)


def years_of(row: OwnYears) -> int:
    """Return the number of years in which a pair could have signed."""
    return row.hi - row.lo + 1


def _rate(row: OwnYears, rule: ShippedRule) -> Interval:
    return rule.rates.get((row.pact_class, row.cell), _NEVER)


def _expect(rows: Iterable[OwnYears], rule: ShippedRule) -> Interval:
    """Return the number expected; a rate is one draw for all pairs of its cell."""
    generator, mean, draws = np.random.default_rng(_SEED), 0.0, np.zeros(_DRAWS)
    years: dict[Interval, int] = {}
    for row in rows:
        rate = _rate(row, rule)
        years[rate] = years.get(rate, 0) + years_of(row)
    for rate, count in years.items():
        mean += triangular_mean(rate) * count
        draws += draw_triangular(generator, rate, _DRAWS) * count
    low, high = np.quantile(generator.poisson(draws), _TAILS)
    return Interval(mean, float(low), float(high))


def expected_own_ends(record: PactRecord) -> float:
    """Return how many defence pacts of the actors the record's rates expect to have ended.

    The years after the record have the rates of its last era.
    """
    eras = sorted((row for row in record.ended if row.pact_class == "defence"), key=lambda e: e.lo)
    expected = 0.0
    for era in eras:
        last = 9999 if era is eras[-1] else era.hi
        years = sum(overlap((row.lo, row.hi), (era.lo, last)) for row in record.eight_ended)
        expected += years * sum(getattr(era, way) for way in WAYS[:2]) / era.treaty_years
    return expected
