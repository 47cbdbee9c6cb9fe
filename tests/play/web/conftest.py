"""A class that is open, and who is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sim.play.web.app import create_app
from sim.play.web.state import Web
from tests.play.web.fake import HOST, Visitor, open_web, teacher_of


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    """A class with one room."""
    opened = open_web(tmp_path / "class.db")
    yield opened
    opened.desk.classroom.close()


@pytest.fixture
def client(web: Web) -> Iterator[TestClient]:
    """Its server."""
    with TestClient(create_app(web), HOST) as running:
        yield running


@pytest.fixture
def phone(client: TestClient) -> Visitor:
    """A phone that has joined; the first belongs to Russia."""
    return Visitor(client).join()


@pytest.fixture
def teacher(client: TestClient) -> Visitor:
    """The teacher's browser."""
    return teacher_of(client)
