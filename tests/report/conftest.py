"""Fixtures of the report tests: worlds of the formula engine, with a pact and without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiment.run import run_scenario
from sim.report.run_view import Run, open_runs
from tests.report import formula_engine
from tests.scenario.folder import Folder

HEADLINES = '["war_any", "war_strait", "honoured_pact", "disputes"]'
WITHOUT = ("treaties.pact.concluded=false", "title=No pact")
Simulate = Callable[..., Path]


@pytest.fixture(scope="session")
def simulate(tmp_path_factory: pytest.TempPathFactory) -> Simulate:
    """Simulates the small scenario with the formula engine; returns the results folder."""

    def run(*settings: str, title: str = "The strait") -> Path:
        folder = Folder.at(tmp_path_factory.mktemp("scenario"))
        folder.with_line('title = "The strait"', f"title = {title!r}\nheadlines = {HEADLINES}")
        with pytest.MonkeyPatch.context() as patch:
            formula_engine.put(patch)
            return run_scenario(folder.load(*settings), folder.path / "results").results.folder

    return run


@pytest.fixture(scope="session")
def pact(simulate: Simulate) -> Path:
    """The results folder of the small scenario."""
    return simulate()


@pytest.fixture(scope="session")
def no_pact(simulate: Simulate) -> Path:
    """The results folder of the small scenario without its pact."""
    return simulate(*WITHOUT)


@pytest.fixture
def single_run(pact: Path) -> list[Run]:
    """One run alone."""
    return open_runs([pact])


@pytest.fixture
def run_pair(pact: Path, no_pact: Path) -> list[Run]:
    """The pact, and no pact."""
    return open_runs([pact, no_pact])
