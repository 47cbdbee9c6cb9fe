"""Fixtures of the tests of conditioning: one run of the planted engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.experiment.storage.results import Results
from tests.analysis.conditioning import planted


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    """A run of the planted engine, simulated once; tests only read it."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        planted.put(monkeypatch)
        yield planted.run(tmp_path_factory.mktemp("planted"))
