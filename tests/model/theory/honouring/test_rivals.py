"""Each rival theory of honouring says what its literature says, and nothing of its rivals'."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
import pytest

from sim.model.arrays import Vector, total
from sim.model.theory.cases import HonourCase
from sim.model.theory.honouring.audience_costs import AudienceCosts
from sim.model.theory.honouring.balance_of_threat import BalanceOfThreat
from sim.model.theory.honouring.power_shift import PowerShift
from sim.model.theory.honouring.pure_interest import PureInterest
from sim.model.theory.honouring.reputation import Reputation
from sim.model.theory.protocol import HonourTheory

RIVALS: list[HonourTheory] = [
    PureInterest(),
    AudienceCosts(),
    Reputation(),
    BalanceOfThreat(),
    PowerShift(),
]
BINDING: list[HonourTheory] = [AudienceCosts(), Reputation(), PowerShift()]
INDIFFERENT: list[HonourTheory] = [PureInterest(), BalanceOfThreat()]


def named(theory: HonourTheory) -> str:
    return type(theory).__name__


class Declared:
    """The numbers of a theory, as it declares them."""

    def __init__(self, theory: HonourTheory) -> None:
        self._theory = theory

    def __getattr__(self, name: str) -> Vector:
        return np.array(self._theory.numbers[name].value)


def willing(theory: HonourTheory, **facts: float) -> float:
    """Return the log-odds of open war in one case, all other facts 0."""
    terms = theory.honour(Declared(theory), HonourCase.of(**facts))
    return float(total(terms.values()).item())


def added(theory: HonourTheory, **facts: float) -> float:
    """Return what some facts add to the log-odds of open war."""
    return willing(theory, **facts) - willing(theory)


@pytest.mark.parametrize("theory", RIVALS, ids=named)
def test_a_theory_starts_from_those_of_its_standing_that_promised_nothing(
    theory: HonourTheory,
) -> None:
    assert added(theory, record_unbound=-3.0) == pytest.approx(-3.0)
    assert added(theory, record=2.0) == 0


@pytest.mark.parametrize("theory", RIVALS, ids=named)
def test_a_theory_returns_the_terms_that_it_puts_into_words(theory: HonourTheory) -> None:
    assert set(theory.honour(Declared(theory), HonourCase.of())) == set(theory.terms)


@pytest.mark.parametrize("theory", RIVALS, ids=named)
def test_an_ally_fights_its_own_enemy_and_fears_nuclear_weapons(theory: HonourTheory) -> None:
    assert added(theory, own_quarrels=1) > 0.5
    assert added(theory, nuclear=1) < 0
    assert added(theory, other_wars=1) < 0
    assert added(theory, stationed=1) > 0


@pytest.mark.parametrize("theory", INDIFFERENT, ids=named)
def test_a_promise_adds_nothing_where_interest_or_threat_decides(theory: HonourTheory) -> None:
    assert added(theory, aid_due=1, reputation=0.3, pact_age=10, ally_polyarchy=0.9) == 0


@pytest.mark.parametrize("theory", BINDING, ids=named)
def test_a_promise_binds_more_where_aid_is_due(theory: HonourTheory) -> None:
    due, not_due = (added(theory, **{fact: 1.0}) for fact in ("aid_due", "aid_not_due"))
    assert due > not_due > 0
    assert added(theory, aid_due=1, aid_not_due=1) == pytest.approx(due)


@pytest.mark.parametrize("theory", BINDING, ids=named)
def test_a_promise_that_binds_by_half_adds_half(theory: HonourTheory) -> None:
    assert added(theory, aid_due=0.5) == pytest.approx(added(theory, aid_due=1) / 2)


def test_interest_weighs_how_far_entry_changes_who_wins_by_what_the_ally_cares() -> None:
    theory, decides = PureInterest(), {"winning_alone": 0.3, "winning_with": 0.6}
    assert added(theory, **decides) == 0
    cares = added(theory, worth=0.5, **decides) - added(theory, worth=0.5)
    assert cares == pytest.approx(2.0 * 0.5 * 0.3)
    assert added(theory, worth=-0.5, **decides) < added(theory, worth=-0.5)


def test_audiences_punish_a_democracy_more_and_only_a_promise() -> None:
    theory = AudienceCosts()
    autocracy, democracy = (added(theory, aid_due=1, ally_polyarchy=p) for p in (0.0, 1.0))
    assert democracy - autocracy == pytest.approx(1.0)
    assert added(theory, aid_due=1, ally_polyarchy=0.5) == pytest.approx(1.4)
    assert added(theory, ally_polyarchy=1.0) == 0


def test_a_name_for_honouring_counts_where_there_is_a_promise() -> None:
    theory = Reputation()
    gain = added(theory, aid_due=1, reputation=0.2) - added(theory, aid_due=1)
    assert gain == pytest.approx(2.0 * 0.2)
    assert added(theory, reputation=0.2) == 0


def test_a_strong_opponent_nearby_is_a_threat() -> None:
    theory = BalanceOfThreat()
    strengths = {"ally_capability": 0.1, "opponent_capability": 0.3}
    near, far = (added(theory, opponent_reach_ally=reach, **strengths) for reach in (1.0, 0.1))
    assert near == pytest.approx(1.5 * 0.75 - 1.5 * 0.5)
    assert far < near
    assert added(theory, winning_alone=0.3, winning_with=0.6) == pytest.approx(0.6)
    assert added(theory, worth=1.0) == 0


def test_a_promise_loses_its_hold_as_power_shifts_in_either_direction() -> None:
    theory = PowerShift()
    grown, shrunk = (added(theory, aid_due=1, power_shift=shift) for shift in (0.5, -0.5))
    assert grown == shrunk == pytest.approx(1.6 * exp(-0.5))
    assert added(theory, power_shift=0.5) == 0
    assert added(theory, opponent_growth=0.4) == pytest.approx(0.2)


def test_an_old_pact_stands_for_a_shift_that_nobody_measured() -> None:
    theory = PowerShift()
    assert added(theory, aid_due=1, pact_age=16) == pytest.approx(1.6 * exp(-0.09 * sqrt(16)))
    both = added(theory, aid_due=1, pact_age=16, power_shift=0.27)
    assert both == pytest.approx(1.6 * exp(-sqrt(0.36**2 + 0.27**2)))
