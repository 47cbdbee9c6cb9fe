from __future__ import annotations

import pytest

from sim.errors import RequestError
from sim.experiment.limits import MAX_WORLD_MONTHS, check_size, estimate_cost


def test_a_million_worlds_for_three_years_are_allowed() -> None:
    check_size(1_000_000, 36)


def test_fewer_worlds_may_be_lived_for_longer() -> None:
    check_size(60_000, 600)


def test_one_world_more_is_refused() -> None:
    with pytest.raises(RequestError) as refused:
        check_size(1_000_001, 36)
    message = str(refused.value)
    assert message.startswith(
        "--worlds 1000001: 1,000,001 worlds of 36 months are too many for one run"
    )
    assert "allowed: up to 1,000,000 worlds of 36 months (36,000,000 world-months)" in message


def test_the_refusal_says_what_it_would_take() -> None:
    with pytest.raises(RequestError) as refused:
        check_size(50_000_000, 36)
    message = str(refused.value)
    assert f"they would take {estimate_cost(50_000_000, 36)}" in message
    assert f"those take {estimate_cost(1_000_000, 36)}" in message


def test_time_and_disk_follow_the_world_months_and_memory_does_not() -> None:
    one, ten = estimate_cost(1000, 36), estimate_cost(1000, 360)
    assert ten.seconds == pytest.approx(10 * one.seconds)
    assert ten.disk == pytest.approx(10 * one.disk)
    assert ten.memory == one.memory


def test_a_cost_is_said_in_units_one_can_picture() -> None:
    assert str(estimate_cost(1, 1)).startswith("about 0 seconds of one processor, ")
    words = str(estimate_cost(MAX_WORLD_MONTHS * 100, 1))
    assert " hours of one processor" in words
    assert words.endswith(" GB of disk")
