"""Digits follow the interval."""

from __future__ import annotations

import pytest

from sim.statistics.rounding import format_exact, round_interval


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [
        ((12.345, 11.9, 12.8), ("12.3", "11.9", "12.8")),
        ((0.01234, 0.01230, 0.01238), ("0.01234", "0.01230", "0.01238")),
        ((-0.001, -2.0, 2.0), ("0", "-2", "2")),
        ((12345.6, 12000.0, 12700.0), ("12,346", "12,000", "12,700")),
        ((1 / 3, 1 / 3, 1 / 3), ("0.333333", "0.333333", "0.333333")),
    ],
)
def test_a_number_has_the_digits_that_its_interval_supports(
    numbers: tuple[float, float, float], texts: tuple[str, str, str]
) -> None:
    assert round_interval(*numbers) == texts


def test_an_exact_number_has_six_digits() -> None:
    assert format_exact(1234567.8) == "1.23457e+06"
    assert format_exact(0.1) == "0.1"
