"""Targets in seconds are judged at the speed of the machine for which they were set."""

from __future__ import annotations

from math import isnan, nan

import pytest

from benchmarks import yardstick
from benchmarks.timing import Rounds
from benchmarks.yardstick import judge, open_yardstick


def test_each_round_is_divided_by_how_slow_the_machine_was_in_it() -> None:
    measured = Rounds((3.0, 9.0, 4.0))
    assert judge(measured, [1.5, 4.5, 2.0], 2.0) == ("2.00 (2.00 to 2.00)", "2 s: met")
    assert judge(measured, [1.0, 1.0, 1.0], 2.0)[1] == "2 s: **not met**"


def test_a_fast_machine_is_held_to_more() -> None:
    assert judge(Rounds((1.5,)), [0.5], 2.0) == ("3.00", "2 s: **not met**")


def test_where_the_speed_is_unknown_what_was_measured_is_judged() -> None:
    assert judge(Rounds((1.5,)), [nan], 2.0) == ("unknown", "2 s: met")


def test_without_the_earlier_commit_the_speed_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yardstick, "COMMIT", "0" * 40)
    with open_yardstick() as slowness:
        assert isnan(slowness())
