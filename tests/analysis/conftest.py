"""Fixtures of the tests of comparisons: runs of an engine with a planted difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiment.run import RunOptions, run_scenario
from tests.analysis import effect_engine
from tests.scenario.folder import Folder

SimulateSmall = Callable[..., Path]
HERE = RunOptions(workers=1)
"""In this process, since others would not have the planted engine."""
WITHOUT = "treaties.pact.concluded=false"
SHOWN = 'headlines=["war", "length"]'


@pytest.fixture
def simulate_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimulateSmall:
    """Simulate the small scenario with some settings and return its results folder."""
    effect_engine.put(monkeypatch)
    folder = Folder.at(tmp_path)

    def simulate(*settings: str) -> Path:
        return run_scenario(
            folder.load(SHOWN, *settings), tmp_path / "results", HERE
        ).results.folder

    return simulate
