"""A folder with two small scenarios, as the working folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.folder import Folder

WITHOUT = 'extends = "whole.toml"\ntitle = "No promise"\n[treaties.pact]\nconcluded = false\n'


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return the folder of `whole.toml` and `without.toml`, in which a test works."""
    monkeypatch.chdir(tmp_path)
    folder = Folder.at(tmp_path)
    folder.write("without.toml", WITHOUT)
    return folder
