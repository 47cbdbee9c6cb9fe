"""The page of a debrief in a real browser, with the network off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.play.debrief.small import small_game, small_page
from tests.report.page.browser import Visit, axe_core, watch

pytestmark = pytest.mark.slow

Open = Callable[..., Visit]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open the page; `free` lifts its policy for a test's scripts."""
    contexts = []

    def opened(width: int = 1200, scheme: str = "light", *, free: bool = False) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            offline=True,
            color_scheme=scheme,
            bypass_csp=free,
        )
        contexts.append(context)
        visit = Visit(context.new_page())
        watch(visit)
        visit.page.goto(small_page().as_uri())
        visit.page.wait_for_function("document.documentElement.dataset.page === 'ready'")
        return visit

    yield opened
    for context in contexts:
        context.close()


def test_it_opens_with_the_network_off_and_asks_for_nothing(open_page: Open) -> None:
    visit = open_page()
    assert visit.requests == [small_page().as_uri()]
    assert visit.messages == []


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (1200, "dark"), (390, "light")])
def test_it_shuts_nobody_out(open_page: Open, width: int, scheme: str) -> None:
    visit = open_page(width, scheme, free=True)
    visit.ask("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    visit.page.add_script_tag(content=axe_core())
    found = visit.ask("axe.run().then(result => result.violations.map(each => each.id))")
    assert found == []
    assert visit.ask("document.documentElement.scrollWidth") <= width


def test_the_file_can_be_taken_home(open_page: Open) -> None:
    visit = open_page()
    with visit.page.expect_download() as download:
        visit.page.click("a[download]")
    assert download.value.suggested_filename == "our_game.toml"
    assert download.value.path().read_bytes() == small_game().loaded.file.read_bytes()


def test_it_prints_on_a_few_pages_without_contents_and_button(open_page: Open) -> None:
    visit = open_page()
    assert 2 <= visit.page.pdf(format="A4").count(b"/Type /Page\n") <= 6
    visit.page.emulate_media(media="print")
    assert visit.page.locator("nav").is_hidden()
    assert visit.page.locator("a[download]").is_hidden()
    assert visit.page.locator("#story").is_visible()
