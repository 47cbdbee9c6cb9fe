"""The documentation site is built without a warning, from one host, and works opened from disk."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import sim
from sim.cli.app import COMMANDS
from sim.model.model import AllianceModel
from tests.docs.pages import SCHEDULE, TOP, name, text
from tests.docs.pages import pages as sources
from tests.docs.site import Page, build, foreign, in_style, leading_nowhere, pages
from tests.report.page.browser import visiting

MONTH = TOP / "docs" / "pictures" / "month.svg"
_LOADED = "document.readyState === 'complete'"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.getbasetemp()
    return build((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "site")


@pytest.mark.slow
def test_every_page_of_the_project_is_on_the_site(site: Path) -> None:
    expected = [site / name(page).replace(".md", ".html") for page in sources()]
    assert [page for page in expected if not page.is_file()] == []


@pytest.mark.slow
def test_no_page_takes_anything_from_another_host(site: Path) -> None:
    taken = {page.file.name: foreign(page.assets) for page in pages(site).values()}
    assert {page: urls for page, urls in taken.items() if urls} == {}
    styles = {file: foreign(in_style(text(file))) for file in site.rglob("*.css")}
    assert styles
    assert {file: urls for file, urls in styles.items() if urls} == {}


@pytest.mark.slow
def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    assert list(leading_nowhere(pages(site))) == []


@pytest.mark.slow
def test_the_reference_has_every_command_function_key_and_source(site: Path) -> None:
    reference = site / "docs" / "reference"
    commands = Page(reference / "commands.html").anchors
    assert {f"command-{command.__name__}" for command in COMMANDS} <= commands
    public = {f"sim.{name}" for name in sim.__all__ if not name.startswith("_")}
    assert public <= Page(reference / "python.html").anchors
    assert "source-leeds-2003-io" in Page(reference / "sources.html").anchors
    assert "<code" in (keys := text(reference / "keys.html"))
    assert {"reputation", "ratification"} <= set(re.findall(r">(\w+)</span>", keys))
    assert "war_wider" in text(reference / "measures.html")


@pytest.mark.slow
def test_a_key_of_the_bibliography_links_to_its_entry(site: Path) -> None:
    assert (
        "../reference/sources.html#source-fearon-1995"
        in Page(site / "docs" / "model" / "submodels.html").links
    )


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
def test_equations_are_drawn_by_the_browser_without_a_network(site: Path) -> None:
    with visiting(site / "docs" / "model" / "responses.html", until=_LOADED) as visit:
        heights = visit.ask(
            "[...document.querySelectorAll('math')].map(m => m.getBoundingClientRect().height)"
        )
        assert len(heights) > 40
        assert min(heights) > 5
        assert max(heights) > 30  # a fraction stands in two storeys
        assert "\\" not in visit.ask("document.querySelector('math').textContent")
        assert visit.ask("document.fonts.check('16px \"STIX Two Math\"', '\\u2211')")
        assert [url for url in visit.requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
def test_search_finds_a_page_opened_from_disk(site: Path) -> None:
    shown = "document.querySelectorAll('#search-results li').length > 0"
    with visiting(site / "search.html", query="q=entrapment", until=shown) as visit:
        first = visit.ask("document.querySelector('#search-results li a').innerText")
        assert first == "Glossary"  # a definition, and no attribute of a module
        assert [url for url in visit.requests if not url.startswith(("file:", "data:"))] == []
        assert [message for message in visit.messages if "rror" in message] == []


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("width", [400, 1200])
@pytest.mark.parametrize(
    "page",
    ["docs/model/purpose", "docs/model/allies", "docs/levers", "docs/reference/keys", "README"],
)
def test_a_wide_table_scrolls_and_the_page_does_not(site: Path, page: str, width: int) -> None:
    with visiting(site / f"{page}.html", width=width, until=_LOADED) as visit:
        assert visit.ask("document.documentElement.scrollWidth") <= width


def test_the_picture_of_the_month_has_the_steps_of_the_model() -> None:
    order = r"^ *(\d+)\. "
    steps = re.findall(order, AllianceModel.step.__doc__ or "", re.MULTILINE)
    assert re.findall(r">(\d+)</text>", text(MONTH)) == steps
    assert re.findall(order, text(SCHEDULE), re.MULTILINE) == steps


def test_what_a_page_takes_from_another_host_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        '<script src="//cdn.example/x.js"></script><img src="a.png"><a href="https://b.example">'
        '<link href="https://fonts.example/f.css" rel="stylesheet">'
        '<p style="background: url(https://c.example/c.png)">'
    )
    assert foreign(Page(file).assets) == [
        "//cdn.example/x.js",
        "https://fonts.example/f.css",
        "https://c.example/c.png",
    ]
    sheet = "@import 'https://d.example/d.css'; a {src: url(data:font/woff2;base64,AA)}"
    assert foreign(in_style(sheet)) == ["https://d.example/d.css"]


def test_a_link_of_the_site_to_nowhere_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        '<p id="here"><a href="#here"><a href="#gone"><a href="gone.html"><a href="page.html#here">'
    )
    assert list(leading_nowhere(pages(tmp_path))) == ["page.html: #gone", "page.html: gone.html"]
