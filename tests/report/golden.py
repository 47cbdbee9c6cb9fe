"""The tables of all pictures of the planted worlds, kept as files: `python -m tests.report.golden`.

Renewing them is a change of what pictures show, and wants a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sim.experiment.run import run_scenario
from sim.report.figures.gallery import plot_named
from sim.report.run_view import Run, open_runs
from tests.report import formula_engine
from tests.report.conftest import HEADLINES, WITHOUT
from tests.scenario.folder import Folder

PLANTED = ("outcomes", "fourway", "fan")
"""Kinds of pictures that rest on what was recorded; for others worlds are lived again."""
KEPT = Path(__file__).with_name("golden")


def tables(runs: Sequence[Run]) -> dict[str, str]:
    """Return the tables of pictures by the pictures' names."""
    return {figure.name: figure.render_csv() for figure in plot_named(runs, PLANTED)}


def _renew() -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        formula_engine.put(patch)
        folder = Folder.at(Path(place))
        folder.with_line('title = "The strait"', f'title = "The strait"\nheadlines = {HEADLINES}')
        folders = [
            run_scenario(folder.load(*settings), Path(place)).results.folder
            for settings in ((), WITHOUT)
        ]
        KEPT.mkdir(exist_ok=True)
        for name, table in tables(open_runs(folders)).items():
            (KEPT / f"{name}.csv").write_text(table, "utf-8")


if __name__ == "__main__":
    _renew()
