"""What the rule is held against: constants of the literature, base rates, a regression."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from sim.extras import check_installed
from sim.model.arrays import Vector
from sim.statistics.cluster_scores import CrisisIndices

CONSTANT_CHANCES = {
    "always .745": 0.745,  # Leeds, Long and Mitchell 2000: 1816-1944, obligations read exactly
    "always .50": 0.50,  # Berkemeier and Fuhrmann 2018: 1816-2003
    "always .22": 0.22,  # the same: 1945-2003
}
"""How often promises of alliance are said to be kept."""
BASE_RATE = "share of the other crises"
REGRESSION = "regression on the other crises"
RECALIBRATED = "the rule, recalibrated on the other crises"
"""The rule's log-odds, moved and stretched: what its order of allies is worth alone."""


def baseline_forecasts(
    chances: Vector, features: NDArray[np.float64], outcomes: Vector, groups: CrisisIndices
) -> dict[str, Vector]:
    """Return the forecasts of every rival of the rule, (answer,), by its name.

    Args:
        chances: the rule's, (answer,).
        features: features, (answer, feature).
        outcomes: 1 where it happened, (answer,).
        groups: crises, (answer,); nothing is ever fitted on the crisis that it forecasts.

    Raises:
        RequestError: what the regression needs is not installed.
    """
    constants = {name: np.full(len(outcomes), chance) for name, chance in CONSTANT_CHANCES.items()}
    return constants | {
        BASE_RATE: base_rate_forecast(outcomes, groups),
        REGRESSION: regression_forecast(features, outcomes, groups),
        RECALIBRATED: regression_forecast(logit(chances)[:, None], outcomes, groups),
    }


def base_rate_forecast(outcomes: Vector, groups: CrisisIndices) -> Vector:
    """Return how often it happened in all crises but an answer's own, (answer,) (Jeffreys)."""
    happened, answers = np.bincount(groups, outcomes), np.bincount(groups)
    others = (happened.sum() - happened + 0.5) / (answers.sum() - answers + 1)
    return np.asarray(others[groups], dtype=float)


def regression_forecast(
    features: NDArray[np.float64], outcomes: Vector, groups: CrisisIndices
) -> Vector:
    """Return the chances of a logistic regression fitted on all crises but an answer's own.

    Features are put on one scale and weighed with the usual unit penalty; nothing is chosen. Where
    the same happened in all other crises, it says what the base rate says.
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
