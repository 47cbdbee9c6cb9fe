"""The picture in the README shows what the scenarios give today."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.run import RunOptions as Run
from sim.experiment.run import run_scenario
from sim.report.figures.gallery import plot_named
from sim.report.run_view import open_runs
from sim.scenario.load import load_scenario
from tests.docs.pages import TOP


@pytest.mark.slow
def test_the_picture_in_the_readme_is_of_today(tmp_path: Path) -> None:
    runs = [
        run_scenario(load_scenario(TOP / "scenarios" / f"{name}.toml"), tmp_path, Run(workers=1))
        for name in ("pact", "no_pact")
    ]
    (figure,) = plot_named(open_runs([run.results.folder for run in runs]), ["fourway"])
    assert figure.render_csv() == (TOP / "docs" / "pictures" / "fourway.csv").read_text("utf-8")
