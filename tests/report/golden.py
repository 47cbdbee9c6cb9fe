"""The stored tables of the figures of the formula engine: `python -m tests.report.golden`.

Renewing them changes what figures show, and needs a reason.
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

FIGURE_KINDS = ("outcomes", "fourway", "fan")
"""Kinds of figures drawn from recorded tables; others simulate worlds again."""
STORED = Path(__file__).with_name("golden")


def tables(runs: Sequence[Run]) -> dict[str, str]:
    """Return the tables of figures by the names of the figures."""
    return {figure.name: figure.render_csv() for figure in plot_named(runs, FIGURE_KINDS)}


def _renew() -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        formula_engine.put(patch)
        folder = Folder.at(Path(place))
        folder.with_line('title = "The strait"', f'title = "The strait"\nheadlines = {HEADLINES}')
        folders = [
            run_scenario(folder.load(*settings), Path(place)).results.folder
            for settings in ((), WITHOUT)
        ]
        STORED.mkdir(exist_ok=True)
        for name, table in tables(open_runs(folders)).items():
            (STORED / f"{name}.csv").write_text(table, "utf-8")


if __name__ == "__main__":
    _renew()
