"""A real browser for the page: headless Chromium without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

REQUIRED = "SIM_BROWSER_REQUIRED"
"""Set in the gate, where a missing browser is a fault and no reason to skip."""
AXE = "SIM_AXE_CORE"
"""Where axe-core's script lies, for the tests of accessibility."""
_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""With which the browser is started: without a network of its own."""
_READY = "document.documentElement.dataset.page === 'ready'"


def missing(what: str) -> None:
    """Skip a test for want of something, or fail where it may not be missing."""
    if os.environ.get(REQUIRED):
        pytest.fail(f"{what}, and {REQUIRED} is set")
    pytest.skip(what)


def chromium() -> str:
    """Return the browser's program."""
    executable = next(filter(None, map(shutil.which, _NAMES)), None)
    if not executable or not find_spec("playwright"):
        missing("Chromium or playwright is not installed")
    return str(executable)


def axe_core() -> str:
    """Return axe-core's script."""
    file = Path(os.environ.get(AXE, ""))
    if not file.is_file():
        missing(f"{AXE} names no file of axe-core")
    return file.read_text("utf-8")


@dataclass
class Visit:
    """A page that was opened, and what it did: asked for, messages to the console, failed at."""

    page: Any
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def ask(self, script: str) -> Any:
        """Return what a script finds on the page."""
        return self.page.evaluate(script)


def watch(visit: Visit) -> None:
    """Record what the page of a visit asks for and says, from now on."""
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("console", lambda message: visit.messages.append(message.text))
    visit.page.on("pageerror", lambda error: visit.messages.append(str(error)))
    visit.page.on("dialog", lambda dialog: visit.messages.append(dialog.message))


_running: list[Any] = []
"""The browser that is under way, if one is."""


@contextmanager
def browsing(*flags: str) -> Iterator[Any]:
    """Yield a browser, which all pages that are visited meanwhile share; `flags` are added."""
    program = chromium()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  not installed everywhere

    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=program, args=[*FLAGS, *flags])
        _running.append(browser)
        try:
            yield browser
        finally:
            _running.remove(browser)
            browser.close()


@contextmanager
def visiting(
    file: Path,
    *,
    query: str = "",
    width: int = 1200,
    height: int = 900,
    scripts: bool = True,
    free: bool = False,
    until: str = _READY,
) -> Iterator[Visit]:
    """Yield a page opened with the network off, once its script has run, or `until` holds.

    `scripts` says whether it may run any; `free` lifts the page's own policy for a test's scripts.
    """
    with nullcontext(_running[-1]) if _running else browsing() as browser:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            offline=True,
            java_script_enabled=scripts,
            bypass_csp=free,
        )
        visit = Visit(context.new_page())
        watch(visit)
        visit.page.goto(f"{file.as_uri()}?{query}" if query else file.as_uri())
        if scripts:
            visit.page.wait_for_function(until, timeout=60_000)
        yield visit
        context.close()
