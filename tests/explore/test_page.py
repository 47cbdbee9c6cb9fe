"""The page as a file: it holds its worlds, and may do nothing but count them."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sim.explore.data.pack import encode_pack
from sim.explore.page import PAGE_FOLDER, join_scripts, render_pack, render_page

SVG = "http://www.w3.org/2000/svg"


@pytest.fixture(scope="module")
def text(page_file: Path) -> str:
    return page_file.read_text("utf-8")


def element(text: str, start: str) -> str:
    """Return what stands between a tag that begins so and the next end of such a tag."""
    found = re.search(rf"<{start}[^>]*>(.*?)</{start.partition(' ')[0]}>", text, re.S)
    assert found
    return found[1]


def test_it_holds_the_pack_byte_for_byte(text: str, pack: dict[str, Any]) -> None:
    assert b64decode(element(text, 'script type="application/octet-stream"')) == encode_pack(pack)


def test_the_same_pack_gives_the_same_page(text: str, pack: dict[str, Any]) -> None:
    assert render_page(pack) == text


def test_its_policy_admits_its_own_script_and_style_and_no_host(text: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    rules = policy[1].replace("&#39;", "'")
    for tag in ('script type="module"', "style"):
        digest = b64encode(sha256(element(text, tag).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in rules
    assert "default-src 'none'" in rules
    assert "connect-src 'none'" in rules
    assert "unsafe" not in rules


def test_a_served_page_may_ask_its_own_host_and_has_a_place_for_it(pack: dict[str, Any]) -> None:
    page = render_pack(encode_pack(pack), "Served", "openAnew();")
    assert "connect-src &#39;self&#39;" in page
    assert 'id="anew"' in page
    assert element(page, 'script type="module"').endswith("openAnew();")


def test_it_names_no_host(text: str) -> None:
    assert set(re.findall(r"https?://[^\"'\s<]+", text)) == {SVG}


def test_it_has_neither_handlers_nor_styles_in_its_elements(text: str) -> None:
    assert re.findall(r"<[a-z][^>]*\s(?:on[a-z]+|style)=", text) == []


def test_text_goes_in_as_text_only() -> None:
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", join_scripts())
        == []
    )


def test_every_file_of_the_script_is_in_it_once() -> None:
    script = join_scripts()
    for file in [*(PAGE_FOLDER / "script").glob("*.js"), PAGE_FOLDER / "explore.js"]:
        assert script.count(file.read_text("utf-8")) == 1, file.name


def test_a_title_cannot_become_markup() -> None:
    assert "<b>" not in render_pack(b"", "<b>bold</b>")
