"""The panel of the served page in a real browser: it asks its own host, and shows the newest."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from sim.explore.build import PackOptions, build_pack
from sim.explore.page import render_page
from sim.explore.serve.app import create_app
from sim.explore.serve.guard import LOOPBACK
from sim.explore.serve.run import ANEW_SCRIPT, open_socket
from tests.explore.serve.fake import anew, sides
from tests.report.page.browser import axe_core

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a served page."""
    header = build_pack(sides(), PackOptions(("sim", "explore")).quick())
    app = create_app(anew(render_page(header, ANEW_SCRIPT.read_text("utf-8"))))
    listening = open_socket(0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://{LOOPBACK}:{listening.getsockname()[1]}/"
    server.should_exit = True
    thread.join(30)
    listening.close()


def test_a_number_is_simulated_anew_and_mistakes_are_said(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    page.wait_for_selector("body.ready", timeout=60_000)
    page.wait_for_selector("#anew-form", timeout=60_000)
    page.locator("[data-number]").first.fill("0.3")
    page.wait_for_selector("#anew-table tbody tr", timeout=60_000)
    assert f"{len(sides().worlds)} worlds simulated anew" in page.inner_text("#anew-status")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("summary", has_text="Other settings").click()
    page.locator("#anew-lines").fill("rules.honour.reputaton = 1")
    page.locator("#anew-status", has_text="rules.honour.reputaton: unknown key").wait_for()
    page.locator("#anew-lines").fill("")
    page.wait_for_selector("#anew-table tbody tr")
    page.locator("#anew-reset").click()
    assert page.locator("[data-number]").first.input_value() == ""
    assert {url.startswith((address, "data:", "blob:")) for url in asked} == {True}
    assert faults == []
    page.evaluate(axe_core())
    found = page.evaluate("axe.run('#anew', {resultTypes: ['violations']})")
    assert [each["id"] for each in found["violations"]] == []
    page.close()
