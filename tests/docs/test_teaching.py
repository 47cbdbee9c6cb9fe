"""The kit for teaching: its figures are pasted, its pages print, its notebook runs."""

from __future__ import annotations

import ast
import json
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click
import pytest
import typer

from sim.cli.app import app
from sim.scenario.load import load_scenario
from tests.docs.pages import TOP, name, text
from tests.report.page.browser import chromium

FOLDER = TOP / "docs" / "teaching"
PAGES = sorted(FOLDER.rglob("*.md"))
NOTEBOOK = FOLDER / "notebook.ipynb"
sys.path.insert(0, str(TOP / ".ci"))
teaching = import_module("teaching")
handouts = import_module("handouts")
numbers = import_module("teaching_numbers")
RENEW = "python .ci/renew.py pastes it anew"
_FIGURE = re.compile(r"\d[\d.,]*(?: to \d[\d.,]*)?(?:%| pp\b| per ?cent)")
_ARITHMETIC = {"95%"}
"""What a page may say by itself: the name of an interval."""


def outside_places(page: str) -> str:
    """Return a page without what is pasted into it."""
    return str(teaching.PLACE.sub("", page))


# -- figures ----------------------------------------------------------------------------------


def test_every_page_is_as_the_script_leaves_it() -> None:
    figures = teaching.read_figures(teaching.FIGURES)
    stale = [name(page) for page in PAGES if teaching.paste(text(page), figures) != text(page)]
    assert stale == [], RENEW


def test_every_stored_figure_is_quoted_and_none_is_missing() -> None:
    stored = teaching.read_figures(teaching.FIGURES)
    assert list(stored) == teaching.list_figures(map(text, PAGES)), RENEW


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_share_and_no_difference_is_typed_by_hand(page: Path) -> None:
    found = {match[0] for match in _FIGURE.finditer(outside_places(text(page)))}
    assert found - _ARITHMETIC == set()


def test_a_typed_share_would_be_noticed() -> None:
    page = "In <!-- = pact:war_wider -->18%<!-- . --> and 17% of worlds, 3 to 4 pp more."
    assert _FIGURE.findall(outside_places(page)) == ["17%", "3 to 4 pp"]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_place_in_a_line_does_not_begin_it(page: Path) -> None:
    """Markdown would take the whole line for HTML, and render nothing in it."""
    lines = text(page).splitlines()
    assert [line for line in lines if re.match(r" {0,3}<!-- = .+<!-- \. -->", line)] == []


@pytest.mark.slow
def test_stored_figures_are_those_of_a_smaller_sample_within_its_error() -> None:
    shares: dict[str, str] = teaching.read_figures(teaching.FIGURES)
    names = [key for key in shares if key.startswith("pact:") and "%" in shares[key]]
    worlds = 200
    sample = numbers.Counter(worlds, workers=1).count_all(names)
    for key in names:
        stored, found = (float(each[key].strip("%")) / 100 for each in (shares, sample))
        error = (max(stored * (1 - stored), 0.01) / worlds) ** 0.5
        assert abs(stored - found) < 4.5 * error, f"{key}: {RENEW}"


# -- sheets -----------------------------------------------------------------------------------


def test_every_actor_of_the_pact_has_its_sheet() -> None:
    actors = load_scenario(TOP / "scenarios" / "pact.toml").scenario.actors
    assert {page.stem for page in (FOLDER / "roles").glob("*.md")} == set(actors)


def test_every_sheet_cites_claims_of_the_article() -> None:
    for page in (FOLDER / "roles").glob("*.md"):
        assert re.search(r"\(A\d\d", text(page)), name(page)


def test_every_page_of_the_kit_is_a_handout() -> None:
    printed = {page for each in handouts.list_handouts(FOLDER) for page in each.pages}
    assert {page for page in PAGES if page.name != "roles.md"} == printed


def test_a_handout_needs_no_other_file() -> None:
    for handout in handouts.list_handouts(FOLDER):
        page = handouts.render_handout(handout)
        assert not re.search(r"(?:src|href)=|url\(|@import", page), handout.name
        assert "toctree" not in page
        assert "<!-- =" not in page


@pytest.mark.slow
def test_role_sheets_take_a_sheet_each_and_slides_twelve(tmp_path: Path) -> None:
    chromium()
    chosen = ("role-", "slides", "predictions", "orders")
    printed = [each for each in handouts.list_handouts(FOLDER) if each.name.startswith(chosen)]
    files = handouts.write_html(printed, tmp_path)
    sheets = {pdf.stem: handouts.count_sheets(pdf) for pdf in handouts.print_pdfs(files)}
    assert sheets.pop("slides") == 12
    assert sheets.pop("predictions") == 3
    assert sheets.pop("orders") == 2
    assert len(sheets) == 8
    assert set(sheets.values()) == {1}


# -- notebook ---------------------------------------------------------------------------------


def code_cells() -> list[str]:
    """Return the cells with code."""
    cells: list[dict[str, Any]] = json.loads(text(NOTEBOOK))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_the_notebook_holds_no_results() -> None:
    cells = [cell for cell in json.loads(text(NOTEBOOK))["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 5
    assert [cell for cell in cells if cell["outputs"] or cell["execution_count"]] == []


@pytest.mark.slow
def test_the_notebook_runs_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    for cell in code_cells():
        *statements, last = ast.parse(cell.replace("WORLDS = 500", "WORLDS = 60")).body
        exec(compile(ast.Module(statements, []), "notebook", "exec"), known)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), "notebook", "eval"), known)
            assert shown is None or len(shown), cell
        else:
            exec(compile(ast.Module([last], []), "notebook", "exec"), known)
    assert "World 17" in capsys.readouterr().out


# -- what the pages say of the game ------------------------------------------------------------

LABELS = {
    "class": (
        *("Projector", "Close the lobby", "Begin the first quarter", "End the quarter's orders"),
        *("Add a minute", "Pause", "Release", "One laptop, or paper sheets"),
        *("Paper sheets are typed in", "Scenario file of this game", "End the game"),
        *("Which decisions could be changed?", "Make the debrief: 1,000 worlds"),
        *("With 10,000 worlds, in some minutes", "Open the debrief"),
    ),
    "room": ("Release",),
}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_option_of_a_command_exists(page: Path) -> None:
    commands = cast(click.Group, typer.main.get_command(app)).commands
    for line in re.findall(r"^sim .*$|`sim [^`\n]+`", text(page), re.MULTILINE):
        command, *words = line.strip("`").removeprefix("sim ").split()
        known = {option for each in commands[command].params for option in each.opts}
        assert {word for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize("page", LABELS)
def test_a_button_is_called_as_on_the_page(page: str) -> None:
    web = TOP / "sim" / "play" / "web"
    shown = "".join(map(text, [*web.glob("pages/*.html"), *web.glob("static/*.js")]))
    for label in LABELS[page]:
        assert f"*{label}*" in text(FOLDER / f"{page}.md")
        assert label in shown
