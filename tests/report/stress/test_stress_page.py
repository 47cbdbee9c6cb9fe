"""The page of a stress test holds its heat maps, fetches nothing, and is harmed by no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.analysis.stress.matrix import SIDES, StressMatrix
from sim.analysis.stress.openings import list_openings
from sim.analysis.stress.simulate import simulate_stress
from sim.cli.app import app
from sim.errors import RequestError
from sim.report.figures.figure import read_number
from sim.report.stress.heat_map import plot_stress
from sim.report.stress.page import render_stress_page, write_stress_page
from tests.report.page.html import Page
from tests.scenario.folder import Folder
from tests.worlds import tangle, treaty

HOSTILE = "</title><script>document.pwned=1</script>\"'{{7*7}}<img src=x onerror=document.pwned=1>"
WITHOUT = {"treaties__pact": treaty("patron", "member", concluded=False), "title": "No pact"}


@pytest.fixture(scope="module")
def matrices() -> list[StressMatrix]:
    scenarios = tangle(description="A tangle of quarrels."), tangle(**WITHOUT)
    openings = list_openings(scenarios[0])
    return [simulate_stress(scenario, openings, 200, months=4) for scenario in scenarios]


@pytest.fixture(scope="module")
def page(matrices: list[StressMatrix]) -> str:
    return render_stress_page(matrices, ("sim", "stress", "a.toml", "b.toml"))


def test_there_is_a_heat_map_for_each_side_and_for_each_difference(
    matrices: list[StressMatrix],
) -> None:
    names = [figure.name for figure in plot_stress(matrices)]
    assert names == [f"stress-{side}" for side in SIDES] + [f"difference-1-{s}" for s in SIDES]
    assert [figure.name for figure in plot_stress(matrices[:1])] == names[:2]


def test_a_tile_is_a_cell_of_the_matrix(matrices: list[StressMatrix]) -> None:
    figure = plot_stress(matrices)[0]
    for row in figure.table:
        cell = matrices[0].aid(str(row["opening"]), str(row["actor"]), "attacked")
        assert (read_number(row, "value"), read_number(row, "low")) == cell[:2]
    assert len(figure.table) == sum(len(matrices[0].actors) - 2 for _ in matrices[0].openings)


def test_a_difference_is_printed_where_its_interval_excludes_zero(
    matrices: list[StressMatrix],
) -> None:
    rows = plot_stress(matrices)[2].table
    printed = {bool(row["shown"]) for row in rows if read_number(row, "value") == 0}
    assert printed == {False}
    (patron,) = [r for r in rows if (r["opening"], r["actor"]) == ("feud:rival@war", "patron")]
    assert str(patron["shown"]).startswith("+")


def test_every_figure_can_be_drawn(matrices: list[StressMatrix]) -> None:
    for figure in plot_stress(matrices):
        assert figure.render_svg().startswith("<svg")
        assert figure.finding
        assert figure.render_csv().count("\n") == len(figure.table) + 1


def test_nothing_is_fetched_and_every_figure_has_its_words_and_its_table(page: str) -> None:
    tags = Page(page)
    assert not [link for link in tags.all("src") if not link.startswith("data:")]
    assert tags.headings_skip_no_level()
    ids = tags.all("id")
    assert len(ids) == len(set(ids))
    assert len(tags.named("figure")) == 4
    assert len(tags.named("details")) == 4


def test_it_says_what_is_found_what_is_built_in_and_how_to_have_it_again(page: str) -> None:
    text = Page(page).text
    assert "The quarrel against No pact: help differs in" in text
    assert "By construction, not a finding: Only a promise can be refused" in text
    assert "A tangle of quarrels." in text
    assert "sim stress a.toml b.toml" in text
    assert "still at war" in text


def test_no_text_of_a_scenario_harms_the_page() -> None:
    scenario = tangle(title=HOSTILE, description=HOSTILE, actors__patron__name=HOSTILE)
    matrix = simulate_stress(scenario, list_openings(scenario)[:1], 20, months=1)
    hostile = render_stress_page([matrix])
    assert "<script>document.pwned" not in hostile
    assert Page(hostile).named("img") == []
    assert len(Page(hostile).named("script")) == 1


def test_a_page_is_not_written_over(tmp_path: Path, matrices: list[StressMatrix]) -> None:
    file = tmp_path / "page.html"
    write_stress_page(file, matrices[:1])
    assert file.read_text("utf-8").startswith("<!doctype html>")
    with pytest.raises(RequestError, match="already exists; name another file"):
        write_stress_page(file, matrices)


def test_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Folder.at(tmp_path)
    words = ("stress", "whole.toml", "--worlds", "20", "--months", "1", "--html", "crises.html")
    result: Result = CliRunner(env={"COLUMNS": "80"}).invoke(app, words)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "crises.html"
    assert "sim stress whole.toml" in (tmp_path / "crises.html").read_text("utf-8")
