"""What the page says beyond its figures: what it depends on, who comes, two worlds."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.analysis.stories.short_story import ShortLine, ShortStory
from sim.analysis.stress.openings import list_openings
from sim.analysis.stress.simulate import simulate_stress
from sim.experiment.run import run_scenario
from sim.report.figures.aggregates import pair_runs
from sim.report.page import lead, tales, who_comes
from sim.report.page.hinges import list_hinges
from sim.report.page.page import PageOptions, render_page
from sim.report.page.tales import begin_tales
from sim.report.run_view import Run, open_runs
from tests.report.page.html import Page
from tests.scenario.folder import Folder
from tests.worlds import tangle, treaty


def test_the_first_sentence_and_the_dots_are_of_the_outcome_that_differs_most(
    run_pair: list[Run],
) -> None:
    pairs = pair_runs(run_pair)
    array = lead.build_lead_array(run_pair, pairs)
    assert array
    assert [(group.worlds, group.label) for group in array.groups] == [
        (25, "new war anywhere only in The strait"),
        (17, "new war anywhere only in No pact"),
        (8, "in both"),
        (50, "in neither"),
    ]
    assert lead.write_lead(run_pair, pairs) == "None of 3 outcomes changes clearly."


def test_a_run_alone_shows_its_most_and_its_least_frequent_outcome(single_run: list[Run]) -> None:
    array = lead.build_lead_array(single_run, [])
    assert array
    assert sum(group.worlds for group in array.groups) == 100
    share = single_run[0].results.metrics["war_any"].value
    assert share
    assert f"in {share:.0%} of worlds" in lead.write_lead(single_run, [])


def test_a_run_without_outcomes_says_so(single_run: list[Run]) -> None:
    run = replace(single_run[0])
    run.__dict__["headline_measures"] = ()
    assert lead.build_lead_array([run], []) is None
    assert "no yes-or-no outcome" in lead.write_lead([run], [])


def test_two_worlds_are_told_with_the_draw_that_might_have_gone_otherwise(
    single_run: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tales, "short_stories", _tell)
    typical, surprising = begin_tales(single_run[0])()
    assert (typical.heading, surprising.heading) == ("A typical world", "A surprising world")
    assert typical.command.endswith(f"--world {typical.story.world}")
    text = Page(render_page(single_run)).text
    assert "Jun 2024 Nothing much. (chance 4%)" in text
    assert "Lesser turning points left out: 2." in text
    assert "Had one draw gone otherwise: much else." in text


def _tell(_scenario: object, worlds: list[int]) -> list[ShortStory]:
    return [_tell_one(world) for world in worlds]


def _tell_one(world: int) -> ShortStory:
    line = ShortLine(1, "Jun 2024", "Nothing much.", "chance 4%")
    turned = SimpleNamespace(text="much else.")
    return ShortStory(world, f"World {world}: calm", (line,), 2, "Routine: none.", turned)  # type: ignore[arg-type]


def test_worlds_of_another_engine_are_not_told(
    single_run: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.report.run_view.engine_fingerprint", lambda: "another")
    assert begin_tales(single_run[0])() == []
    text = Page(render_page(single_run)).text
    assert "Two of the worlds" not in text
    assert "Not on this page: The network: " in text


def test_what_happens_depends_on_the_numbers_that_move_it(tmp_path: Path) -> None:
    folder = Folder.at(tmp_path)
    results = run_scenario(folder.load("worlds=400", "months=6"), tmp_path / "results").results
    for line in list_hinges(open_runs([results.folder])[0]):
        assert line.low != line.high
        assert 0 <= line.low_place <= 100
        assert line.low_range.startswith("below ")
        assert line.high_range.startswith("above ")


@pytest.fixture(scope="module")
def rich(pact: Path) -> str:
    """The page of one run with everything that can be asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(who_comes, "_WORLDS", 20)
        patch.setattr(who_comes, "_MONTHS", 1)
        options = PageOptions(stress=True, explorer=Path("explore.html"))
        return render_page(open_runs([pact]), options)


def test_who_comes_is_on_the_page_on_request(rich: str) -> None:
    page = Page(rich)
    assert "Per cent of 20 worlds of each crisis" in page.text
    assert "Crises are opened on request" not in page.text
    shares = [tag["style"] for tag in page.named("td") if tag.get("style")]
    assert shares
    assert all(re.fullmatch(r"--share: \d+%", style) for style in shares)


def test_the_explorer_is_linked_where_it_is_named(rich: str) -> None:
    assert "explore.html" in Page(rich).all("href")
    assert "--explorer explore.html --stress" in Page(rich).text


def test_a_clear_change_of_who_comes_is_printed_and_the_two_sides_are_empty() -> None:
    without = {"treaties__pact": treaty("patron", "member", concluded=False)}
    scenarios = tangle(), tangle(**without)
    openings = [each for each in list_openings(scenarios[0]) if str(each) == "feud:rival@war"]
    matrices = [simulate_stress(scenario, openings, 100, months=3) for scenario in scenarios]
    tiles = dict(zip(matrices[0].actors, who_comes._list_tiles(matrices, openings[0]), strict=True))
    assert tiles["patron"].change.startswith("+")
    assert tiles["patron"].text == f"{100 * tiles['patron'].share:.0f}"
    assert tiles["rival"].text == ""
