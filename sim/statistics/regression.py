"""Regressions of counts, by Newton's method."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from sim.statistics.arrays import Numbers

_MAX_STEPS = 25
_TOLERANCE = 1e-10
_RIDGE = 1e-9
"""Keeps a column that says nothing, such as one without any event, from stopping the rest."""


def fit_logit(predictors: Numbers, events: Numbers, trials: Numbers) -> Numbers:
    """Return the coefficients of a logit of grouped events, (cause,).

    Args:
        predictors: what events are put down to, a column of ones among them, (group, cause).
        events: events of a group, (group,).
        trials: opportunities of a group, (group,).
    """
    weight = np.zeros(predictors.shape[1])
    for _ in range(_MAX_STEPS):
        likely = expit(predictors @ weight)
        slope = predictors.T @ (events - trials * likely)
        bend = (predictors.T * (trials * likely * (1 - likely))) @ predictors
        step = np.linalg.solve(bend + _RIDGE * np.eye(len(weight)), slope)
        weight = weight + np.clip(step, -2, 2)
        if np.abs(step).max() < _TOLERANCE:
            break
    return weight


def rate_ratio(exposed: Numbers, unexposed: Numbers) -> float:
    """Return how many times the rate of others the exposed have, within strata.

    Mantel and Haenszel's estimate for rates (Rothman 1986, Modern Epidemiology).

    Args:
        exposed: events and time of every stratum, (stratum, 2).
        unexposed: the same of those not exposed.
    """
    time = exposed[:, 1] + unexposed[:, 1]
    seen = time > 0
    above = (exposed[:, 0] * unexposed[:, 1])[seen] / time[seen]
    below = (unexposed[:, 0] * exposed[:, 1])[seen] / time[seen]
    return float(above.sum() / below.sum()) if below.sum() else float("nan")
