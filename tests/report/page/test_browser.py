"""The page in a real browser: it opens without a network, fits a phone, and shuts nobody out."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.run import run_scenario
from sim.report.page.page import write_page
from sim.scenario.load import load_scenario
from tests.report.conftest import WITHOUT, Simulate
from tests.report.page.browser import axe_core, visiting
from tests.report.page.test_page import HOSTILE, MOST_BYTES
from tests.worlds import SCENARIOS

pytestmark = pytest.mark.slow

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


def test_every_chart_comes_alive_and_answers_to_the_pointer(real: Path) -> None:
    with visiting(real) as visit:
        alive = visit.ask("document.querySelectorAll('.chart .vega-embed svg').length")
        assert alive == visit.ask("document.querySelectorAll('.chart').length") > 20
        bars = visit.page.locator("#figure-outcomes .mark-rect path")
        widest = max(bars.all(), key=lambda bar: float(bar.bounding_box()["width"]))
        widest.hover(position={"x": 12, "y": 12})  # beyond what the outline adds to its box
        visit.page.wait_for_selector("#vg-tooltip-element.visible")
        assert "the war under way ends" in visit.page.inner_text("#vg-tooltip-element")


def test_without_scripts_every_chart_is_drawn(real: Path) -> None:
    with visiting(real, scripts=False) as visit:
        assert visit.page.locator(".chart svg").count() == visit.page.locator(".chart").count() > 20


@pytest.mark.parametrize("opened", [False, True], ids=["closed", "opened"])
def test_a_phone_need_not_be_scrolled_sideways(real: Path, opened: bool) -> None:
    with visiting(real, width=PHONE) as visit:
        visit.ask(
            f"document.querySelectorAll('details').forEach(d => d.open = {str(opened).lower()})"
        )
        assert visit.ask("document.documentElement.scrollWidth") <= PHONE


def test_letters_of_charts_can_be_read_on_a_phone(real: Path) -> None:
    """Charts shrink with the screen, their letters with them: 11 pixels at full size."""
    with visiting(real, width=PHONE) as visit:
        shrunk = visit.ask(
            "Math.min(...[...document.querySelectorAll('.chart svg')]"
            ".map(s => s.getBoundingClientRect().width / s.viewBox.baseVal.width))"
        )
        assert shrunk * 11 > 8.5


@pytest.mark.parametrize("opened", [False, True], ids=["closed", "opened"])
def test_it_shuts_nobody_out(real: Path, opened: bool) -> None:
    script = axe_core()
    with visiting(real, free=True) as visit:
        visit.ask(
            f"document.querySelectorAll('details').forEach(d => d.open = {str(opened).lower()})"
        )
        visit.ask(script)
        violations = visit.ask("axe.run()")["violations"]
        assert [(violation["id"], violation["nodes"][0]["html"]) for violation in violations] == []


def test_it_prints_with_its_charts_and_without_what_only_a_screen_needs(real: Path) -> None:
    with visiting(real) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.locator("nav").is_hidden()
        assert visit.page.locator("#figure-outcomes .chart svg").is_visible()
        assert len(visit.page.pdf(format="A4")) > 50_000


def test_texts_out_for_harm_do_none(hostile: Path) -> None:
    with visiting(hostile) as visit:
        assert visit.ask("document.pwned") is None
        assert visit.messages == []
        assert visit.requests == [hostile.as_uri()]
        assert HOSTILE in visit.page.inner_text("h1")
