"""What every test of comparisons starts from: runs of an engine with a planted difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiment.run import RunOptions, run_scenario
from tests.analysis import effect_engine
from tests.scenario.folder import Folder

Lived = Callable[..., Path]
HERE = RunOptions(workers=1)
"""In this process: others would not have the planted engine."""
WITHOUT = "treaties.pact.concluded=false"
SHOWN = 'headlines=["war", "length"]'


@pytest.fixture
def lived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lived:
    """Lives the small scenario, with what is set on top of it, and returns its results folder."""
    effect_engine.put(monkeypatch)
    folder = Folder.at(tmp_path)

    def live(*settings: str) -> Path:
        return run_scenario(
            folder.load(SHOWN, *settings), tmp_path / "results", HERE
        ).results.folder

    return live
