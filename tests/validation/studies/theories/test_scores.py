"""The theories are scored side by side, and the package's rule is checked against each rival."""

from __future__ import annotations

import numpy as np
import pytest

from sim.validation.studies.theories.forecasts import DECLARED, FITTED, Forecaster
from sim.validation.studies.theories.scores import QUESTIONS, Answered, Evaluations
from sim.validation.studies.theories.study import build_part

RULE = Forecaster("record", FITTED)
SEER = Forecaster("power_shift", DECLARED)
FOOL = Forecaster("pure_interest", DECLARED)
OUTCOMES = np.tile([1.0, 0.0, 0.0, 0.0], 30)
CLUSTERS = np.repeat(np.arange(30), 4)


@pytest.fixture(scope="module")
def evaluations() -> Evaluations:
    """A seer, a fool, and a rule that says the base rate."""
    chances = {
        RULE: np.full(120, 0.25),
        SEER: np.where(OUTCOMES > 0, 0.9, 0.1),
        FOOL: np.where(OUTCOMES > 0, 0.1, 0.9),
    }
    answered = Answered(OUTCOMES, CLUSTERS, chances)
    return {question: answered.evaluate(question) for question in QUESTIONS}


def test_the_table_has_a_line_for_each_theory(evaluations: Evaluations) -> None:
    (shown,) = build_part(evaluations, ()).shown
    assert shown.heading[:3] == ("theory", "numbers", "record:\naid promised")
    assert [row[:3] for row in shown.rows] == [
        ("share of the other wars", "", "0.188"),
        ("record", "fitted", "0.188; 0.50"),
        ("power shift", "declared", "0.010; 1.00"),
        ("pure interest", "declared", "0.810; 0.00"),
    ]


def test_the_rule_is_checked_against_each_rival(evaluations: Evaluations) -> None:
    checks = build_part(evaluations, ()).checks
    assert [(check.code, check.verdict) for check in checks] == [
        ("R01", "missed"),
        ("R02", "met"),
        ("R03", "missed"),
        ("R04", "met"),
    ]
    assert checks[0].claim == (
        "Record, aid promised: the package's rule forecasts better than power shift"
    )
    assert checks[0].value == pytest.approx(0.010 - 0.1875)
    assert "0.1875 against 0.0100, each answer forecast from the other wars" in checks[0].says


def test_the_summary_names_the_best_and_the_worst(evaluations: Evaluations) -> None:
    assert build_part(evaluations, ()).summary[0] == (
        "Record, aid promised (120): of the rivals, as declared, power shift scores best (0.010) "
        "and pure interest worst (0.810); the package's rule 0.188, the share of the other wars "
        "0.188."
    )


def test_the_table_of_scores_says_by_how_much_each_is_better(evaluations: Evaluations) -> None:
    rows = build_part(evaluations, [{"number": 1}]).tables["theories_scores"]
    assert len(rows) == 15
    assert rows[0]["better_than_the_rule_by"] == 0
    assert rows[1]["skill"] > rows[0]["skill"]  # type: ignore[operator]
