"""Fixtures of the tests of the pack: the pact against no pact, and what is packed of them."""

from __future__ import annotations

from typing import Any

import pytest

from sim.explore.data.pack import decode_pack, encode_pack
from sim.explore.sides import Sides, open_sides
from tests.explore.data import golden
from tests.explore.small import folder_of


@pytest.fixture(scope="session")
def sides() -> Sides:
    """The pact against no pact."""
    return open_sides([folder_of("pact"), folder_of("no_pact")])


@pytest.fixture(scope="session")
def built(sides: Sides) -> dict[str, Any]:
    """Their header, with choices and crises of few worlds."""
    return golden.build(sides)


@pytest.fixture(scope="session")
def header(built: dict[str, Any]) -> dict[str, Any]:
    """What a reader of their pack finds."""
    return decode_pack(encode_pack(built))
