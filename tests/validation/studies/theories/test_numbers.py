"""Numbers are fitted from what a theory declares, and stay within its range."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from sim.model.theory.cases import HonourCase
from sim.model.theory.honouring.audience_costs import AudienceCosts
from sim.validation.studies.theories.numbers import declared_values, fit_values, log_odds

THEORY = AudienceCosts()
RNG = np.random.default_rng(7)
DUE = (RNG.random(4000) < 0.5).astype(float)
CASE = HonourCase.of(record_unbound=-1.0 * np.ones(4000), aid_due=DUE, ally_polyarchy=0.5)
HELD = {
    name: value
    for name, value in declared_values(THEORY).items()
    if name not in ("level", "violation")
}


def answers(**values: float) -> np.ndarray:
    """Return who fought in a world in which the theory holds with these values."""
    chances = expit(log_odds(THEORY, CASE, declared_values(THEORY) | values))
    return (RNG.random(4000) < chances).astype(float)


def test_planted_numbers_are_found_again() -> None:
    fitted = fit_values(THEORY, CASE, answers(level=0.0, violation=0.9), HELD)
    assert fitted["level"] == pytest.approx(0.0, abs=0.12)
    assert fitted["violation"] == pytest.approx(0.9, abs=0.15)


def test_a_number_stays_within_its_range() -> None:
    fitted = fit_values(THEORY, CASE, 1 - DUE, HELD)
    assert fitted["violation"] == THEORY.numbers["violation"].low


def test_without_answers_that_speak_to_it_a_number_stays_as_declared() -> None:
    nobody = HonourCase.of(record_unbound=-1.0 * np.ones(50))
    held = {name: value for name, value in HELD.items() if name != "not_due"}
    fitted = fit_values(THEORY, nobody, np.zeros(50), held)
    assert fitted["not_due"] == THEORY.numbers["not_due"].value


def test_what_is_held_is_not_fitted() -> None:
    everything = declared_values(THEORY) | {"worth": 9.0}
    assert fit_values(THEORY, CASE, DUE, everything) == everything
