"""What holds for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

_ENSEMBLES = tuple(Path(__file__).parent / room for room in ("analysis", "model", "scenarios"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Measure no coverage in slow tests of ensembles: they run the same lines many times over."""
    if config.pluginmanager.hasplugin("pytest_cov"):
        for item in items:
            ensemble = any(item.path.is_relative_to(room) for room in _ENSEMBLES)
            if ensemble and item.get_closest_marker("slow"):
                item.add_marker("no_cover")
