"""The tables of the record of treaties: rates, ranking, ends and own history."""

from __future__ import annotations

from collections.abc import Iterator

from sim.validation.check import ShownTable, TableRow
from sim.validation.studies.treaties.eight import expected_of, years_of
from sim.validation.studies.treaties.ends import end_rates, possible_breaches
from sim.validation.studies.treaties.ranking import DECADES, rank_decades
from sim.validation.studies.treaties.rates import (
    PER_1000,
    CellRate,
    count_rate,
    expect_from_others,
)
from sim.validation.studies.treaties.record import (
    CLASSES,
    FIRST_YEAR,
    LAST_YEAR,
    Cell,
    PactRecord,
    Years,
    cells_of,
)
from sim.validation.studies.treaties.rule import ShippedRule

_FOUNDING: Years = (1946, 1955)
_WHOLE: Years = (FIRST_YEAR, LAST_YEAR)
CELL_WORDS = {
    "near_major": "neighbours, one a major power",
    "near": "neighbours",
    "major": "a major power, not neighbours",
    "none": "near or major, nothing else",
    "lesser_pact": "near or major, lesser pact",
    "common_enemy": "near or major, common enemy",
    "both": "near or major, both",
    "other": "neither near nor major",
    "rivals": "rivals",
}
"""What the pairs of a cell are called."""


def rate_rows(record: PactRecord, rule: ShippedRule) -> Iterator[TableRow]:
    """Yield the rate of each cell in each period, per 1,000 pairs a year, with that shipped."""
    for pact_class in CLASSES:
        for cell in cells_of(pact_class):
            for years in (_WHOLE, *_founding(pact_class), *record.eras(pact_class)):
                yield _rate_row(count_rate(record, cell, years), rule)


def _founding(pact_class: str) -> tuple[Years, ...]:
    return (_FOUNDING,) if pact_class == CLASSES[0] else ()


def _rate_row(counted: CellRate, rule: ShippedRule) -> TableRow:
    rate, shipped = counted.rate, rule.rates.get(counted.cell)
    return {
        "class": counted.cell[0],
        "cell": counted.cell[1],
        "first_year": counted.years[0],
        "last_year": counted.years[1],
        "signed": counted.signed,
        "pair_years": round(counted.pair_years),
        "per_1000": PER_1000 * rate.value,
        "low": PER_1000 * rate.low,
        "high": PER_1000 * rate.high,
        "shipped": PER_1000 * shipped.value if shipped else None,
        "shipped_low": PER_1000 * shipped.low if shipped else None,
        "shipped_high": PER_1000 * shipped.high if shipped else None,
    }


def level_rows(record: PactRecord) -> Iterator[TableRow]:
    """Yield, by class and decade, the treaties signed and those that the other years expect."""
    for pact_class in CLASSES:
        for years in (*_founding(pact_class), *DECADES):
            expected = expect_from_others(record, pact_class, years)
            yield {
                "class": pact_class,
                "first_year": years[0],
                "last_year": years[1],
                "signed": expected.signed,
                "expected": expected.interval.value,
                "low": expected.interval.low,
                "high": expected.interval.high,
            }


def ranking_rows(record: PactRecord) -> Iterator[TableRow]:
    """Yield, by class and decade, how well pairs are ranked; recorded regressions beside it."""
    for pact_class in CLASSES:
        for ranking in rank_decades(record, pact_class):
            yield _ranking_row(pact_class, ranking.years, "cells", len(ranking.places), ranking.auc)
    for row in record.ranking:
        yield _ranking_row(row.pact_class, (row.lo, row.hi), row.terms, None, row.auc)


def _ranking_row(
    pact_class: str, years: Years, terms: str, signed: int | None, auc: float | None
) -> TableRow:
    return {
        "class": pact_class,
        "first_year": years[0],
        "last_year": years[1],
        "by": terms,
        "signed": signed,
        "auc": auc,
    }


def end_rows(record: PactRecord) -> Iterator[TableRow]:
    """Yield how often treaties ended, by class, era and way, a treaty and year."""
    for row in end_rates(record):
        yield {
            "class": row.pact_class,
            "first_year": row.years[0],
            "last_year": row.years[1],
            "way": row.way,
            "ended": row.ended,
            "treaty_years": row.treaty_years,
            "rate": row.rate.value,
            "low": row.rate.low,
            "high": row.rate.high,
        }


def breach_rows(record: PactRecord) -> Iterator[TableRow]:
    """Yield the breaches of each decade, and those that the other decades expect."""
    for row in record.breaches:
        possible = possible_breaches(row)
        yield {
            "first_year": row.lo,
            "last_year": row.hi,
            "broken": row.broken,
            "expected": row.expected,
            "low": possible.low,
            "high": possible.high,
        }


def own_rows(record: PactRecord, rule: ShippedRule) -> Iterator[TableRow]:
    """Yield the years in which each two actors could have signed, and what the rates expect."""
    for row in record.eight:
        yield {
            "a": row.a,
            "b": row.b,
            "class": row.pact_class,
            "cell": row.cell,
            "years": years_of(row),
            "expected": expected_of(row, rule),
            "signed": row.signed,
        }


def show_rates(record: PactRecord, rule: ShippedRule) -> ShownTable:
    """Return the rates of the record beside those shipped."""
    return ShownTable(
        title="New treaties per 1,000 pairs a year, 1956-2016: in the record, with 95% interval, "
        "and as shipped, with range",
        heading=("Class", "Pairs", "Signed", "Record", "Shipped"),
        rows=tuple(
            _shown_row(count_rate(record, cell), rule)
            for pact_class in CLASSES
            for cell in cells_of(pact_class)
        ),
    )


def _shown_row(counted: CellRate, rule: ShippedRule) -> tuple[str, ...]:
    pact_class, cell = counted.cell
    signed = f"{counted.signed} of {counted.pair_years:,.0f}"
    return (
        pact_class,
        CELL_WORDS[cell],
        signed,
        per_1000(counted.rate),
        _shipped(counted.cell, rule),
    )


def _shipped(cell: Cell, rule: ShippedRule) -> str:
    rate = rule.rates.get(cell)
    return per_1000(rate) if rate else "none"


def per_1000(rate: tuple[float, float, float]) -> str:
    """Return a rate per 1,000 a year with its interval or range."""
    value, low, high = (PER_1000 * part for part in rate)
    return f"{value:.2g} ({low:.2g} to {high:.2g})"
