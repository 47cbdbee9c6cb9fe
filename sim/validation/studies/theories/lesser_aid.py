"""From a theory's willingness to any aid: the weight of worth, and steps, fitted on the casebook."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from sim.statistics.arrays import Vector
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


def fit_lesser_aid(
    answers: CasebookRecord, willing: Vector, weighs_worth: bool
) -> FittedNumbers:
    """Return worth and steps under which what allies did is likeliest, given a theory.

    With the priors of the rule's own fit.

    Args:
        answers: the answers.
        willing: the theory's log-odds of open war without worth, (answer,).
        weighs_worth: whether the theory weighs worth; if not, its weight is 0.
    """
    start = np.zeros(len(STEP_GROUPS) + weighs_worth)
    fitted = minimize(_misfit, start, (answers, willing), method="BFGS", options={"gtol": 1e-3})
    return _unpack(fitted.x)


def forecast_lesser_aid(
    answers: CasebookRecord, willing: Vector, numbers: FittedNumbers
) -> tuple[Vector, Vector]:
    """Return the chances of any aid and of open war, (answer,) each."""
    war = willing + numbers.worth * answers.worth
    groups = [step_group(cell) for cell in answers.record.cells]
    return np.asarray(expit(war + numbers.steps[groups])), np.asarray(expit(war))


def _misfit(packed: Vector, answers: CasebookRecord, willing: Vector) -> float:
    """Return minus the logarithm of the posterior density, up to a constant."""
    numbers = _unpack(packed)
    any_aid, war = forecast_lesser_aid(answers, willing, numbers)
    fought, came = answers.levels == _OPEN_WAR, answers.levels > 0
    given = np.select([fought, came], [war, any_aid - war], 1 - any_aid)
    prior = (numbers.worth / WORTH_SPREAD) ** 2 + (
        (np.log(numbers.steps) / STEP_SPREAD) ** 2
    ).sum()
    return float(prior / 2 - np.log(np.maximum(given, LEAST_CHANCE)).sum())


def _unpack(packed: Vector) -> FittedNumbers:
    """Return the numbers: first the logarithms of the steps, then the weight of worth, if any."""
    steps = np.exp(packed[: len(STEP_GROUPS)])
    return FittedNumbers(float(packed[-1]) if len(packed) > len(STEP_GROUPS) else 0.0, steps)
