"""Whether one forecaster does better than another over many questions, and how surely.

Skill is 1 less the ratio of mean scores: 1 perfect, 0 no better than the reference, below 0 worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.statistics.arrays import Counts, Vector
from sim.statistics.intervals import Interval

RESAMPLES = 4000
SEED = 20240619


@dataclass(frozen=True)
class Skill:
    """Skill over a number of questions.

    Attributes:
        questions, groups: over how many, and into how many groups they fall.
        model, reference: mean scores of the two.
        by_question: skill, with the interval of a bootstrap over questions (Efron 1979).
        by_group: the same with whole groups drawn, since questions of one stand or fall together.
    """

    questions: int
    groups: int
    model: float
    reference: float
    by_question: Interval
    by_group: Interval

    @property
    def ends(self) -> tuple[float, float]:
        """The wider of both intervals; nan where there is too little to say."""
        low = np.min([self.by_question.low, self.by_group.low])
        return float(low), float(np.max([self.by_question.high, self.by_group.high]))

    @property
    def says(self) -> str:
        """Whether the model beats the reference, in words; both intervals have to agree."""
        low, high = self.ends
        if np.isnan(low) or low <= 0 <= high:
            better = "better" if self.by_question.value > 0 else "worse"
            return f"cannot be told apart from it (on these questions {better})"
        return "beats it" if low > 0 else "does worse"


def skill(model: Sequence[float], reference: Sequence[float], groups: Sequence[str]) -> Skill:
    """Return the skill of scores that are paired by question, with seeded bootstraps."""
    ours, theirs = np.array(model), np.array(reference)
    names, place = np.unique(np.array(groups), return_inverse=True)
    return Skill(
        len(ours),
        len(names),
        float(ours.mean()),
        float(theirs.mean()),
        _bootstrapped(ours, theirs),
        _bootstrapped(_summed(ours, place, len(names)), _summed(theirs, place, len(names))),
    )


def _summed(scores: Vector, place: Counts, groups: int) -> Vector:
    """Return the sum of the scores of each group, (group,)."""
    return np.bincount(place, scores, groups).astype(float)


def _bootstrapped(ours: Vector, theirs: Vector) -> Interval:
    """Return the skill with the central 95 % of its resamples; none of fewer than three."""
    value = float(_skill(ours.sum(), theirs.sum()))
    if len(ours) < 3:
        return Interval(value, float("nan"), float("nan"))
    drawn = np.random.default_rng(SEED).integers(len(ours), size=(RESAMPLES, len(ours)))
    found = _skill(ours[drawn].sum(axis=1), theirs[drawn].sum(axis=1))
    return Interval(value, *(float(each) for each in np.nanquantile(found, [0.025, 0.975])))


def _skill(ours: Vector, theirs: Vector) -> Vector:
    """Return 1 - ours / theirs; nan where the reference is perfect and nothing can be gained."""
    ratio = np.full_like(np.asarray(theirs, dtype=float), np.nan)
    return 1 - np.divide(ours, theirs, out=ratio, where=np.asarray(theirs) > 0)


@dataclass(frozen=True)
class Placebo:
    """Skill where the answers were shuffled among the questions: there should be none.

    Attributes:
        skill: 1 less the ratio of mean Brier scores over all shuffles.
        actual: the same with the answers as they are.
        as_good: share of shuffles in which the forecaster has at least the actual skill.
    """

    skill: float
    actual: float
    as_good: float


def placebo(
    chances: Sequence[float], outcomes: Sequence[float], reference: Sequence[float] | None = None
) -> Placebo:
    """Return what a forecaster's chances are worth against answers that are not theirs.

    The reference is another forecaster's chances, or without one the share of yes, given to every
    question: its score is the same in every shuffle, so that on average over them no chances can
    beat it.
    """
    happened = np.array(outcomes, dtype=float)
    constant = np.full_like(happened, happened.mean())
    ours, theirs = np.array(chances), constant if reference is None else np.array(reference)
    drawn = np.random.default_rng(SEED).permuted(np.tile(happened, (RESAMPLES, 1)), axis=1)
    sham_ours, sham_theirs = (((given - drawn) ** 2).mean(axis=1) for given in (ours, theirs))
    actual = _skill(((ours - happened) ** 2).mean(), ((theirs - happened) ** 2).mean())
    as_good = int(np.count_nonzero(_skill(sham_ours, sham_theirs) >= actual - 1e-12))
    shuffled = _skill(sham_ours.mean(), sham_theirs.mean())
    return Placebo(float(shuffled), float(actual), (1 + as_good) / (1 + RESAMPLES))
