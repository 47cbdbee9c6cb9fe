"""What every test of the experiment layer starts from: a small scenario and a fake engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sim.experiment.execution.task import Simulator
from sim.scenario.load import LoadedScenario
from tests.experiment import fakes
from tests.scenario.folder import Folder

Ask = Callable[..., LoadedScenario]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Returns the small scenario with what is set on top of it."""
    return Folder.at(tmp_path).load


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[Simulator], None]:
    """Puts a fake in the place of the engine; to begin with, the one that works."""
    fakes.put(monkeypatch, fakes.live)
    return partial(fakes.put, monkeypatch)
