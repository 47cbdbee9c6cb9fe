"""A page of a pack made by hand, opened in a browser that is started once for each module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from sim.explore.page import render_page
from tests.explore.sample_pack import sample_pack
from tests.report.page.browser import Visit, watch

READY = "document.documentElement.dataset.ready"
"""Set once the worlds are unpacked and drawn."""
Open: TypeAlias = Callable[..., Visit]
"""Opens a page; see `open_page`."""


@pytest.fixture(scope="session")
def pack() -> dict[str, Any]:
    """A pack of a thousand worlds of two scenarios."""
    return sample_pack(1000)


@pytest.fixture(scope="session")
def page_file(pack: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page."""
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(render_page(pack), "utf-8")
    return file


@pytest.fixture
def open_page(browser: Any, page_file: Path) -> Iterator[Open]:
    """Open the page with the network off; `address` is what follows the file, from #."""
    contexts = []

    def open_(
        address: str = "",
        file: Path = page_file,
        before: str = "",
        until: str = READY,
        width: int = 1280,
        **context: Any,
    ) -> Visit:
        size = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=size, offline=True, **context))
        visit = Visit(contexts[-1].new_page())
        watch(visit)
        if before:
            visit.page.add_init_script(before)
        visit.page.goto(file.as_uri() + address)
        if until:
            visit.page.wait_for_function(until, timeout=60_000)
        return visit

    yield open_
    for context in contexts:
        context.close()
