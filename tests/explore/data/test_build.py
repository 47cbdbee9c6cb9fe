"""The header is laid out as it was, as documented, and the same every time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sim.explore.data.pack import encode_pack
from tests.docs.pages import TOP
from tests.explore.data import golden

FORMAT = TOP / "docs" / "explorer-data.md"


def keys_of(part: Any) -> Iterator[str]:
    """Yield every key of an outline."""
    match part:
        case dict():
            for name, item in part.items():
                yield name
                yield from keys_of(item)
        case list():
            for item in part:
                yield from keys_of(item)


def test_the_header_is_laid_out_as_a_page_of_before_expects(built: dict[str, Any]) -> None:
    stored = json.loads(golden.FILE.read_text("utf-8"))
    assert golden.outline(built) == stored


def test_the_page_on_the_format_names_every_key() -> None:
    stored = json.loads(golden.FILE.read_text("utf-8"))
    named = set(re.findall(r"`([a-z_]+)`", FORMAT.read_text("utf-8")))
    assert sorted(set(keys_of(stored)) - named - {"<term>"}) == []


def test_a_pack_takes_less_than_700_bytes_for_a_world_of_both_sides(built: dict[str, Any]) -> None:
    header = built | {"glossary": {}}
    assert len(encode_pack(header)) < 700 * built["worlds"]


def test_the_header_says_what_was_simulated_from_what(built: dict[str, Any]) -> None:
    assert built["worlds"] == 210
    assert [side["name"] for side in built["sides"]] == ["pact", "no_pact"]
    assert all(len(side["scenario"]["digest"]) == 64 for side in built["sides"])
