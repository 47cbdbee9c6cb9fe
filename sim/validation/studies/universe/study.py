"""The record as a part of the validation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sim.validation.check import Check, ValidationPart
from sim.validation.studies.universe.checks import build_score_checks
from sim.validation.studies.universe.estimates import estimate_rule
from sim.validation.studies.universe.read_record import RECORD_FILE, read_record
from sim.validation.studies.universe.record import Record, list_wars
from sim.validation.studies.universe.scoring import (
    GROUPS,
    REGRESSION,
    RULE,
    SHIPPED,
    evaluate_groups,
    evaluate_time_splits,
    forecast_all,
)
from sim.validation.studies.universe.selection import (
    build_selection_checks,
    coefficient_rows,
    describe_selection,
    fit_by_selection,
    selection_rows,
)
from sim.validation.studies.universe.shipped import read_shipped_rule
from sim.validation.studies.universe.tables import (
    Evaluations,
    anchor_rows,
    forecast_rows,
    reliability_rows,
    score_rows,
    split_rows,
)


def run_universe(scenarios: Path) -> ValidationPart:
    """Forecast every recorded answer from the other wars, and score the forecasts.

    Args:
        scenarios: the folder of scenarios, with the record in `record`.

    Raises:
        ScenarioError: the record is invalid, or a scenario file lacks a number of the rule.
        RequestError: what the regression needs is not installed.
    """
    record = read_record(scenarios / RECORD_FILE)
    shipped = read_shipped_rule(scenarios)
    evaluations = evaluate_groups(record, forecast_all(record, shipped))
    splits, fits = evaluate_time_splits(record), fit_by_selection(record)
    tables = {
        "universe_scores": score_rows(evaluations),
        "universe_reliability": reliability_rows(evaluations),
        "universe_forecasts": forecast_rows(evaluations),
        "universe_splits": split_rows(splits),
        "universe_selection": selection_rows(record),
        "universe_coefficients": coefficient_rows(fits),
        "universe_anchors": anchor_rows(record, estimate_rule(record), shipped),
    }
    return ValidationPart(
        name="universe",
        title="The record of allies' answers",
        summary=tuple(_summary_sentences(record, evaluations)),
        checks=_number_checks(
            *build_score_checks(evaluations, splits), *build_selection_checks(record, fits)
        ),
        tables={name: list(rows) for name, rows in tables.items()},
    )


def _number_checks(*checks: Check) -> tuple[Check, ...]:
    """Return the checks with their codes."""
    return tuple(replace(check, code=f"U{place:02}") for place, check in enumerate(checks, 1))


def _summary_sentences(record: Record, evaluations: Evaluations) -> Iterator[str]:
    yield (
        f"{len(record.rows):,} answers in {len(list_wars(record.rows))} wars, "
        f"{int(record.joined.sum())} of them joins within twelve months; each is forecast from the "
        "other wars alone."
    )
    for group in GROUPS:
        rule, regression, shipped = (
            evaluations[group, name] for name in (RULE, REGRESSION, SHIPPED)
        )
        yield (
            f"{group.capitalize()} ({len(rule.record.rows):,}): the rule ranks "
            f"{rule.rank_accuracy.value:.2f} of pairs correctly, skill {rule.skill.value:+.2f}; a "
            f"regression of its terms {regression.rank_accuracy.value:.2f} and "
            f"{regression.skill.value:+.2f}; the rule as shipped, which has seen these wars, "
            f"{shipped.rank_accuracy.value:.2f} and {shipped.skill.value:+.2f}. Mean chance "
            f"{rule.mean_chance:.3f}, observed share {rule.observed_share.value:.3f}."
        )
    yield describe_selection(record)
