"""What is simulated is set beside the record, pair by pair."""

from __future__ import annotations

import numpy as np
import pytest

from sim.validation.studies.quarrels.comparison import (
    comparison_rows,
    count_begun,
    recorded_sides,
    share_within_record,
)
from sim.validation.studies.quarrels.record import DisputeRecord
from tests.validation.studies.patterns.handmade_histories import Event, planted


def record(begun: tuple[int, int]) -> DisputeRecord:
    """Return disputes of the rival and the member since 1991: of the member, then of the rival."""
    counts = np.array([[[0.0, 0.0], [float(begun[0]), float(begun[1])]]])
    total = counts.sum(axis=2)
    highest = np.stack([0 * total, total, 0 * total], axis=2)
    return DisputeRecord(
        (("member", "rival"),), ((1954, 1990), (1991, 2010)), np.array([[37.0, 20.0]]), counts,
        total / 2, highest,
    )  # fmt: skip


def dispute(month: int, who: str, towards: str, rung: int = 3) -> list[Event]:
    return [
        (0, month, "challenge", who, towards, "feud", rung),
        (0, month, "resist", towards, who, "feud", rung),
        (0, month + 1, "dies_down", who, towards, "feud", 1),
    ]


HISTORY = planted(
    *dispute(1, "rival", "member"), *dispute(4, "rival", "member", 4),
    *dispute(7, "rival", "member"), *dispute(10, "member", "rival"),
)  # fmt: skip


def test_each_side_is_compared_with_what_it_began() -> None:
    (side,) = recorded_sides(HISTORY, record((2, 8)))
    assert (side.rivalry, side.actor, side.disputes) == ("feud", "rival", 10)
    assert side.share == pytest.approx([0.8, 0.496, 0.957], abs=2e-3)
    np.testing.assert_array_equal(count_begun(HISTORY, [side]), [[3, 4]])


def test_where_one_side_began_all_the_interval_reaches_one_and_where_none_zero() -> None:
    assert recorded_sides(HISTORY, record((0, 8)))[0].share.high == 1.0
    assert recorded_sides(HISTORY, record((8, 0)))[0].share.low == 0.0


def test_a_pair_with_fewer_than_five_disputes_is_not_compared() -> None:
    assert len(recorded_sides(HISTORY, record((1, 4)))) == 1
    assert recorded_sides(HISTORY, record((1, 3))) == []


@pytest.mark.parametrize(
    ("begun", "inside"), [((2, 8), 1.0), ((8, 2), 0.0), ((0, 40), 0.0), ((10, 30), 1.0)]
)
def test_a_pair_counts_where_its_share_lies_in_the_records_interval(
    begun: tuple[int, int], inside: float
) -> None:
    sides = recorded_sides(HISTORY, record(begun))
    assert share_within_record(count_begun(HISTORY, sides).sum(axis=0), sides) == inside


def test_a_pair_that_began_nothing_is_not_within_the_record() -> None:
    nothing = planted(*dispute(1, "backer", "friend"))
    sides = recorded_sides(nothing, record((2, 8)))
    assert share_within_record(count_begun(nothing, sides).sum(axis=0), sides) == 0.0
    assert np.isnan(share_within_record(np.zeros(0), []))


def test_the_table_has_both_for_each_pair() -> None:
    (row,) = comparison_rows(HISTORY, record((2, 8)))
    assert row["simulated"] == 0.75
    assert row["simulated_yearly"] == 2.0
    assert row["recorded_yearly"] == 0.5
    assert (row["simulated_force"], row["recorded_force"]) == (0.25, 0.0)
    assert (row["simulated_resisted"], row["recorded_resisted"]) == (1.0, 0.5)
