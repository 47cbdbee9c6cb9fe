"""Small runs of the pact and of no pact, simulated once for all tests of the explorer."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from sim.experiment.run import RunOptions, run_scenario
from sim.scenario.load import load_scenario
from tests.worlds import SCENARIOS

WORLDS, MONTHS = 210, 9
HERE = RunOptions(workers=1)


@cache
def folder_of(name: str = "pact", *settings: str) -> Path:
    """Return the results folder of a scenario with few worlds and months, and some settings."""
    size = (f"worlds={WORLDS}", f"months={MONTHS}")
    loaded = load_scenario(SCENARIOS / f"{name}.toml", [*size, *settings])
    return run_scenario(loaded, _results(), HERE).results.folder


@cache
def _results() -> Path:
    folder = mkdtemp(prefix="explore-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return Path(folder)
