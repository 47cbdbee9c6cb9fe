"""The checks of the record of treaties that simulate no world: signing, ranking and own history."""

from __future__ import annotations

from collections.abc import Iterator

from sim.statistics.intervals import Interval
from sim.validation.check import Check, Verdict, verdict_above
from sim.validation.studies.treaties.eight import OwnHistory, expected_of, own_history
from sim.validation.studies.treaties.ranking import (
    DecadeRanking,
    pool_rankings,
    rank_decades,
    rank_later_pacts,
)
from sim.validation.studies.treaties.rates import (
    Expected,
    count_class,
    count_rate,
    expect_at_rates,
    expect_from_others,
    expect_later,
)
from sim.validation.studies.treaties.record import (
    CLASSES,
    FIRST_YEAR,
    LAST_YEAR,
    Cell,
    PactRecord,
    Years,
)
from sim.validation.studies.treaties.rows import OwnYears
from sim.validation.studies.treaties.rule import ShippedRule

SOURCES = ("pact-record",)
CLASS_WORDS = {
    "defence": "defence pacts",
    "consultation": "treaties of consultation",
    "nonaggression": "non-aggression pacts",
}
"""What the treaties of a class are called."""
_FOUNDING: Years = (1946, 1955)
_LATER_YEARS = 9
"""Years from 2017 to 2025."""
_IN_SAMPLE = "The rates rest on this very record, so this is no evidence."
_TREATIES = "treaties"


def build_signing_checks(record: PactRecord, rule: ShippedRule) -> Iterator[Check]:
    """Yield the checks of how often treaties are signed, and by whom, without their codes."""
    for pact_class in CLASSES:
        yield _shipped_check(record, rule, pact_class)
    for pact_class in CLASSES:
        for years in record.eras(pact_class):
            yield _level_check(expect_from_others(record, pact_class, years))
    yield _founding_check(expect_from_others(record, "defence", _FOUNDING))
    for pact_class in CLASSES:
        yield _ranking_check(record, pact_class)
    yield _later_rank_check(record)
    yield _later_count_check(record, rule)
    for pact_class in CLASSES[:2]:
        yield _own_check(own_history(record, rule, pact_class), rule)


def number_check(
    claim: str,
    target: str,
    value: Interval,
    unit: str,
    verdict: Verdict,
    says: str,
    *,
    tuned: bool = False,
) -> Check:
    """Return a check of a figure with its interval, without a code."""
    return Check(
        code="",
        claim=claim,
        target=target,
        value=value.value,
        low=value.low,
        high=value.high,
        unit=unit,
        sources=SOURCES,
        tuned=tuned,
        verdict=verdict,
        says=says,
    )


def inside(count: float, possible: Interval) -> Verdict:
    """Return met where a count lies in the interval of possible numbers, otherwise missed."""
    return "met" if possible.low <= count <= possible.high else "missed"


def _shipped_check(record: PactRecord, rule: ShippedRule, pact_class: str) -> Check:
    years = (FIRST_YEAR, LAST_YEAR)
    rates = rule.rates_of(pact_class)
    expected, signed = expect_at_rates(record, rates, years), _count(record, rates, years)
    outside = [cell for cell, rate in rates if not _is_in_record(record, cell, rate)]
    words = f"Outside the interval of the record: {', '.join(c[1] for c in outside)}. "
    return number_check(
        f"The shipped rates expect as many {CLASS_WORDS[pact_class]} as were signed since 1956",
        f"{signed} signed",
        expected,
        _TREATIES,
        inside(signed, expected),
        f"{words if outside else ''}{_IN_SAMPLE}",
        tuned=True,
    )


def _count(record: PactRecord, rates: list[tuple[Cell, Interval]], years: Years) -> int:
    return count_class(record, (cell for cell, _ in rates), years)


def _is_in_record(record: PactRecord, cell: Cell, rate: Interval) -> bool:
    interval = count_rate(record, cell).rate
    return interval.low <= rate.value <= interval.high


def _level_check(expected: Expected) -> Check:
    ratio = expected.signed / expected.interval.value
    return number_check(
        f"{CLASS_WORDS[expected.pact_class].capitalize()}, {_span(expected.years)}: the rates of "
        "the other years since 1956 expect the number signed",
        f"{expected.signed} signed",
        expected.interval,
        _TREATIES,
        inside(expected.signed, expected.interval),
        f"Signed: {ratio:.2g} times the number expected. A period's level is not that of others.",
    )


