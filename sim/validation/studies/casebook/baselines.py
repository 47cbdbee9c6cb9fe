"""Baselines of the rule: constants of the literature, base rates, a regression."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from sim.extras import check_installed
from sim.model.arrays import Vector
from sim.statistics.arrays import ClusterIndices
from sim.validation.base_rates import base_rate_forecast

CONSTANT_CHANCES = {
    "always .745": 0.745,  # Leeds, Long and Mitchell 2000: 1816-1944, obligations read exactly
    "always .50": 0.50,  # Berkemeier and Fuhrmann 2018: 1816-2003
    "always .22": 0.22,  # the same: 1945-2003
}
"""Published rates at which alliance commitments are honoured."""
BASE_RATE = "share of the other crises"
REGRESSION = "regression on the other crises"
RECALIBRATED = "the rule, recalibrated on the other crises"
"""The rule's log-odds, shifted and scaled: the value of its ranking of allies alone."""


def baseline_forecasts(
    chances: Vector, features: NDArray[np.float64], outcomes: Vector, groups: ClusterIndices
) -> dict[str, Vector]:
    """Return the forecasts of every baseline, (answer,), by its name.

    Args:
        chances: the rule's, (answer,).
        features: features, (answer, feature).
        outcomes: 1 where it happened, (answer,).
        groups: crises, (answer,); no forecast is fitted on the crisis that it is for.

    Raises:
        RequestError: what the regression needs is not installed.
    """
    constants = {name: np.full(len(outcomes), chance) for name, chance in CONSTANT_CHANCES.items()}
    return constants | {
        BASE_RATE: base_rate_forecast(outcomes, groups),
        REGRESSION: regression_forecast(features, outcomes, groups),
        RECALIBRATED: regression_forecast(logit(chances)[:, None], outcomes, groups),
    }


def regression_forecast(
    features: NDArray[np.float64], outcomes: Vector, groups: ClusterIndices
) -> Vector:
    """Return the chances of a logistic regression on all crises except an answer's own.

    Features are standardised and have the default unit penalty; nothing is selected. Where all
    other crises had the same outcome, the chances are those of the base rate.
    """
    check_installed("analysis", "sklearn")
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  takes a while to load
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    chances = base_rate_forecast(outcomes, groups)
    for crisis in np.unique(groups):
        own = groups == crisis
        if len({*outcomes[~own]}) == 2:
            model = make_pipeline(StandardScaler(), LogisticRegression(solver="newton-cholesky"))
            fitted = model.fit(features[~own], outcomes[~own])
            chances[own] = fitted.predict_proba(features[own])[:, 1]
    return chances
