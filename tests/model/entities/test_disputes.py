"""The disputes on all rivalries are one table, of which each rivalry has a row."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.entities.disputes import DISPLAY, FORCE, NONE, THREAT, WAR, Disputes

HERE = np.array([True, False, False])


@pytest.fixture
def two() -> tuple[Disputes, list[Disputes]]:
    """Return a table of two rivalries in three worlds, with the rivalries."""
    rivalries = [Disputes(3), Disputes(3)]
    rivalries[1].rung[:] = WAR
    return Disputes.together(rivalries, 3), rivalries


def test_the_table_begins_with_what_stood(two: tuple[Disputes, list[Disputes]]) -> None:
    table, _ = two
    assert table.rung.tolist() == [[NONE] * 3, [WAR] * 3]
    assert table.quiet.tolist() == [[True] * 3, [False] * 3]


def test_what_a_rivalry_does_stands_in_the_table(two: tuple[Disputes, list[Disputes]]) -> None:
    table, (feud, siege) = two
    feud.open_dispute(HERE, 1, DISPLAY, 4)
    feud.climb(HERE)
    siege.end_dispute(HERE)
    assert table.rung.tolist() == [[FORCE, NONE, NONE], [NONE, WAR, WAR]]
    assert table.dispute_force.tolist() == [[True, False, False], [False] * 3]


def test_what_is_done_to_the_table_stands_in_its_rows(
    two: tuple[Disputes, list[Disputes]],
) -> None:
    table, (feud, siege) = two
    where = np.stack([HERE, ~HERE & False])
    table.open_dispute(where, 1, THREAT, 7)
    assert (feud.rung[0], feud.challenger[0], feud.opened[0], feud.disputes[0]) == (THREAT, 1, 7, 1)
    assert feud.in_dispute(8).tolist() == HERE.tolist()
    assert not feud.in_dispute(7).any()
    assert not siege.disputes.any()


def test_force_once_used_is_remembered(two: tuple[Disputes, list[Disputes]]) -> None:
    _, (feud, _) = two
    feud.open_dispute(HERE, 0, FORCE, 1)
    feud.end_dispute(HERE)
    assert feud.quiet.all()
    assert feud.force_used.tolist() == feud.dispute_force.tolist() == HERE.tolist()


def test_no_rivalry_makes_an_empty_table() -> None:
    assert Disputes.together([], 3).rung.shape == (0, 3)
