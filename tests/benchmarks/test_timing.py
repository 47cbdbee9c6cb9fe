"""Contestants take turns, in as many rounds as fit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from benchmarks import timing
from benchmarks.million import WORLDS, extrapolate
from benchmarks.timing import CommandTime, Rounds, take_turns


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until a test moves it."""
    now = [0.0]
    monkeypatch.setattr(timing, "perf_counter", lambda: now[0])
    return now


def lasting(clock: list[float], seconds: float) -> Callable[[], float]:
    """Return work that moves the clock."""

    def work() -> float:
        clock[0] += seconds
        return clock[0]

    return work


def test_every_second_round_runs_backwards() -> None:
    order = count()
    taken = take_turns({"a": lambda: next(order), "b": lambda: next(order)}, 3, 100)
    assert taken == {"a": [0, 3, 4], "b": [1, 2, 5]}


def test_no_round_is_begun_that_would_not_end_in_time(clock: list[float]) -> None:
    taken = take_turns({"a": lasting(clock, 4), "b": lasting(clock, 6)}, 9, 35)
    assert clock[0] == 30
    assert len(taken["a"]) == len(taken["b"]) == 3


def test_the_first_round_is_run_however_long_it_takes(clock: list[float]) -> None:
    assert take_turns({"a": lasting(clock, 90)}, 5, 10) == {"a": [90]}


def test_a_slow_round_does_not_change_a_ratio_by_round() -> None:
    quick, slow = Rounds((1.0, 5.0, 1.0)), Rounds((2.0, 10.0, 2.0))
    assert slow.per(quick).values == (2, 2, 2)


def test_a_summary_has_the_median_and_the_range() -> None:
    assert Rounds((3.0, 1.0, 2.0)).summary("{:.1f} s") == "2.0 s (1.0 s to 3.0 s)"
    assert Rounds((3.0,)).scaled(2).summary("{:.0f}") == "6"


def test_a_million_lies_on_the_line_through_two_runs() -> None:
    few, many = CommandTime(clock=3.0, used=5.0), CommandTime(clock=11.0, used=20.0)
    expected = extrapolate((1000, few), (5000, many))
    assert expected == pytest.approx((1 + WORLDS * 8 / 4000, 1.25 + WORLDS * 15 / 4000))
