"""The page in a real browser: it opens without a network, fits a phone, and shuts nobody out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.experiment.run import run_scenario
from sim.report.page.page import write_page
from sim.scenario.load import load_scenario
from tests.report.conftest import WITHOUT, Simulate
from tests.report.page.browser import axe_core, visiting
from tests.report.page.test_page import HOSTILE, MOST_BYTES
from tests.worlds import SCENARIOS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("browser")]

PHONE = 360
"""Pixels of a narrow one, held upright."""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the pact against no pact, as the engine lives them."""
    out = tmp_path_factory.mktemp("real")
    settings = ("worlds=200", "months=24")
    folders = [
        run_scenario(load_scenario(SCENARIOS / f"{name}.toml", settings), out).results.folder
        for name in ("pact", "no_pact")
    ]
    file = out / "page.html"
    write_page(folders, file)
    return file


@pytest.fixture(scope="module")
def hostile(simulate: Simulate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of scenarios whose texts are out for harm."""
    harm = (f"title={HOSTILE}", f"actors.aland.name={HOSTILE}", f"rivalries.strait.name={HOSTILE}")
    file = tmp_path_factory.mktemp("hostile") / "page.html"
    write_page([simulate(*harm), simulate(*WITHOUT, *harm[1:])], file)
    return file


def test_it_is_small_enough_to_send(real: Path) -> None:
    assert real.stat().st_size < MOST_BYTES


def test_it_opens_with_the_network_off_and_asks_for_nothing(real: Path) -> None:
    with visiting(real) as visit:
        assert visit.requests == [real.as_uri()]
        assert visit.messages == []


def test_a_link_opens_the_folded_section_it_leads_to(real: Path) -> None:
    with visiting(real) as visit:
        assert not visit.page.locator("#figure-network").is_visible()
        visit.page.click("nav a[href='#the-network']")
        visit.page.wait_for_selector("#figure-network")
        assert visit.page.locator("#figure-network svg").first.is_visible()


def test_the_contents_stay_in_sight(real: Path) -> None:
    for width in (1280, PHONE):
        with visiting(real, width=width) as visit:
            visit.ask("scrollTo(0, 1500)")
            visit.page.wait_for_function("scrollY > 1000")
            assert 0 <= visit.page.locator("nav").bounding_box()["y"] < 40


def test_two_screens_tell_before_the_rest_is_folded(real: Path) -> None:
    with visiting(real, width=1280) as visit:
        dots = visit.page.locator(".icons svg").first.bounding_box()
        assert dots["y"] + dots["height"] < 450
        assert visit.page.locator(".verdict").first.bounding_box()["y"] < 600
        assert visit.page.locator("#all-outcomes").bounding_box()["y"] < 3000


def test_it_is_dark_where_the_reader_wants_it_dark(real: Path) -> None:
    with visiting(real) as visit:
        shade = "getComputedStyle(document.body).backgroundColor"
        light = visit.ask(shade)
        visit.page.emulate_media(color_scheme="dark")
        dark = visit.ask(shade)
        assert (light, dark) == ("rgb(255, 255, 255)", "rgb(18, 22, 26)")
        line = visit.page.locator("#figure-network text").first
        assert "rgb(230" in line.evaluate("text => getComputedStyle(text).fill")


@pytest.mark.parametrize("opened", [False, True], ids=["closed", "opened"])
def test_a_phone_need_not_be_scrolled_sideways(real: Path, opened: bool) -> None:
    with visiting(real, width=PHONE) as visit:
        visit.ask(
            f"document.querySelectorAll('details').forEach(d => d.open = {str(opened).lower()})"
        )
        assert visit.ask("document.documentElement.scrollWidth") <= PHONE


def test_letters_of_charts_can_be_read_on_a_phone(real: Path) -> None:
    """A chart of its own is drawn for a phone; its letters have 14 pixels at full size."""
    with visiting(real, width=PHONE) as visit:
        visit.ask("document.querySelectorAll('details').forEach(d => d.open = true)")
        shrunk = visit.ask(
            "Math.min(...[...document.querySelectorAll('.chart .narrow svg')]"
            ".map(s => s.getBoundingClientRect().width / s.viewBox.baseVal.width))"
        )
        assert shrunk * 14 > 10.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_shuts_nobody_out(real: Path, scheme: str) -> None:
    script = axe_core()
    with visiting(real, free=True) as visit:
        visit.page.emulate_media(color_scheme=scheme)
        visit.ask(script)
        for opened in ("false", "true"):
            visit.ask(f"document.querySelectorAll('details').forEach(d => d.open = {opened})")
            violations = visit.ask("axe.run()")["violations"]
            found = [(violation["id"], violation["nodes"][0]["html"]) for violation in violations]
            assert found == []


def test_it_prints_on_six_pages_with_its_charts_and_without_its_contents(real: Path) -> None:
    with visiting(real) as visit:
        printed = visit.page.pdf(format="A4")
        assert 3 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 6
        assert not visit.page.locator("#figure-network").is_visible(), "folded again"
        visit.page.emulate_media(media="print")
        visit.ask("dispatchEvent(new Event('beforeprint'))")
        assert visit.page.locator("nav").is_hidden()
        assert visit.page.locator("#figure-network .narrow svg").is_visible()


def test_texts_out_for_harm_do_none(hostile: Path) -> None:
    with visiting(hostile) as visit:
        assert visit.ask("document.pwned") is None
        assert visit.messages == []
        assert visit.requests == [hostile.as_uri()]
        assert HOSTILE in visit.page.inner_text("h1")
