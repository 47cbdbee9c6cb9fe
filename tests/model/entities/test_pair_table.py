"""A table of pairs: what two have through several institutions is worked out once for all pairs."""

from __future__ import annotations

import numpy as np

from sim.model.entities.pair_table import PairTable
from sim.model.places import EVERYWHERE, CasePlaces

FIRST, SECOND, THIRD = 0, 1, 2
ONE, OTHER = np.array([0.1, 0.4]), np.array([0.2, 0.3])
"""What two institutions bring, (world,)."""


def table() -> PairTable:
    """Return a table of two institutions, of which one concerns two pairs, the other one."""
    return PairTable(3, [{(FIRST, SECOND), (SECOND, THIRD)}, {(SECOND, THIRD)}], count=2)


def test_a_pair_has_the_sum_of_what_its_institutions_bring() -> None:
    pairs = table()
    pairs.add_up([ONE, OTHER])
    assert np.array_equal(pairs.read(FIRST, SECOND, EVERYWHERE), ONE)
    assert np.array_equal(pairs.read(SECOND, THIRD, EVERYWHERE), ONE + OTHER)


def test_or_the_most_of_it_and_nothing_below_zero() -> None:
    pairs = table()
    pairs.take_most([ONE, OTHER])
    assert pairs.read(SECOND, THIRD, EVERYWHERE).tolist() == [0.2, 0.4]
    pairs.take_most([-ONE, -OTHER])
    assert not pairs.read(SECOND, THIRD, EVERYWHERE).any()


def test_who_is_in_no_institution_together_has_nothing_and_order_matters() -> None:
    pairs = table()
    pairs.add_up([ONE, OTHER])
    assert not pairs.read(FIRST, THIRD, EVERYWHERE).any()
    assert not pairs.read(SECOND, FIRST, EVERYWHERE).any()


def test_what_is_worked_out_anew_leaves_what_was_read_as_it_was() -> None:
    pairs = table()
    pairs.add_up([ONE, OTHER])
    before = pairs.read(FIRST, SECOND, EVERYWHERE)
    pairs.add_up([OTHER, OTHER])
    assert np.array_equal(before, ONE)
    assert np.array_equal(pairs.read(FIRST, SECOND, EVERYWHERE), OTHER)


def test_cases_are_read_in_their_own_worlds() -> None:
    pairs = table()
    pairs.add_up([ONE, OTHER])
    who = np.array([FIRST, SECOND, FIRST]), np.array([SECOND, THIRD, THIRD])
    assert pairs.read(*who, CasePlaces(np.array([1, 0, 1]))).tolist() == [0.4, 0.1 + 0.2, 0.0]
