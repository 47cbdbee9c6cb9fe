"""`sim.explorer` writes the page of the command."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.errors import RequestError
from tests.explore.small import folder_of


def test_the_page_of_results_is_written_and_its_path_returned(tmp_path: Path) -> None:
    page = sim.explorer(sim.load(folder_of()), to=tmp_path / "page.html", quick=True)
    assert page == tmp_path / "page.html"
    assert 'id="worlds"' in page.read_text("utf-8")
    with pytest.raises(RequestError, match="already exists; force=True overwrites it"):
        sim.explorer(folder_of(), to=page, quick=True)
    sim.explorer(folder_of(), to=page, quick=True, measures="disputes", force=True)
