"""Whether one forecaster does better than another over many questions, and how surely.

Skill is 1 less the ratio of mean scores: 1 perfect, 0 no better than the reference, below 0 worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.statistics.arrays import Counts, Vector
from sim.statistics.intervals import Interval

_RESAMPLES = 4000
_SEED = 20240619


@dataclass(frozen=True)
class Skill:
    """Skill over a number of questions.

    Attributes:
        question_count, group_count: over how many, and into how many groups they fall.
        model_score, reference_score: mean scores of the two.
        by_question: skill, with the interval of a bootstrap over questions (Efron 1979).
        by_group: the same with whole groups drawn, since questions of one stand or fall together.
    """

    question_count: int
    group_count: int
    model_score: float
    reference_score: float
    by_question: Interval
    by_group: Interval

    @property
    def widest_interval(self) -> tuple[float, float]:
        """The wider of both intervals; nan where there is too little to say."""
        low = np.min([self.by_question.low, self.by_group.low])
        return float(low), float(np.max([self.by_question.high, self.by_group.high]))

    @property
    def verdict_text(self) -> str:
        """Whether the model beats the reference, in words; both intervals have to agree."""
        low, high = self.widest_interval
        if np.isnan(low) or low <= 0 <= high:
            better = "better" if self.by_question.value > 0 else "worse"
            return f"cannot be told apart from it (on these questions {better})"
        return "beats it" if low > 0 else "does worse"


def estimate_skill(
    model_scores: Sequence[float], reference_scores: Sequence[float], groups: Sequence[str]
) -> Skill:
    """Return the skill of scores that are paired by question, with seeded bootstraps."""
    ours, theirs = np.array(model_scores), np.array(reference_scores)
    names, place = np.unique(np.array(groups), return_inverse=True)
    return Skill(
        len(ours),
        len(names),
        float(ours.mean()),
        float(theirs.mean()),
        _bootstrap_skill(ours, theirs),
        _bootstrap_skill(
            _sum_by_group(ours, place, len(names)), _sum_by_group(theirs, place, len(names))
        ),
    )


def _sum_by_group(scores: Vector, group_index: Counts, groups: int) -> Vector:
    """Return the sum of the scores of each group, (group,)."""
    return np.bincount(group_index, scores, groups).astype(float)


def _bootstrap_skill(model_scores: Vector, reference_scores: Vector) -> Interval:
    """Return the skill with the central 95 % of its resamples; none of fewer than three."""
    value = float(_skill_score(model_scores.sum(), reference_scores.sum()))
    if len(model_scores) < 3:
        return Interval(value, float("nan"), float("nan"))
    drawn = np.random.default_rng(_SEED).integers(
        len(model_scores), size=(_RESAMPLES, len(model_scores))
    )
    found = _skill_score(model_scores[drawn].sum(axis=1), reference_scores[drawn].sum(axis=1))
    return Interval(value, *(float(each) for each in np.nanquantile(found, [0.025, 0.975])))


def _skill_score(model_scores: Vector, reference_scores: Vector) -> Vector:
    """Return 1 - ours / theirs; nan where the reference is perfect and nothing can be gained."""
    ratio = np.full_like(np.asarray(reference_scores, dtype=float), np.nan)
    return 1 - np.divide(
        model_scores, reference_scores, out=ratio, where=np.asarray(reference_scores) > 0
    )


@dataclass(frozen=True)
class PlaceboTest:
    """Skill where the answers were shuffled among the questions: there should be none.

    Attributes:
        shuffled_skill: 1 less the ratio of mean Brier scores over all shuffles.
        actual_skill: the same with the answers as they are.
        share_as_good: share of shuffles in which the forecaster has at least the actual skill.
    """

    shuffled_skill: float
    actual_skill: float
    share_as_good: float


def run_placebo_test(
    chances: Sequence[float], outcomes: Sequence[float], reference: Sequence[float] | None = None
) -> PlaceboTest:
    """Return what a forecaster's chances are worth against answers that are not theirs.

    The reference is another forecaster's chances, or without one the share of yes, given to every
    question: its score is the same in every shuffle, so that on average over them no chances can
    beat it.
    """
    happened = np.array(outcomes, dtype=float)
    constant = np.full_like(happened, happened.mean())
    ours, theirs = np.array(chances), constant if reference is None else np.array(reference)
    drawn = np.random.default_rng(_SEED).permuted(np.tile(happened, (_RESAMPLES, 1)), axis=1)
    sham_ours, sham_theirs = (((given - drawn) ** 2).mean(axis=1) for given in (ours, theirs))
    actual = _skill_score(((ours - happened) ** 2).mean(), ((theirs - happened) ** 2).mean())
    as_good = int(np.count_nonzero(_skill_score(sham_ours, sham_theirs) >= actual - 1e-12))
    shuffled = _skill_score(sham_ours.mean(), sham_theirs.mean())
    return PlaceboTest(float(shuffled), float(actual), (1 + as_good) / (1 + _RESAMPLES))
