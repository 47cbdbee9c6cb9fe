"""The part, computed once for all tests of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.validation.check import ValidationPart
from sim.validation.studies.universe import run_universe
from tests.validation.studies.universe.handmade import write_scenarios


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scenarios(tmp_path_factory.mktemp("scenarios"))


@pytest.fixture(scope="session")
def part(folder: Path) -> ValidationPart:
    return run_universe(folder)
