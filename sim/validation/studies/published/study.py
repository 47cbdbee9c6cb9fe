"""The part of the validation that tests published results."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.validation.check import Check, ValidationPart
from sim.validation.studies.published.alignments import alignments_result
from sim.validation.studies.published.bargaining import bargaining_result
from sim.validation.studies.published.cascade import cascade_result
from sim.validation.studies.published.comparison import PublishedResult, ResultSpec
from sim.validation.studies.published.election import condorcet_result
from sim.validation.studies.published.examples import read_results
from sim.validation.studies.published.expected_utility import expected_utility_result
from sim.validation.studies.published.games import (
    choosing_sides_result,
    critical_risk_result,
    perfect_deterrence_result,
    quantal_response_result,
)
from sim.validation.studies.published.networks import war_stable_result
from sim.validation.studies.published.selection import selection_result

PROCEDURES: Mapping[str, Callable[[ResultSpec], PublishedResult]] = {
    "T1": bargaining_result,
    "T2": expected_utility_result,
    "T3": choosing_sides_result,
    "T4": quantal_response_result,
    "T6": perfect_deterrence_result,
    "T7": selection_result,
    "T8": alignments_result,
    "T9": alignments_result,
    "T11": alignments_result,
    "T12": war_stable_result,
    "T15": critical_risk_result,
    "T16": cascade_result,
    "T17": condorcet_result,
}
"""How each result is tested, by code. The results themselves are in `data/results.toml`."""


def run_published() -> ValidationPart:
    """Return all published results, tested or left out, with their figures."""
    results = [evaluate_result(code) for code in PROCEDURES]
    tested = {result.spec.code: result.check for result in results}
    checks = [tested.get(code) or spec.left_out_check for code, spec in read_results().items()]
    return ValidationPart(
        name="published",
        title="Published results",
        summary=_summary_sentences(results, checks),
        checks=tuple(checks),
        tables={"published": [row for result in results for row in result.rows]},
    )


def evaluate_result(code: str) -> PublishedResult:
    """Return a published result with the model's figures."""
    return PROCEDURES[code](read_results()[code])


def _summary_sentences(results: list[PublishedResult], checks: list[Check]) -> tuple[str, ...]:
    figures = [comparison for result in results for comparison in result.comparisons]
    agreeing = sum(comparison.agrees for comparison in figures)
    codes: dict[str, list[str]] = {"met": [], "missed": [], "left out": []}
    for check in checks:
        codes[check.verdict].append(check.code)
    counts = (
        f"The model's own rules reproduce {len(codes['met'])} of {len(checks)} published results, "
        f"with {agreeing:,} of {len(figures):,} figures."
    )
    left_out = "Left out, because the model has no such mechanism or the data are not available"
    return (
        counts,
        *([f"Missed: {', '.join(codes['missed'])}."] if codes["missed"] else []),
        *([f"{left_out}: {', '.join(codes['left out'])}."] if codes["left out"] else []),
    )
