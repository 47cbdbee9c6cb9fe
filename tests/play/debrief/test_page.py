"""The page of a debrief: what it says, and what it keeps."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import RequestError
from sim.play.debrief.build import Debrief
from sim.play.debrief.page import find_number, list_commands, render_debrief, write_debrief
from sim.play.debrief.request import DebriefRequest
from tests.play.debrief.small import (
    CHALLENGE,
    MOVES,
    simulation,
    small_debrief,
    small_game,
    small_page,
)


def bare() -> Debrief:
    """Return the debrief with no more than a game always has."""
    return replace(small_debrief(), figures=(), delegations=(), treaty=None, forks=(), bets=())


def page() -> str:
    """Return the page as text."""
    return small_page().read_text("utf-8")


def test_every_part_has_its_section() -> None:
    for anchor in (
        "in-short",
        "your-line",
        "surprises",
        "treaty",
        "forks",
        "bets",
        "story",
        "file",
    ):
        assert f'<h2 id="{anchor}"' in page()
        assert f'href="#{anchor}"' in page()


def test_the_page_fetches_nothing() -> None:
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', page()) == []
    assert "default-src 'none'" in page()


def test_the_file_is_in_the_page_byte_for_byte() -> None:
    [held] = re.findall(
        r'download="our_game.toml" href="data:application/toml;base64,([^"]+)"', page()
    )
    assert b64decode(held) == small_game().loaded.file.read_bytes()


def test_it_says_that_it_gives_no_marks_and_no_forecasts() -> None:
    assert "Conditional frequencies, not forecasts, and not marks." in page()
    assert "Played by the model throughout:" in page()


def test_texts_of_a_file_are_shown_as_texts() -> None:
    assert "<h1>Our &lt;game&gt;</h1>" in page()
    assert "Our <game>" not in page()


def test_the_commands_make_the_page_again_and_name_no_folder() -> None:
    debrief = small_debrief()
    assert list_commands(debrief) == [
        f"sim debrief our_game.toml --turn {MOVES.index(CHALLENGE) + 1}=0 --beside room_b.toml",
        "sim tell our_game.toml --world 3",
        "sim run our_game.toml",
    ]
    assert str(small_game().loaded.file.parent) not in page()
    named = replace(
        debrief, request=replace(debrief.request, turns=(), beside=(), without=Path("no_pact"))
    )
    assert list_commands(named)[0] == "sim debrief our_game.toml --without no_pact"
    assert find_number(debrief, CHALLENGE.model_copy(update={"month": 5})) == 0


def test_the_lines_of_other_rooms_are_told_apart_in_words() -> None:
    assert "Thinner lines: the worlds of other rooms, room_b (long dashes)." in page()


def test_parts_without_content_are_left_out() -> None:
    text = render_debrief(bare())
    assert re.findall(r'<h2 id="([\w-]+)"', text) == ["in-short", "story", "file"]


def test_a_page_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.play.debrief.page.build_debrief", lambda *_: bare())
    file = tmp_path / "page.html"
    assert write_debrief(DebriefRequest(small_game().loaded.file), file).lead in file.read_text()


def test_an_existing_page_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("mine", "utf-8")
    request = DebriefRequest(small_game().loaded.file)
    with pytest.raises(RequestError, match=r"page\.html: already exists; --force overwrites it"):
        write_debrief(request, page, simulation())
    assert page.read_text("utf-8") == "mine"
