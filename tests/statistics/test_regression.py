"""Regressions of counts: by hand, and against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from sim.statistics.regression import fit_logit, rate_ratio


def test_a_logit_without_predictors_gives_the_share() -> None:
    coefficients = fit_logit(np.ones((3, 1)), np.array([1.0, 2, 3]), np.array([10.0, 10, 10]))
    assert coefficients[0] == pytest.approx(np.log(6 / 24))


@pytest.mark.parametrize("seed", range(5))
def test_a_logit_is_that_of_statsmodels(seed: int) -> None:
    generator = np.random.default_rng(seed)
    predictors = np.column_stack([np.ones(60), generator.normal(size=(60, 3))])
    trials = generator.integers(5, 200, size=60).astype(float)
    chances = 1 / (1 + np.exp(-predictors @ generator.normal(size=4)))
    events = generator.binomial(trials.astype(int), chances).astype(float)
    theirs = GLM(np.column_stack([events, trials - events]), predictors, family=Binomial()).fit()
    assert fit_logit(predictors, events, trials) == pytest.approx(theirs.params, abs=1e-6)


def test_within_strata_a_difference_between_strata_is_none() -> None:
    exposed, other = np.array([[10.0, 10], [1, 1]]), np.array([[1.0, 1], [10, 10]])
    assert rate_ratio(exposed, other) == 1
