"""Published rates that anchors are combined with, and what of them remains without some wars."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from scipy.special import expit, logit

from sim.validation.studies.universe.record import Record

_Z = 1.96


@dataclass(frozen=True)
class Rate:
    """Evidence on one rate.

    Attributes:
        log_odds: the rate in log-odds.
        variance: the sampling variance of `log_odds`.
    """

    log_odds: float
    variance: float

    @classmethod
    def from_counts(cls, events: float, trials: float) -> Rate:
        """Return (k + .5)/(n + 1) in log-odds with its variance (Gart and Zweifel 1967)."""
        yes, no = events + 0.5, trials - events + 0.5
        return cls(float(logit(yes / (yes + no))), 1 / yes + 1 / no)

    @classmethod
    def from_interval(cls, value: float, low: float, high: float) -> Rate:
        """Return a rate of which a 95% interval was published."""
        width = float(logit(high) - logit(low))
        return cls(float(logit(value)), (width / (2 * _Z)) ** 2)

    @property
    def chance(self) -> float:
        """The rate."""
        return float(expit(self.log_odds))

    @property
    def standard_error(self) -> float:
        """The standard error of `log_odds`."""
        return sqrt(self.variance)


@dataclass(frozen=True)
class HonourCounts:
    """How often an obligation to aid was honoured.

    Attributes:
        honoured: number of cases in which it was.
        cases: number of cases.
    """

    honoured: int
    cases: int

    def less(self, removed: HonourCounts) -> HonourCounts:
        """Return what remains without some of the cases; counts never fall below 0."""
        honoured = max(self.honoured - removed.honoured, 0)
        violated = self.cases - self.honoured - (removed.cases - removed.honoured)
        return HonourCounts(honoured, honoured + max(violated, 0))

    @cached_property
    def rate(self) -> Rate:
        """The share honoured."""
        return Rate.from_counts(self.honoured, self.cases)


HONOUR_COUNTS: dict[tuple[str, str], HonourCounts] = {
    ("to_1945", "aid_due_two"): HonourCounts(33, 50),
    ("to_1945", "aid_due_more"): HonourCounts(10, 18),
    ("since_1946", "aid_due_two"): HonourCounts(5, 20),
    ("since_1946", "aid_due_more"): HonourCounts(1, 21),
}
"""Defence and offence pacts by era and form, counted in Berkemeier and Fuhrmann's (2018) data."""

JOINING_RATES: dict[tuple[str, str], Rate] = {
    ("since_1946", "major_power"): Rate.from_interval(0.098 / 2, 0.06 / 2, 0.15 / 2),
    ("since_1946", "neighbour"): Rate.from_interval(0.068 / 2, 0.04 / 2, 0.11 / 2),
    ("since_1946", "bystander"): Rate.from_interval(0.007 / 2, 0.003 / 2, 0.012 / 2),
}
"""States without a pact that joined a war 1946-2010, either side, halved: per side.

Own counts in the disputes of Gibler, Miller and Little (2016) that became wars; the range of the
last is judged.
"""


def remaining_honour_counts(
    record: Record, leave_out: Collection[int]
) -> dict[tuple[str, str], HonourCounts]:
    """Return the published counts without the cases in some wars, as far as the record shows them.

    A treaty of two is a case for each ally; one of more is a case for each outcome that its
    partner met in a war.
    """
    cases = dict.fromkeys(_find_cases(record, leave_out))
    counts = {}
    for cell, published in HONOUR_COUNTS.items():
        outcomes = [outcome for case_cell, *_, outcome in cases if case_cell == cell]
        removed = HonourCounts(outcomes.count("honoured"), len(outcomes))
        counts[cell] = published.less(removed)
    return counts


def _find_cases(
    record: Record, wars: Collection[int]
) -> Iterator[tuple[tuple[str, str], int, str, str, str]]:
    for row in record.rows:
        if row.published and row.war in wars:
            ally = row.ally if row.parties == "two" else ""
            yield (row.era, row.commitment), row.war, row.partner, ally, row.published
