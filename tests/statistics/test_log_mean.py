"""Splits of a change are exact, and the same from both ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.log_mean import log_mean, logistic_slope

amounts = st.floats(1e-6, 1e6)
log_odds = st.floats(-20, 20)


def chance(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


@given(amounts, amounts)
def test_the_log_mean_times_the_change_of_the_logarithm_is_the_change(a: float, b: float) -> None:
    change = log_mean(np.array([a]), np.array([b])) * (np.log(a) - np.log(b))
    assert change == pytest.approx(a - b, rel=1e-6, abs=1e-9)


@given(amounts, amounts)
def test_the_log_mean_lies_between_and_knows_no_order(a: float, b: float) -> None:
    mean, other = (log_mean(np.array([x]), np.array([y])) for x, y in ((a, b), (b, a)))
    assert mean == pytest.approx(other, rel=1e-9)
    assert min(a, b) * (1 - 1e-9) <= mean[0] <= max(a, b) * (1 + 1e-9)


def test_the_log_mean_of_nothing_and_something_is_next_to_nothing() -> None:
    assert log_mean(np.array([0.0]), np.array([0.5]))[0] == pytest.approx(0, abs=0.001)


@given(log_odds, log_odds)
def test_the_slope_times_the_change_of_log_odds_is_the_change(a: float, b: float) -> None:
    one, other = np.array([chance(a)]), np.array([chance(b)])
    slope = logistic_slope(one, other, np.array([a]), np.array([b]))
    assert slope * (a - b) == pytest.approx(one - other, rel=1e-5, abs=1e-9)


def test_the_slope_where_nothing_changes_is_that_of_the_curve() -> None:
    half = np.array([0.5])
    assert logistic_slope(half, half, np.zeros(1), np.zeros(1)) == pytest.approx(0.25)
