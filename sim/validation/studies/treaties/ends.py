"""How treaties ended: by class and era, by decade, and where a fact held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

from scipy.stats import poisson

from sim.statistics.intervals import Interval, jeffreys_rate_interval
from sim.validation.studies.treaties.record import PactRecord, Years
from sim.validation.studies.treaties.results import BrokenInDecade
from sim.validation.studies.treaties.rows import Circumstance, EndedTreaties

_TAILS = (0.025, 0.975)
_Z = NormalDist().inv_cdf(_TAILS[1])
WAYS = ("broken", "lapsed", "replaced")
"""How a treaty ended, apart from the end of a party."""


@dataclass(frozen=True)
class EndRate:
    """How often treaties of a class ended in one way in an era.

    Attributes:
        pact_class: the class.
        years: the era.
        way: one of `WAYS`.
        ended: treaties that ended so.
        treaty_years: years in force, summed over treaties.
    """

    pact_class: str
    years: Years
    way: str
    ended: int
    treaty_years: int

    @property
    def rate(self) -> Interval:
        """Treaties ended per treaty and year, with a 95% interval."""
        return jeffreys_rate_interval(self.ended, self.treaty_years)


def end_rates(record: PactRecord) -> Iterator[EndRate]:
    """Yield the rates by class, era and way."""
    for row in record.ended:
        for way in WAYS:
            years = (row.lo, row.hi)
            yield EndRate(row.pact_class, years, way, getattr(row, way), row.treaty_years)


def possible_breaches(decade: BrokenInDecade) -> Interval:
    """Return the breaches expected in a decade, with 95% of the numbers that chance allows."""
    return possible_counts(decade.expected)


def possible_counts(expected: float) -> Interval:
    """Return an expected number with 95% of the numbers that chance allows (Poisson)."""
    low, high = (float(poisson.ppf(tail, expected)) for tail in _TAILS)
    return Interval(expected, low, high)


def expect_defence_breaches(record: PactRecord) -> tuple[Interval, EndedTreaties]:
    """Return the breaches of defence pacts that earlier eras expect in the last, and the last."""
    *earlier, last = sorted(
        (row for row in record.ended if row.pact_class == "defence"), key=lambda row: row.lo
    )
    rate = sum(row.broken for row in earlier) / sum(row.treaty_years for row in earlier)
    return possible_counts(rate * last.treaty_years), last


def log_odds_ratio(
    happened: int, cases: int, happened_without: int, cases_without: int
) -> Interval:
    """Return the log of a ratio of odds with a 95% interval (Haldane's half added to each count).

    Args:
        happened: events where a fact held.
        cases: cases in which it held.
        happened_without: events where it did not hold.
        cases_without: cases in which it did not hold.
    """
    counts = [
        count + 0.5
        for count in (
            happened,
            cases - happened,
            happened_without,
            cases_without - happened_without,
        )
    ]
    yes, no, yes_without, no_without = counts
    value = log(yes / no) - log(yes_without / no_without)
    half = _Z * sqrt(sum(1 / count for count in counts))
    return Interval(value, value - half, value + half)


def circumstance(record: PactRecord, fact: str) -> Circumstance:
    """Return the breaches where a fact held."""
    (found,) = (row for row in record.circumstances if row.fact == fact)
    return found


def effect_of(record: PactRecord, fact: str) -> Interval:
    """Return what a fact adds to the log-odds of a breach, by the counts.

    Where breaches without the fact were not counted by themselves, those of all other
    treaty-years stand for them.
    """
    row = circumstance(record, fact)
    without, years = row.broken_without, row.treaty_years_without
    if without is None or years is None:
        whole = circumstance(record, "supporters_autocracy")
        without, years = whole.broken_without or 0, whole.treaty_years_without or 0
    return log_odds_ratio(row.broken, row.treaty_years, without, years)


def expect_without_fact(record: PactRecord, fact: str) -> Interval:
    """Return the breaches expected where a fact held, at the rate of all other treaty-years."""
    row, whole = circumstance(record, fact), circumstance(record, "supporters_autocracy")
    broken = whole.broken + (whole.broken_without or 0) - row.broken
    years = whole.treaty_years + (whole.treaty_years_without or 0) - row.treaty_years
    return possible_counts(broken / years * row.treaty_years)


def as_ratio(interval: Interval) -> Interval:
    """Return log-odds, or the log of a rate, as a ratio."""
    return Interval(*map(exp, interval))
