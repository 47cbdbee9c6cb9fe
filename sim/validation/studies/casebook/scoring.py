"""The rule's forecasts of one question put to all answers, beside those of its rivals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from sim.model.arrays import Vector
from sim.statistics.cluster_scores import (
    Groups,
    as_good_by_luck,
    brier,
    log_score,
    mean_by_crisis,
    ranks_right_by_crisis,
)
from sim.statistics.intervals import Interval
from sim.validation.studies.casebook.baselines import rivals
from sim.validation.studies.casebook.features import features
from sim.validation.studies.casebook.simulated import Lived

QUESTIONS = {"came at all": 1, "open war": 3}
"""What is asked of every ally, and the least it has to have done."""
SCORES = {"Brier": brier, "log": log_score}


@dataclass(frozen=True)
class Exam:
    """One question.

    Attributes:
        question: one of `QUESTIONS`.
        chances: the rule's, (answer,).
        outcomes: 1 where it happened, (answer,).
        groups: crises, (answer,).
        rivals: the chances others give, (answer,), by name.
    """

    question: str
    chances: Vector
    outcomes: Vector
    groups: Groups
    rivals: dict[str, Vector] = field(repr=False)

    def better_than(self, rival: str, score: str = "Brier") -> Interval:
        """Return by how much the rule's mean score is better (above 0) than a rival's."""
        measure = SCORES[score]
        other = measure(self.rivals[rival], self.outcomes)
        return mean_by_crisis(other - measure(self.chances, self.outcomes), self.groups)

    def mean(self, score: str, rival: str = "") -> float:
        """Return a mean score of a rival, or of the rule."""
        chances = self.rivals[rival] if rival else self.chances
        return float(SCORES[score](chances, self.outcomes).mean())

    @cached_property
    def share(self) -> Interval:
        """The share of allies that did it, by crisis."""
        return mean_by_crisis(self.outcomes, self.groups)

    @cached_property
    def ranked(self) -> Interval:
        """How often one that did it was given a higher chance than one that did not."""
        return ranks_right_by_crisis(self.chances, self.outcomes, self.groups)

    @cached_property
    def placebo(self) -> float:
        """The share of shuffled answers that the rule forecasts as well as the true ones."""
        return as_good_by_luck(self.chances, self.outcomes)


def examine(lived: Sequence[Lived], question: str) -> Exam:
    """Put one question to every answer.

    Raises:
        RequestError: what the regression needs is not installed.
    """
    least = QUESTIONS[question]
    chances, outcomes = forecasts(lived, least), happened(lived, least)
    groups = crises(lived)
    table = np.array([features(each.case, each.answer) for each in lived])
    return Exam(question, chances, outcomes, groups, rivals(chances, table, outcomes, groups))


def forecasts(lived: Sequence[Lived], least: int) -> Vector:
    """Return the rule's chance that each ally goes as far as `least`, (answer,)."""
    return np.array([each.forecast(least) for each in lived])


def happened(lived: Sequence[Lived], least: int) -> Vector:
    """Return 1 where the ally went as far as `least`, (answer,)."""
    return np.array([float(each.answer.answer >= least) for each in lived])


def crises(lived: Sequence[Lived]) -> Groups:
    """Return to which crisis each answer belongs, (answer,), counted from 0."""
    names = [each.answer.crisis for each in lived]
    return np.unique(names, return_inverse=True)[1]
