"""From a theory's willingness to any aid: worth and steps, fitted on the casebook."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from sim.model.arrays import Levels, Mask, Vector
from sim.validation.studies.casebook.ladder import (
    LEAST_CHANCE,
    STEP_GROUPS,
    STEP_SPREAD,
    WORTH_SPREAD,
    FittedNumbers,
    step_group,
)
from sim.validation.studies.casebook.recorded import CasebookRecord

_OPEN_WAR = 3


@dataclass(frozen=True)
class AidAnswers:
    """What the casebook says of answers, (answer,) each, beside a theory's willingness.

    Attributes:
        levels: the highest level of aid in history.
        worth: worth of the partner to the ally.
        groups: place of each answer in `STEP_GROUPS`.
        willing: log-odds of open war by the theory, worth left out.
    """

    levels: Levels
    worth: Vector
    groups: Levels
    willing: Vector

    @classmethod
    def of(cls, known: CasebookRecord, willing: Vector) -> AidAnswers:
        """Return the answers of the casebook with what a theory says of them."""
        groups = np.array([step_group(cell) for cell in known.record.cells], dtype=np.int8)
        return cls(known.levels, known.worth, groups, willing)

    def take(self, mask: Mask) -> AidAnswers:
        """Return the answers of a mask, (answer,)."""
        return AidAnswers(
            self.levels[mask], self.worth[mask], self.groups[mask], self.willing[mask]
        )

    def chances(self, numbers: FittedNumbers) -> tuple[Vector, Vector]:
        """Return the chances of any aid and of open war, (answer,) each."""
        war = self.willing + numbers.worth * self.worth
        return np.asarray(expit(war + numbers.steps[self.groups])), np.asarray(expit(war))


def fit_lesser_aid(answers: AidAnswers, *, weighs_worth: bool) -> FittedNumbers:
    """Return worth and steps under which what allies did is likeliest, given a theory.

    With the priors of the rule's own fit.

    Args:
        answers: the answers, and what the theory says of them.
        weighs_worth: whether the theory weighs worth; if not, its weight is 0.
    """
    start = np.zeros(len(STEP_GROUPS) + weighs_worth)
    return _unpack(minimize(_misfit, start, (answers,), "BFGS", options={"gtol": 1e-3}).x)


def _misfit(packed: Vector, answers: AidAnswers) -> float:
    """Return minus the logarithm of the posterior density, up to a constant."""
    numbers = _unpack(packed)
    any_aid, war = answers.chances(numbers)
    fought, came = answers.levels == _OPEN_WAR, answers.levels > 0
    given = np.where(fought, war, np.where(came, any_aid - war, 1 - any_aid))
    spread = ((packed[: len(STEP_GROUPS)] / STEP_SPREAD) ** 2).sum()
    prior = (numbers.worth / WORTH_SPREAD) ** 2 + spread
    return float(prior / 2 - np.log(np.maximum(given, LEAST_CHANCE)).sum())


def _unpack(packed: Vector) -> FittedNumbers:
    """Return the numbers: first the logarithms of the steps, then the weight of worth, if any."""
    steps = np.exp(packed[: len(STEP_GROUPS)])
    return FittedNumbers(float(packed[-1]) if len(packed) > len(STEP_GROUPS) else 0.0, steps)
