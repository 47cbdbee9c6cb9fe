"""Each world has its own list of allies, whatever other worlds of the block have."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask
from sim.model.foresight.called_allies import NOBODY, CalledAllies
from sim.model.foresight.growing import with_rows
from sim.model.places import CasePlaces

EVERYWHERE: Mask = np.ones(4, dtype=bool)
SOMEWHERE = np.array([False, True, True, False])
ELSEWHERE = np.array([False, False, True, True])


def called_in(called: CalledAllies, side: int) -> list[set[int]]:
    """Return whom a side calls in each of four worlds, read as cases."""
    rows = called.of_side(np.full(4, side), CasePlaces(np.arange(4)))
    return [set(column.tolist()) - {NOBODY} for column in rows.T]


def two_allies() -> CalledAllies:
    """Return two sides, of which the second has an ally everywhere and one somewhere."""
    called = CalledAllies(2, 4)
    called.call(1, (5, 7), {5: EVERYWHERE, 7: SOMEWHERE})
    return called


def test_a_world_calls_those_who_are_allies_there() -> None:
    called = two_allies()
    assert called_in(called, 1) == [{5}, {5, 7}, {5, 7}, {5}]
    assert called_in(called, 0) == [set()] * 4


def test_in_every_world_all_are_read_that_are_allies_in_any() -> None:
    called = two_allies()
    assert called.of_side(1).tolist() == [5, 7]
    assert called.of_side(np.array([0, 1])).tolist() == [[NOBODY, 5], [NOBODY, 7]]
    assert called.allied is not None
    assert called.allied[[5, 7]].tolist() == [[1, 1, 1, 1], [0, 1, 1, 0]]


def test_where_all_are_allies_in_every_world_nothing_is_left_out() -> None:
    called = CalledAllies(1, 4)
    called.call(0, (3,), {3: EVERYWHERE})
    assert called.allied is None


def test_a_new_ally_moves_only_the_worlds_in_which_it_is_one() -> None:
    called = two_allies()
    moved = called.call(1, (5, 6, 7), {6: ELSEWHERE})
    assert moved.tolist() == ELSEWHERE.tolist()
    assert called_in(called, 1) == [{5}, {5, 7}, {5, 6, 7}, {5, 6}]


def test_allies_stand_in_the_order_of_the_side_whenever_they_were_found() -> None:
    called = two_allies()
    called.call(1, (6, 5, 7), {6: EVERYWHERE})
    rows = called.of_side(np.full(1, 1), CasePlaces(np.array([1])))
    assert rows.ravel().tolist() == [6, 5, 7]


def test_an_ally_that_is_one_no_longer_is_struck_off() -> None:
    called = two_allies()
    moved = called.call(1, (5,), {})
    assert moved.tolist() == SOMEWHERE.tolist()
    assert called_in(called, 1) == [{5}] * 4


def test_rows_that_are_added_move_none() -> None:
    table = with_rows(np.zeros((1, 3)), 1, np.ones((1, 3)))
    longer = with_rows(table, 2, np.array([[2.0] * 3, [3.0] * 3]))
    assert longer[:4, 0].tolist() == [0, 1, 2, 3]
    assert with_rows(longer, 3, np.full((1, 3), 4.0)) is longer
