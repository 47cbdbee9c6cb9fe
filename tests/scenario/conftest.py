"""What every test of scenario files starts from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with a complete scenario, to be changed line by line."""
    return Folder.at(tmp_path)
