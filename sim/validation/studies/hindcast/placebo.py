"""The placebo: what skill is left when the answers of yes or no are shuffled."""

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
    """Return the placebo by reference: the share of yes, then the baselines.

    Numbers have units of their own, so that their answers cannot be exchanged. Nothing where there
    are too few questions.
    """
    chosen = [each for each in scored if each.counts_towards_skill and each.question.is_yes_or_no]
    if len(chosen) < _MIN_QUESTIONS:
        return {}
    found = {SHARE_REFERENCE: run_placebo_test(_chances(chosen, "model"), _outcomes(chosen))}
    for who, name in BASELINE_NAMES.items():
        both = [each for each in chosen if who in each.forecasts]
        if len(both) >= _MIN_QUESTIONS:
            given = _chances(both, "model"), _outcomes(both), _chances(both, who)
            found[name] = run_placebo_test(*given)
    return found


def placebo_rows(scored: Sequence[ScoredQuestion]) -> Sequence[TableRow]:
    """Return the table of the placebo."""
    return [
        {
            "reference": name,
            "skill_shuffled": found.shuffled_skill,
            "skill": found.actual_skill,
            "share_of_shuffles_as_good": found.share_as_good,
        }
        for name, found in placebo_by_reference(scored).items()
    ]


def _chances(scored: Sequence[ScoredQuestion], forecaster: Forecaster) -> list[float]:
    return [each.forecasts[forecaster].chance or 0.0 for each in scored]


def _outcomes(scored: Sequence[ScoredQuestion]) -> list[float]:
    return [each.question.outcome or 0.0 for each in scored]
