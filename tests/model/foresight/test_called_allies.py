"""Each world has its own list of allies, whatever other worlds of the block have."""

from __future__ import annotations

import numpy as np

from sim.model.foresight.allied_cells import NOBODY
from sim.model.foresight.called_allies import CalledAllies
from sim.model.places import CasePlaces

EVERYWHERE = np.arange(4)
SOMEWHERE = np.array([1, 2])
ELSEWHERE = np.array([2, 3])


def called_in(called: CalledAllies, side: int) -> list[set[int]]:
    """Return whom a side calls in each of four worlds, read as cases."""
    rows = called.of_side(np.full(4, side), CasePlaces(np.arange(4)))
    return [set(column.tolist()) - {NOBODY} for column in rows.T]


def two_allies() -> CalledAllies:
    """Return two sides, of which the second has an ally everywhere and one somewhere."""
    called = CalledAllies(2, 4)
    called.order(1, (5, 7))
    called.change(1, 5, EVERYWHERE)
    called.change(1, 7, SOMEWHERE)
    return called


def test_a_world_calls_those_who_are_allies_there() -> None:
    called = two_allies()
    assert called_in(called, 1) == [{5}, {5, 7}, {5, 7}, {5}]
    assert called_in(called, 0) == [set()] * 4


def test_in_every_world_all_are_read_that_are_allies_in_any() -> None:
    called = two_allies()
    assert called.of_side(1).tolist() == [5, 7]
    assert called.of_side(np.array([0, 1])).tolist() == [[NOBODY, 5], [NOBODY, 7]]


def test_a_new_ally_is_called_only_in_the_worlds_in_which_it_is_one() -> None:
    called = two_allies()
    assert called_in(called, 1) == [{5}, {5, 7}, {5, 7}, {5}]
    called.order(1, (5, 6, 7))
    called.change(1, 6, ELSEWHERE)
    assert called_in(called, 1) == [{5}, {5, 7}, {5, 6, 7}, {5, 6}]
    assert called.of_side(1).tolist() == [5, 6, 7]


def test_allies_stand_in_the_order_of_the_side_whenever_they_were_found() -> None:
    called = two_allies()
    called.order(1, (6, 5, 7))
    called.change(1, 6, EVERYWHERE)
    rows = called.of_side(np.full(1, 1), CasePlaces(np.array([1])))
    assert rows.ravel().tolist() == [6, 5, 7]


def test_an_ally_that_is_one_no_longer_is_struck_off() -> None:
    called = two_allies()
    called.order(1, (5,))
    called.change(1, 7, SOMEWHERE)
    assert called_in(called, 1) == [{5}] * 4
    assert called.of_side(1).tolist() == [5]
