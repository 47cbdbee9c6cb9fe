"""The picture in the README shows what the scenarios give today."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.run import Wish as Run
from sim.experiment.run import run
from sim.report.figures.gallery import chosen
from sim.report.run_view import open_runs
from sim.scenario.load import load
from tests.docs.pages import TOP


@pytest.mark.slow
def test_the_picture_in_the_readme_is_of_today(tmp_path: Path) -> None:
    lived = [
        run(load(TOP / "scenarios" / f"{name}.toml"), tmp_path, Run(workers=1))
        for name in ("pact", "no_pact")
    ]
    (figure,) = chosen(open_runs([each.results.folder for each in lived]), ["fourway"])
    assert figure.csv() == (TOP / "docs" / "pictures" / "fourway.csv").read_text("utf-8")