def _founding_check(expected: Expected) -> Check:
    ratio = expected.signed / expected.interval.value
    return number_check(
        "Defence pacts, 1946-1955: the rates since 1956 expect the number signed",
        f"{expected.signed} signed",
        expected.interval,
        _TREATIES,
        inside(expected.signed, expected.interval),
        f"The blocs were founded at {ratio:.0f} times the later rates, cell by cell: this is what "
        "the lever `pace` stands for, up to 10.",
    )


def _ranking_check(record: PactRecord, pact_class: str) -> Check:
    rankings = rank_decades(record, pact_class)
    auc = pool_rankings(rankings)
    return number_check(
        f"{CLASS_WORDS[pact_class].capitalize()}: a pair that signed has a higher rate than one "
        "that did not, by the other decades",
        "more often than not: above 0.50",
        auc,
        "share of pairs ranked correctly",
        verdict_above(auc.low, auc.high, 0.5),
        f"By decade: {_list_decades(rankings)}. {_compare_regressions(record, pact_class)}"
        "Interval by pair of states.",
    )


def _list_decades(rankings: tuple[DecadeRanking, ...]) -> str:
    return ", ".join(
        f"{_span(ranking.years)} {ranking.auc:.2f} ({len(ranking.places)})"
        for ranking in rankings
        if ranking.auc is not None
    )


def _compare_regressions(record: PactRecord, pact_class: str) -> str:
    """Return the range of the regressions on all pair-years, which do not come with the record."""
    terms = dict.fromkeys(row.terms for row in record.ranking if row.pact_class == pact_class)
    words = []
    for name in terms:
        found = [
            row.auc for row in record.ranking if (row.pact_class, row.terms) == (pact_class, name)
        ]
        words.append(f"a regression with {name} {min(found):.2f} to {max(found):.2f}")
    return f"For comparison, decade by decade: {'; '.join(words)}. " if words else ""


def _later_rank_check(record: PactRecord) -> Check:
    places, auc = rank_later_pacts(record)
    listed = ", ".join(
        f"{pact.a}-{pact.b} {pact.year} above {place:.1%} of pairs" for pact, place in places
    )
    return number_check(
        "Defence pacts since 2017: a pair that signed has a higher rate than one that did not",
        "more often than not: above 0.50",
        auc,
        "share of pairs ranked correctly",
        verdict_above(auc.low, auc.high, 0.5),
        f"{listed}. Two of the four are of pairs like most others, and were missed. The list was "
        "made by hand and is a floor.",
    )


def _later_count_check(record: PactRecord, rule: ShippedRule) -> Check:
    expected = expect_later(record, rule.rates_of("defence"), _LATER_YEARS)
    signed = len(record.since_2017)
    return number_check(
        "Defence pacts since 2017: the shipped rates expect the number known",
        f"at least {signed} signed, 2017-2025",
        expected,
        _TREATIES,
        inside(signed, expected),
        "Pairs at risk as in 2001 to 2016, when none was signed at all. The pact of 2024 counts "
        "for the upper end of one rate.",
        tuned=True,
    )


def _own_check(history: OwnHistory, rule: ShippedRule) -> Check:
    signed = len(history.signed)
    listed = "; ".join(_describe_own(row, rule) for row in history.signed)
    return number_check(
        f"The actors' own {CLASS_WORDS[history.pact_class]}, 1956-2023: the shipped rates expect "
        "the number signed",
        f"{signed} signed",
        history.expected,
        _TREATIES,
        "met" if history.is_inside else "missed",
        f"{history.pair_years} pair-years without NATO-Europe. Signed, with the chance over the "
        f"years in which the pair could: {listed}. None was likely. The pact of 2024, which is "
        "why the question is asked, is not counted.",
    )


def _describe_own(row: OwnYears, rule: ShippedRule) -> str:
    chance = expected_of(row, rule)
    return f"{row.a}-{row.b} {row.signed} ({chance:.2g})"


def _span(years: Years) -> str:
    return f"{years[0]}-{years[1]}"
