"""Arrays come back as they were stored: exactly, or within half a step."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.explore.data.arrays import (
    MONTHS,
    SIDES,
    PackedArray,
    pack_bits,
    pack_counts,
    pack_numbers,
    read_array,
)

RANDOM = np.random.default_rng(5)
BOTH = [MONTHS, SIDES]


def restored(array: PackedArray) -> PackedArray:
    """Return an array written after some other bytes, and read again."""
    return read_array(array.describe(8), bytes(8) + array.to_bytes())


@pytest.mark.parametrize("delta", [[], [SIDES]])
def test_bits_come_back_although_rows_end_within_a_byte(delta: list[str]) -> None:
    flags = RANDOM.random((2, 13)) < 0.3
    assert np.array_equal(restored(pack_bits(flags, delta)).values, flags)
    assert len(pack_bits(flags).to_bytes()) == 4


@pytest.mark.parametrize("delta", [[], [SIDES], [MONTHS], BOTH])
@pytest.mark.parametrize(("most", "dtype"), [(200, "u1"), (40_000, "u2")])
def test_counts_come_back_exactly(delta: list[str], most: int, dtype: str) -> None:
    counts = RANDOM.integers(-3, most, (2, 5, 7))
    counts[0, 0, :2] = -3, most
    array = restored(pack_counts(counts, delta))
    assert array.dtype == dtype
    assert np.array_equal(array.values, counts)


def test_counts_that_need_more_than_two_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="differ by 70000"):
        pack_counts(np.array([0, 70_000]))


@pytest.mark.parametrize("delta", [[], BOTH])
@pytest.mark.parametrize(("dtype", "steps"), [("u1", 254), ("u2", 65_534)])
def test_numbers_come_back_within_half_a_step(delta: list[str], dtype: str, steps: int) -> None:
    values = RANDOM.normal(10, 3, (2, 4, 6))
    array = restored(pack_numbers(values, dtype, delta))
    step = np.ptp(values) / steps
    assert array.scale == pytest.approx(step)
    assert np.abs(array.values - values).max() <= step * 0.5001


def test_numbers_that_are_not_defined_stay_so() -> None:
    values = np.array([[1.0, np.nan, 3.0]])
    assert np.array_equal(restored(pack_numbers(values, "u1")).values, values, equal_nan=True)


@pytest.mark.parametrize("value", [4.0, np.nan])
def test_numbers_that_are_all_the_same_come_back(value: float) -> None:
    values = np.full((1, 3), value)
    assert np.array_equal(restored(pack_numbers(values)).values, values, equal_nan=True)


def test_sides_and_months_that_are_alike_are_stored_as_zeros() -> None:
    values = np.full((2, 3, 4), 7.0)
    values[:, 0, 0] = 1
    stored = pack_numbers(values, "u1", BOTH).to_bytes()
    assert set(stored[12:]) == {0}


def test_the_entry_of_an_array_says_what_is_needed_to_read_it() -> None:
    entry: dict[str, Any] = pack_numbers(np.array([[0.0, 254.0]]), "u1", [SIDES]).describe(16)
    assert entry == {
        "offset": 16,
        "dtype": "u1",
        "shape": [1, 2],
        "scale": 1.0,
        "zero": 0.0,
        "missing": 255,
        "delta": ["sides"],
    }
