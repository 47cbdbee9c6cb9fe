"""Whether one forecaster does better than another over many questions, and how certain that is.

Skill is 1 minus the ratio of mean scores: 1 is perfect, 0 no better than the reference, below 0
worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from sim.statistics.arrays import Counts, Vector
from sim.statistics.bootstrap import Resampling, bootstrap_sums
from sim.statistics.intervals import Interval
from sim.statistics.scores import skill_score

_RESAMPLING = Resampling(seed=20240619, replicates=4000, by_index=True)
_MIN_UNITS = 3
"""With fewer questions or groups an interval would be meaningless."""


@dataclass(frozen=True)
class Skill:
    """Skill over a number of questions.

    Attributes:
        question_count: number of questions.
        group_count: number of groups into which they fall.
        model_score: mean score of the model.
        reference_score: mean score of the reference.
        by_question: skill, with the interval of a bootstrap over questions.
        by_group: the same with whole groups drawn, since questions of one group are dependent.
    """

    question_count: int
    group_count: int
    model_score: float
    reference_score: float
    by_question: Interval
    by_group: Interval

    @property
    def widest_interval(self) -> tuple[float, float]:
        """The wider of both intervals; nan where there are too few questions or groups."""
        low = np.min([self.by_question.low, self.by_group.low])
        return float(low), float(np.max([self.by_question.high, self.by_group.high]))

    @property
    def verdict_text(self) -> str:
        """Whether the model beats the reference, in words; both intervals have to agree."""
        if np.isnan(self.by_question.value):
            return "cannot be compared with it, whose forecasts leave no error"
        low, high = self.widest_interval
        if np.isnan(low) or low <= 0 <= high:
            better = "better" if self.by_question.value > 0 else "worse"
            return f"cannot be distinguished from it (on these questions {better})"
        return "beats it" if low > 0 else "does worse"


def estimate_skill(
    model_scores: Sequence[float], reference_scores: Sequence[float], groups: Sequence[str]
) -> Skill:
    """Return the skill of scores that are paired by question, with seeded bootstraps."""
    model, reference = np.array(model_scores), np.array(reference_scores)
    names, indices = np.unique(np.array(groups), return_inverse=True)
    by_group = (_sum_by_group(scores, indices, len(names)) for scores in (model, reference))
    return Skill(
        len(model),
        len(names),
        float(model.mean()),
        float(reference.mean()),
        _bootstrap_skill(model, reference),
        _bootstrap_skill(*by_group),
    )


def _sum_by_group(scores: Vector, group_index: Counts, groups: int) -> Vector:
    """Return the sum of the scores of each group, (group,)."""
    return np.bincount(group_index, scores, groups).astype(float)


def _bootstrap_skill(model_scores: Vector, reference_scores: Vector) -> Interval:
    """Return the skill with its 95% interval; without one where there are too few units."""
    if len(model_scores) < _MIN_UNITS:
        value = skill_score(float(model_scores.sum()), float(reference_scores.sum()))
        return Interval(value, nan, nan)
    scores = np.stack([model_scores, reference_scores], axis=1)
    return bootstrap_sums([scores], lambda sums: skill_score(*sums.tolist()), _RESAMPLING).interval
