"""What holds for all tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.report.page.browser import browsing
from tests.unmeasured import measure_engine

_ENGINE = Path(__file__).parent / "model"
_ENSEMBLES = (_ENGINE, *(Path(__file__).parent / room for room in ("analysis", "scenarios")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, and measure no coverage in slow tests of ensembles."""
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    size = Counter(item.path for item in items)
    items.sort(key=lambda item: (not slow[item.path], -size[item.path], item.path))
    if config.pluginmanager.hasplugin("pytest_cov"):
        for item in items:
            if item.get_closest_marker("slow") and _is_in(item, *_ENSEMBLES):
                item.add_marker("no_cover")  # it executes the same lines many times over


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where coverage is measured, measure that of the engine in its own tests only."""
    if item.config.pluginmanager.hasplugin("_cov"):
        measure_engine(_is_in(item, _ENGINE))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser, started once for the tests of a file."""
    with browsing() as running:
        yield running


def _is_in(item: pytest.Item, *rooms: Path) -> bool:
    return any(item.path.is_relative_to(room) for room in rooms)
