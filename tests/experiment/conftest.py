"""What every test of the experiment layer starts from: a small scenario."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario.load import LoadedScenario
from tests.scenario.folder import Folder

Ask = Callable[..., LoadedScenario]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Returns the small scenario with settings on top of it."""
    return Folder.at(tmp_path).load
