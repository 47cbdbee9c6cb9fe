"""What every test of the command line starts from: a folder to stand in, and the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from tests.experiment import fakes
from tests.scenario.folder import Folder

Sim = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder with a complete scenario that shows what the fake engine measures."""
    monkeypatch.chdir(tmp_path)
    folder = Folder.at(tmp_path)
    title = 'title = "The strait"'
    folder.with_line(title, f'{title}\nheadlines = ["war", "never", "length"]')
    return folder


@pytest.fixture
def sim(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Sim:
    """The command `sim` with a fake engine, in this process."""
    fakes.put(monkeypatch, fakes.simulate)
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
    return lambda *words, **options: runner.invoke(app, list(words), **options)
