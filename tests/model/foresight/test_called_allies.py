"""Each world has its own list of allies, whatever other worlds of the block have."""

from __future__ import annotations

import numpy as np

from sim.model.foresight.allied_cells import NOBODY
from sim.model.foresight.called_allies import CalledAllies
from sim.model.places import EVERYWHERE, CasePlaces, Places

SOMEWHERE = CasePlaces(np.array([1, 2]))
ELSEWHERE = CasePlaces(np.array([2, 3]))


def called_in(called: CalledAllies, side: int) -> list[set[int]]:
    """Return whom a side calls in each of four worlds, read as cases."""
    rows = called.of_side(np.full(4, side), CasePlaces(np.arange(4)))
    return [set(column.tolist()) - {NOBODY} for column in rows.T]


def change(called: CalledAllies, row: int, at: Places) -> None:
    """Let the second side call an ally, or no longer."""
    count = len(at.worlds) if isinstance(at, CasePlaces) else 1
    called.change(np.full(count, 1), np.full(count, row), at)


def two_allies() -> CalledAllies:
    """Return two sides, of which the second has an ally everywhere and one somewhere."""
    called = CalledAllies(2, 4)
    called.order(1, (5, 7))
    change(called, 5, EVERYWHERE)
    change(called, 7, SOMEWHERE)
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
    change(called, 6, ELSEWHERE)
    assert called_in(called, 1) == [{5}, {5, 7}, {5, 6, 7}, {5, 6}]
    assert called.of_side(1).tolist() == [5, 6, 7]


def test_allies_stand_in_the_order_of_the_side_whenever_they_were_found() -> None:
    called = two_allies()
    called.order(1, (6, 5, 7))
    change(called, 6, EVERYWHERE)
    rows = called.of_side(np.full(1, 1), CasePlaces(np.array([1])))
    assert rows.ravel().tolist() == [6, 5, 7]


def test_an_ally_that_is_one_no_longer_is_struck_off() -> None:
    called = two_allies()
    called.order(1, (5,))
    change(called, 7, SOMEWHERE)
    assert called_in(called, 1) == [{5}] * 4
    assert called.of_side(1).tolist() == [5]


def test_of_a_world_several_allies_may_begin_at_once() -> None:
    called = two_allies()
    called.order(1, (4, 5, 6, 7))
    called.change(np.full(3, 1), np.array([4, 4, 6]), CasePlaces(np.array([0, 2, 0])))
    assert called_in(called, 1) == [{4, 5, 6}, {5, 7}, {4, 5, 7}, {5}]
