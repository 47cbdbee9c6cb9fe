"""The record of treaties as a part of the validation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sim.experiment.blocks import OnProgress
from sim.validation.check import Check, TableRow, ValidationPart
from sim.validation.studies.hindcast.simulated import HistoryCache
from sim.validation.studies.treaties.checks import build_signing_checks
from sim.validation.studies.treaties.eight import own_history
from sim.validation.studies.treaties.ends_checks import (
    build_ending_checks,
    build_rejection_checks,
)
from sim.validation.studies.treaties.later_events import (
    describe_questions,
    question_checks,
    question_rows,
    score_questions,
)
from sim.validation.studies.treaties.planted import build_act_checks, plant_rate, rate_check
from sim.validation.studies.treaties.ranking import pool_rankings, rank_decades, rank_later_pacts
from sim.validation.studies.treaties.rates import expect_from_others
from sim.validation.studies.treaties.read_record import read_pact_record
from sim.validation.studies.treaties.record import CLASSES, PactRecord
from sim.validation.studies.treaties.rule import ShippedRule, read_shipped_rule
from sim.validation.studies.treaties.simulated import MONTHS, SCENARIO, build_figure_checks
from sim.validation.studies.treaties.tables import (
    breach_rows,
    end_rows,
    level_rows,
    own_rows,
    ranking_rows,
    rate_rows,
    show_rates,
)

_WORLDS = 1000
QUICK_WORLDS = 150
"""Worlds simulated with `--quick`."""


def run_treaties(
    scenarios: Path, *, quick: bool = False, on_progress: OnProgress = lambda _: None
) -> ValidationPart:
    """Compare the rules of formation and leaving with the record of treaties.

    Args:
        scenarios: the folder of scenarios, with the record in `record/pacts`.
        quick: simulate fewer worlds.
        on_progress: called with the number of worlds simulated so far.

    Raises:
        ScenarioError: a table is invalid, or a scenario file lacks a number of the rules.
    """
    record, rule = read_pact_record(scenarios), read_shipped_rule(scenarios)
    worlds = QUICK_WORLDS if quick else _WORLDS
    rate = plant_rate(scenarios, worlds // 2, on_progress)
    histories = HistoryCache(scenarios, worlds, lambda done: on_progress(rate.worlds + done))
    histories.require_months(SCENARIO, MONTHS)
    scored = score_questions(scenarios, histories)
    checks = (
        *build_signing_checks(record, rule),
        *build_ending_checks(record, rule),
        *build_rejection_checks(record, rule),
        rate_check(rate),
        *build_figure_checks(record.expected, histories.longest_history(SCENARIO)),
        *build_act_checks(record.planted, histories),
    )
    return ValidationPart(
        name="treaties",
        title="The record of treaties made and left",
        summary=(*_summary_sentences(record, rule), describe_questions(scored)),
        checks=(*_number_checks(checks), *question_checks(scored)),
        tables=build_tables(record, rule) | {"treaties_questions": question_rows(scored)},
        shown=(show_rates(record, rule),),
    )


def _number_checks(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return the checks with their codes."""
    return tuple(replace(check, code=f"R{place:02}") for place, check in enumerate(checks, 1))


def build_tables(record: PactRecord, rule: ShippedRule) -> dict[str, list[TableRow]]:
    """Return the tables of the record, by name."""
    tables = {
        "treaties_rates": rate_rows(record, rule),
        "treaties_levels": level_rows(record),
        "treaties_ranking": ranking_rows(record),
        "treaties_ends": end_rows(record),
        "treaties_breaches": breach_rows(record),
        "treaties_own": own_rows(record, rule),
    }
    return {name: list(rows) for name, rows in tables.items()}


def _summary_sentences(record: PactRecord, rule: ShippedRule) -> Iterator[str]:
    defence = pool_rankings(rank_decades(record, "defence"))
    yield (
        "The rates of other decades rank the pairs that signed a defence pact above "
        f"{defence.value:.0%} of all others ({defence.low:.0%} to {defence.high:.0%})."
    )
    inside, periods = _count_levels(record)
    yield (
        f"The level does not carry over: in {inside} of {periods} periods the other years expect "
        "the number signed."
    )
    own = [own_history(record, rule, pact_class) for pact_class in CLASSES[:2]]
    signed, expected = sum(len(one.signed) for one in own), sum(one.expected.value for one in own)
    yield (
        f"Of the actors' own pairs it expects {expected:.1f} pacts of defence or consultation in "
        f"1956-2023; they signed {signed}."
    )
    places, _ = rank_later_pacts(record)
    yield (
        f"Of {len(places)} defence pacts known since 2017, "
        f"{sum(place > 0.9 for _, place in places)} are of pairs in the highest tenth."
    )


def _count_levels(record: PactRecord) -> tuple[int, int]:
    """Return the periods in which the other years expect the number signed, and all periods."""
    levels = [
        expect_from_others(record, pact_class, years).is_inside
        for pact_class in CLASSES
        for years in record.eras(pact_class)
    ]
    return sum(levels), len(levels)
