"""The words for classes ask for the same as their commands do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sim
from sim.api import classes
from sim.errors import RequestError
from sim.play.classroom import Classroom
from sim.play.debrief.choices import TurnChoice
from sim.play.debrief.request import DebriefRequest
from sim.play.web import run as web
from sim.scenario.schema.past import MoveSpec
from tests.scenario.folder import Folder

MOVE = MoveSpec(month=5, what="resist climb", who="japan", towards="china", about="china_japan")


def test_the_decisions_of_a_game_are_a_frame(
    plain: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = TurnChoice(1, MOVE, "Nov 2024", "japan", "Japan resists", 0.2, "1 in 5", ((0, "no"),))
    monkeypatch.setattr(classes, "list_turns", lambda file: [choice] if file.name == "g" else [])
    listed = sim.moves("g")
    assert listed.loc[0, ["number", "seat", "chance"]].tolist() == [1, "japan", 0.2]


def test_a_debrief_is_asked_for_as_on_the_command_line(
    plain: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(
        classes, "write_debrief", lambda *given, force: asked.extend([*given, force])
    )
    page = sim.debrief("game.toml", html="page.html", beside="other.toml", worlds=50, workers=2)
    assert page == Path("page.html")
    request, file, simulation, force = asked
    assert request == DebriefRequest(Path("game.toml"), 50, beside=(Path("other.toml"),))
    assert (file, simulation.options.workers, force) == (Path("page.html"), 2, False)


def test_a_class_plays_at_the_prompt(plain: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[tuple[Classroom, str]] = []
    monkeypatch.setattr(
        classes, "play_hot_seat", lambda classroom, room, *_: played.append((classroom, room))
    )
    sim.play_class("pact", hot_seat=True, seat="japan", world=3)
    [(classroom, room)] = played
    assert room in classroom.rooms
    assert Path("class.db").exists()
    with pytest.raises(RequestError, match="exists already"):
        sim.play_class("pact", hot_seat=True)


def test_a_class_is_served_until_it_is_interrupted(
    plain: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def serve(_: Classroom, port: int, ready: Any, *, token: str, lan: bool) -> None:
        ready(web.Invitation(f"http://127.0.0.1:{port}/{token}", token, "p", (), ("AB",)))
        assert not lan

    monkeypatch.setattr(web, "serve_class", serve)
    sim.play_class("pact", port=8123, seat="japan")
    assert "teacher: http://127.0.0.1:8123/" in capsys.readouterr().out
