"""Questions that are asked of vectors, masks and tables."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.arrays import (
    any_world,
    as_table,
    rows_in_any_world,
    total,
    where_true,
)

WORLDS = 3


@pytest.mark.parametrize("facts", [[False, True, False], [0, 2, 0], [0.0, 0.0, -0.5]])
def test_what_holds_in_one_world_holds_in_any(facts: list[float]) -> None:
    assert any_world(np.array(facts))
    assert not any_world(np.zeros_like(facts))


def test_the_rows_of_a_table_that_hold_somewhere_are_found() -> None:
    table = np.zeros((4, WORLDS), dtype=bool)
    table[3, 0] = table[1] = True
    assert rows_in_any_world(table) == [1, 3]
    assert rows_in_any_world(table[:0]) == []


@pytest.mark.parametrize("shape", [(WORLDS,), (4, WORLDS), (2, 4, WORLDS), (0, WORLDS)])
def test_true_entries_are_found_in_order(shape: tuple[int, ...]) -> None:
    table = np.arange(np.prod(shape)).reshape(shape) % 3 == 1
    for found, expected in zip(where_true(table), table.nonzero(), strict=True):
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("rows", [0, 1, 4])
def test_a_table_has_a_row_for_each_vector_and_all_worlds(rows: int) -> None:
    vectors = [np.full(WORLDS, float(row)) for row in range(rows)]
    table = as_table(vectors, WORLDS)
    assert table.shape == (rows, WORLDS)
    assert table[:, 0].tolist() == [float(row) for row in range(rows)]


def test_a_sum_is_added_one_after_another() -> None:
    large, small = np.array([1e16]), np.array([1.0])
    assert total([large, small, small]) == large + small + small
    assert total([small, small, large]) != total([large, small, small])
