"""Results show themselves in a notebook, and give frames and charts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

import sim
from sim.analysis.data.frames import Frames
from sim.analysis.data.notebook import format_cells, render_notebook
from sim.errors import RequestError
from tests.api.conftest import WITHOUT
from tests.scenario.folder import Folder


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Frames, Frames]]:
    """Return two runs in paired worlds, in the working folder."""
    folder = Folder.at(tmp_path_factory.mktemp("runs"))
    folder.write("without.toml", WITHOUT)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.path)
        yield tuple(sim.run(name, worlds=30, months=2) for name in ("whole", "without"))  # type: ignore[misc]


def test_a_heading_sentences_and_tables_become_a_page() -> None:
    page = render_notebook("A < B", "One & two.", pd.DataFrame({"x": [0.123456, None]}))
    assert "<strong>A &lt; B</strong>" in page
    assert "<p>One &amp; two.</p>" in page
    assert "0.1235" in page
    assert "n/a" in page


def test_shares_are_percentages_and_amounts_are_not() -> None:
    values = pd.DataFrame({"value": [0.256, 12.3456, None]})
    units = pd.Series(["share of worlds", "thousand", "share of worlds"])
    assert format_cells(values, units)["value"].tolist() == ["25.6%", "12.35", "n/a"]


def test_a_run_shows_its_short_table(runs: tuple[Frames, Frames]) -> None:
    page = runs[0]._repr_html_()
    assert "The strait: 30 worlds" in page
    assert page.count("<tr>") == len(runs[0].scenario.headlines)
    assert "not forecasts" in page


def test_a_sweep_shows_its_points(runs: tuple[Frames, Frames]) -> None:
    points = sim.sweep("whole", vary="treaties.pact.concluded=true,false", worlds=10, months=1)
    assert "10 worlds at each of 2 points" in points._repr_html_()


def test_a_comparison_shows_findings_and_differences(runs: tuple[Frames, Frames]) -> None:
    compared = sim.compare(*runs)
    page = compared._repr_html_()
    assert compared.findings
    assert all(text.partition("<")[0][:20] in page for text in compared.findings)
    assert compared.frame().equals(compared.differences)
    assert isinstance(compared.chart(), alt.LayerChart)


def test_figures_are_shown_changed_and_written(runs: tuple[Frames, Frames], tmp_path: Path) -> None:
    drawn = sim.plot(*runs, figure="outcomes", form="svg", out=tmp_path)
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["outcomes.csv", "outcomes.svg"]
    assert drawn.frame()["name"].tolist() == ["outcomes"]
    assert "<svg" in drawn._repr_html_()
    changed = sim.chart(*runs, figure="outcomes").properties(width=500)
    assert changed.to_dict()["width"] == 500
    with pytest.raises(RequestError, match=r"figure fan: is \d+ figures\n    allowed: fan-"):
        sim.chart(runs[0], figure="fan")


def test_a_page_is_written_once(runs: tuple[Frames, Frames], tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert sim.page(runs[0], html=file) == file
    with pytest.raises(RequestError, match="exists"):
        sim.page(runs[0], html=file)


def test_what_was_run_is_a_frame(runs: tuple[Frames, Frames]) -> None:
    listed = sim.results()
    assert {str(run.folder.as_posix()) for run in runs} <= set(listed["folder"])
    assert sim.results("gone").empty


def test_two_histories_are_compared(runs: tuple[Frames, Frames]) -> None:
    divergence = sim.diff(*runs, world=3)
    assert divergence.frame()["key"].tolist() == ["treaties.pact.concluded"]
    assert repr(divergence) == "<World 3, in whole and in without>"
    assert str(divergence) != divergence.page
    assert divergence.record
    assert "treaties.pact.concluded" in divergence._repr_html_()
    with pytest.raises(RequestError, match="seed is"):
        sim.diff("whole", sim.read_scenario("without", seed=8), world=3)


def test_a_story_is_told_of_a_scenario_at_hand(runs: tuple[Frames, Frames]) -> None:
    told = sim.tell(sim.read_scenario("whole", months=2), world=3)
    assert told.record["world"] == 3


def test_a_difference_is_split_among_mechanisms(runs: tuple[Frames, Frames]) -> None:
    scenario = sim.read_scenario("without")
    split = sim.attribute("whole", scenario, mechanism="memory", worlds=10, months=1)
    assert split.frame().groupby("measure").size().unique().tolist() == [3]
    assert "What makes whole differ from no_promise" in split._repr_html_()


def test_alignments_are_a_frame(runs: tuple[Frames, Frames]) -> None:
    assert sim.landscape("whole", worlds=10)["deepest"].sum() == 10


def test_a_scenario_at_hand_is_run_as_its_file_is(runs: tuple[Frames, Frames]) -> None:
    """It is another folder, named after the title, of the same digest."""
    run = sim.run(sim.read_scenario("whole"), worlds=30, months=2)
    assert run.folder.name == runs[0].folder.name.replace("whole", "the_strait")
    assert run.worlds.equals(runs[0].worlds)
    assert run.manifest["bibliography"] != {}


def test_one_part_of_the_validation_is_a_frame() -> None:
    found = sim.validate(part="published")
    assert "met" in set(found.frame()["verdict"])
    assert list(found.summary)
    assert "T1" in found._repr_html_()
    with pytest.raises(RequestError, match="questions: only the part hindcast"):
        sim.validate(part="published", questions="x.csv")
