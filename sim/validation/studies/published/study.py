"""The part of validation that tries published results."""

from __future__ import annotations

from collections.abc import Callable

from sim.validation.check import Check, ValidationPart
from sim.validation.studies.published.alignments import (
    europe_result,
    great_powers_result,
    unix_result,
)
from sim.validation.studies.published.bargaining import bargaining_result
from sim.validation.studies.published.cascade import cascade_result
from sim.validation.studies.published.comparison import PublishedResult, left_out_check
from sim.validation.studies.published.election import condorcet_result
from sim.validation.studies.published.expected_utility import expected_utility_result
from sim.validation.studies.published.games import (
    choosing_sides_result,
    critical_risk_result,
    perfect_deterrence_result,
    quantal_response_result,
)
from sim.validation.studies.published.networks import war_stable_result
from sim.validation.studies.published.selection import selection_result

RESULT_FUNCTIONS: tuple[Callable[[], PublishedResult], ...] = (
    bargaining_result,
    expected_utility_result,
    choosing_sides_result,
    quantal_response_result,
    perfect_deterrence_result,
    selection_result,
    great_powers_result,
    unix_result,
    europe_result,
    war_stable_result,
    critical_risk_result,
    cascade_result,
    condorcet_result,
)
"""What is tried, in the order of the codes."""

_LEFT_OUT_CHECKS = (
    left_out_check(
        "T5",
        "Fitted to disputes of the nineteenth century, the game of two moves has a known "
        "likelihood.",
        "log-likelihood -286.12 (probit), -286.18 (logit), 282 disputes",
        ("signorino-1999",),
        "The data come with packages for R (games, StratSel) and with none this project depends "
        "on, and data of others are not copied in. The chances of the game itself are T4.",
    ),
    left_out_check(
        "T13",
        "Arms spending of four powers before 1914 grew with its own level.",
        "slope .73, intercept 194 million pounds, r .9995",
        ("richardson-1960",),
        "The model has no arms race: capability is fixed, and programmes do not answer each "
        "other. The regression would test a library's arithmetic and no rule.",
    ),
    left_out_check(
        "T14",
        "Whoever is threatened pays tribute if fighting would cost more.",
        "one step: fight, 325 and 200 left; or pay, 1450 and 50",
        ("axelrod-1995",),
        "Actors in the model have no wealth to be taxed or fought away. Whether to give in to a "
        "threat is T4 and T6.",
    ),
)


def run_published() -> ValidationPart:
    """Return every published result, tried or left out, with its figures."""
    results = [tried() for tried in RESULT_FUNCTIONS]
    checks = sorted([*(each.check for each in results), *_LEFT_OUT_CHECKS], key=_code_number)
    return ValidationPart(
        name="published",
        title="Published results",
        summary=_summary_sentences(results, checks),
        checks=tuple(checks),
        tables={"published": [row for each in results for row in each.rows]},
    )


def _code_number(check: Check) -> int:
    return int(check.code[1:])


def _summary_sentences(results: list[PublishedResult], checks: list[Check]) -> tuple[str, ...]:
    figures = [each for result in results for each in result.comparisons]
    agree = sum(each.agrees for each in figures)
    whole = [result.code for result in results if result.check.verdict == "met"]
    missed = [result.code for result in results if result.check.verdict == "missed"]
    absent = [check.code for check in checks if check.verdict == "left out"]
    told = (
        f"{len(whole)} of {len(checks)} published results come out of the model's own rules, with "
        f"{agree:,} of {len(figures):,} figures."
    )
    lacking = "Left out, since the model has no such piece or the data are not to be had"
    return (
        told,
        *([f"Missed: {', '.join(missed)}."] if missed else []),
        *([f"{lacking}: {', '.join(absent)}."] if absent else []),
    )
