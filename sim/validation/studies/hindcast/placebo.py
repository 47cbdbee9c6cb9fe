"""The placebo test: the skill that remains when the answers yes and no are shuffled."""

from __future__ import annotations

from collections.abc import Sequence

from sim.statistics.placebo import PlaceboTest, run_placebo_test
from sim.validation.check import TableRow
from sim.validation.studies.hindcast.comparison import BASELINE_NAMES
from sim.validation.studies.hindcast.forecasts import Forecaster, ScoredQuestion

SHARE_REFERENCE = "the share of yes alone"
_MIN_QUESTIONS = 3
"""With fewer questions there is hardly anything to shuffle."""


def placebo_by_reference(scored: Sequence[ScoredQuestion]) -> dict[str, PlaceboTest]:
    """Return the placebo test by reference: the share of yes, then the baselines.

    Numbers have different units, so their answers cannot be exchanged. Empty where there are too
    few questions.
    """
    chosen = [
        question
        for question in scored
        if question.counts_towards_skill and question.question.is_yes_or_no
    ]
    if len(chosen) < _MIN_QUESTIONS:
        return {}
    tests = {SHARE_REFERENCE: run_placebo_test(_chances(chosen, "model"), _outcomes(chosen))}
    for who, name in BASELINE_NAMES.items():
        both = [question for question in chosen if who in question.forecasts]
        if len(both) >= _MIN_QUESTIONS:
            tests[name] = run_placebo_test(
                _chances(both, "model"), _outcomes(both), _chances(both, who)
            )
    return tests


def placebo_rows(scored: Sequence[ScoredQuestion]) -> Sequence[TableRow]:
    """Return the table of the placebo test."""
    return [
        {
            "reference": name,
            "skill_shuffled": test.shuffled_skill,
            "skill": test.actual_skill,
            "share_of_shuffles_as_good": test.share_as_good,
        }
        for name, test in placebo_by_reference(scored).items()
    ]


def _chances(scored: Sequence[ScoredQuestion], forecaster: Forecaster) -> list[float]:
    return [question.forecasts[forecaster].chance or 0.0 for question in scored]


def _outcomes(scored: Sequence[ScoredQuestion]) -> list[float]:
    return [question.question.outcome or 0.0 for question in scored]
