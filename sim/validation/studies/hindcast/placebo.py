"""The placebo: what skill is left when the answers of yes or no are shuffled."""

from __future__ import annotations

from collections.abc import Sequence

from sim.statistics.skill import Placebo, placebo
from sim.validation.check import Row
from sim.validation.studies.hindcast.comparison import REFERENCES
from sim.validation.studies.hindcast.forecasts import Answered, Forecaster

SHARE = "the share of yes alone"
FEWEST = 3
"""With fewer questions there is hardly anything to shuffle."""


def shuffled(answered: Sequence[Answered]) -> dict[str, Placebo]:
    """Return the placebo by reference: the share of yes, then the baselines.

    Numbers have units of their own, so that their answers cannot be exchanged. Nothing where there
    are too few questions.
    """
    chosen = [each for each in answered if each.counts and each.question.yes_or_no]
    if len(chosen) < FEWEST:
        return {}
    found = {SHARE: placebo(_chances(chosen, "model"), _outcomes(chosen))}
    for who, name in REFERENCES.items():
        both = [each for each in chosen if who in each.forecasts]
        if len(both) >= FEWEST:
            given = _chances(both, "model"), _outcomes(both), _chances(both, who)
            found[name] = placebo(*given)
    return found


def placebo_rows(answered: Sequence[Answered]) -> Sequence[Row]:
    """Return the table of the placebo."""
    return [
        {
            "reference": name,
            "skill_shuffled": found.skill,
            "skill": found.actual,
            "share_of_shuffles_as_good": found.as_good,
        }
        for name, found in shuffled(answered).items()
    ]


def _chances(answered: Sequence[Answered], who: Forecaster) -> list[float]:
    return [each.forecasts[who].chance or 0.0 for each in answered]


def _outcomes(answered: Sequence[Answered]) -> list[float]:
    return [each.question.outcome or 0.0 for each in answered]
