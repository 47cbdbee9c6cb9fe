"""Regressions of counts, by Newton's method."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from sim.statistics.arrays import FloatArray

_MAX_STEPS = 25
_TOLERANCE = 1e-10
_RIDGE = 1e-9
"""Keeps the fit defined if a column is uninformative, such as one without any event."""


def fit_logit(predictors: FloatArray, events: FloatArray, trials: FloatArray) -> FloatArray:
    """Return the coefficients of a logit of grouped events, (predictor,).

    Args:
        predictors: the predictors with a column of ones, (group, predictor).
        events: number of events of each group, (group,).
        trials: number of trials of each group, (group,).
    """
    coefficients = np.zeros(predictors.shape[1])
    for _ in range(_MAX_STEPS):
        chances = expit(predictors @ coefficients)
        gradient = predictors.T @ (events - trials * chances)
        information = (predictors.T * (trials * chances * (1 - chances))) @ predictors
        step = np.linalg.solve(information + _RIDGE * np.eye(len(coefficients)), gradient)
        coefficients = coefficients + np.clip(step, -2, 2)
        if np.abs(step).max() < _TOLERANCE:
            break
    return coefficients


def rate_ratio(exposed: FloatArray, unexposed: FloatArray) -> float:
    """Return the rate of the exposed as a multiple of that of the others, within strata.

    Mantel and Haenszel's estimate for rates (Rothman 1986, Modern Epidemiology).

    Args:
        exposed: events and time of the exposed in each stratum, (stratum, 2).
        unexposed: the same of the others.
    """
    time = exposed[:, 1] + unexposed[:, 1]
    observed = time > 0
    numerator = (exposed[:, 0] * unexposed[:, 1])[observed] / time[observed]
    denominator = (unexposed[:, 0] * exposed[:, 1])[observed] / time[observed]
    return float(numerator.sum() / denominator.sum()) if denominator.sum() else float("nan")
