"""An ally has a cell in every world in which it is one, and that of nobody in the others."""

from __future__ import annotations

import numpy as np

from sim.model.foresight.allied_cells import NOBODY, AlliedCases, AlliedCells
from sim.model.foresight.growing import with_more, with_rows
from sim.model.places import EVERYWHERE, CasePlaces

SOMEWHERE = np.array([1, 2])
FIRST, SECOND = 1, 2


def two_allies() -> AlliedCells:
    """Return an ally everywhere, and one somewhere."""
    cells = AlliedCells(4)
    cells.add_rows(2)
    cells.add(np.array([FIRST]), EVERYWHERE)
    cells.add(np.array([SECOND, SECOND]), CasePlaces(SOMEWHERE))
    return cells


def listed(cases: AlliedCases) -> list[tuple[int, list[int]]]:
    """Return each ally with its worlds."""
    rows, worlds = cases
    return [(row, worlds[rows == row].tolist()) for row in sorted({*rows.tolist()})]


def test_cells_are_numbered_in_the_order_in_which_they_are_added() -> None:
    cells = two_allies()
    found = cells.read(np.array([FIRST, SECOND]), EVERYWHERE)
    assert found.tolist() == [[1, 2, 3, 4], [NOBODY, 5, 6, NOBODY]]
    assert cells.used == 7


def test_in_cases_the_same_cells_are_read() -> None:
    rows = np.array([[FIRST, FIRST], [SECOND, SECOND]])
    found = two_allies().read(rows, CasePlaces(np.array([0, 2])))
    assert found.tolist() == [[1, 3], [NOBODY, 6]]


def test_what_changes_is_where_an_ally_begins_to_be_one_or_ends() -> None:
    cases = AlliedCases(np.repeat([FIRST, SECOND], 4), np.tile(range(4), 2))
    allied = np.array([False, True, True, False, True, True, True, True])
    begun, ended = two_allies().find_changes(cases, allied)
    assert listed(begun) == [(SECOND, [0, 3])]
    assert listed(ended) == [(FIRST, [0, 3])]
    assert listed(begun.part(np.array([False, False]))) == []


def test_an_ally_that_is_one_no_longer_has_the_cell_of_nobody() -> None:
    cells = two_allies()
    cells.end(AlliedCases(np.array([SECOND, SECOND]), SOMEWHERE))
    assert cells.read(np.array([SECOND]), EVERYWHERE).tolist() == [[NOBODY] * 4]
    again = cells.find_changes(AlliedCases(np.full(4, SECOND), np.arange(4)), np.full(4, False))
    assert [listed(each) for each in again] == [[], []]


def test_an_ally_that_begins_again_has_new_cells() -> None:
    cells = two_allies()
    cells.end(AlliedCases(np.array([SECOND, SECOND]), SOMEWHERE))
    cells.add(np.array([SECOND]), CasePlaces(np.array([2])))
    assert cells.read(np.array([SECOND]), EVERYWHERE).tolist() == [[NOBODY, NOBODY, 7, NOBODY]]


def test_entries_that_are_added_move_none() -> None:
    table = with_more(np.zeros((2, 1)), 1, np.ones((2, 1)))
    longer = with_more(table, 2, np.array([[[2.0], [3.0]]] * 2))
    assert longer[:, :4].tolist() == [[0, 1, 2, 3]] * 2
    assert with_more(longer, 3, np.full((2, 1), 4.0)) is longer


def test_rows_that_are_added_move_none() -> None:
    table = with_rows(np.zeros((1, 3)), 1, np.ones((1, 3)))
    longer = with_rows(table, 2, np.array([[2.0] * 3, [3.0] * 3]))
    assert longer[:4, 0].tolist() == [0, 1, 2, 3]
    assert np.shares_memory(with_rows(longer, 3, np.full((1, 3), 4.0)), longer)
