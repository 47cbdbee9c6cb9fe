"""How long work should take here and now."""

from __future__ import annotations

import os

import pytest

from sim.cli import pace


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that has worked for one second of the four that have passed, on a free machine."""
    monkeypatch.setattr(pace, "_started", [0.0, 0.0])
    monkeypatch.setattr(pace, "perf_counter", lambda: 4.0)
    monkeypatch.setattr(pace, "process_time", lambda: 1.0)
    monkeypatch.setattr(pace, "_measure_speed", lambda: 1.0)
    monkeypatch.setattr(pace, "_measure_load", lambda: 1.0)


def test_work_takes_longer_where_it_has_to_wait(
    begun: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pace.measure_pace() == 2.0
    monkeypatch.setattr(pace, "_measure_load", lambda: 4.0)
    assert pace.measure_pace() == 4.0


def test_too_little_work_says_nothing_of_waiting(
    begun: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "process_time", lambda: 0.1)
    assert pace.measure_pace() == 1.0


def test_without_a_clock_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_started", [])
    monkeypatch.setattr(pace, "_measure_speed", lambda: 1.5)
    assert pace.measure_pace() == 1.5


def test_the_clock_and_the_speed_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_started", [])
    pace.start_clock()
    assert pace.measure_pace() > 0


def test_the_load_is_that_of_each_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "getloadavg", lambda: (6.0, 0.0, 0.0), raising=False)
    assert pace._measure_load() == 3.0
    monkeypatch.delattr(os, "getloadavg")
    assert pace._measure_load() == 1.0


def test_blocks_and_runs_cost_what_they_cost_whatever_their_size() -> None:
    assert pace.expect_simulation(50, 36, runs=16) > 3 * pace.expect_simulation(800, 36)
    assert pace.expect_simulation(1000, 72) > pace.expect_simulation(1000, 36)
