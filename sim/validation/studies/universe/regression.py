"""A penalised logit of joining on the terms of the rule, fixed before anything was scored.

A ridge of constant strength on standardised terms (Hoerl and Kennard 1970, Technometrics 12:55);
no term is selected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from sim.extras import check_installed
from sim.statistics.arrays import FloatArray, Vector
from sim.validation.studies.universe.record import FACTS, PROMISES, Record

TERMS = (*PROMISES, *FACTS)
"""The terms: the promise, the era and the facts. Only slopes of facts enter the rule."""
_INVERSE_PENALTY = 0.3


@dataclass(frozen=True)
class FittedRegression:
    """A fitted regression.

    Attributes:
        intercept: log-odds where every term is 0.
        coefficients: change in log-odds for a unit of each term.
    """

    intercept: float
    coefficients: Mapping[str, float]

    def chances(self, record: Record) -> Vector:
        """Return the chance of joining of each answer, (answer,)."""
        slopes = np.array([self.coefficients[term] for term in TERMS])
        return np.asarray(expit(self.intercept + regression_terms(record) @ slopes))


def fit_regression(record: Record, weights: Vector | None = None) -> FittedRegression:
    """Fit the regression.

    Args:
        record: the answers.
        weights: weight of each answer, (answer,); by default all are equal.

    Raises:
        RequestError: what the regression needs is not installed.
    """
    check_installed("analysis", "sklearn")
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  takes a while to load

    terms = regression_terms(record)
    centre = np.average(terms, axis=0, weights=weights)
    spread = np.sqrt(np.average((terms - centre) ** 2, axis=0, weights=weights))
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=_INVERSE_PENALTY, solver="newton-cholesky")
    model.fit((terms - centre) / spread, record.joined, weights)
    slopes = model.coef_[0] / spread
    intercept = float(model.intercept_[0] - centre @ slopes)
    return FittedRegression(intercept, dict(zip(TERMS, slopes.tolist(), strict=True)))


def regression_terms(record: Record) -> FloatArray:
    """Return the terms, (answer, term), in the order of `TERMS`."""
    return np.hstack([record.promises, record.facts])
