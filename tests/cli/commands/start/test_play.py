"""`sim play`: one command opens a class, says what it opens, goes on another day, and forgets."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.cli.views.start.play import invitation, reachability
from sim.play.classroom import Classroom
from sim.play.web.run import Invitation


@pytest.fixture(autouse=True)
def no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[uvicorn.Config]:
    """Stand in an empty folder, and serve nothing; what would be served is recorded."""
    served: list[uvicorn.Config] = []

    def record(server: uvicorn.Server, sockets: Any) -> None:
        served.append(server.config)
        sockets[0].close()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(uvicorn.Server, "run", record)
    return served


def play(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["play", *words])


def test_a_class_is_opened_on_this_computer(no_server: list[uvicorn.Config]) -> None:
    result = play("pact", "--port", "0", "--world", "17", "--rooms", "2", "--seat", "japan")
    assert result.exit_code == 0, result.output
    assert "Teacher    http://127.0.0.1:" in result.stdout
    assert "only this computer is answered. With --lan, phones can join." in result.stdout
    assert "sim play class.db goes on" in result.stdout
    assert no_server[0].ws_max_size == 4096
    assert not no_server[0].access_log
    classroom = Classroom(Path("class.db"))
    rooms = list(classroom.rooms.values())
    classroom.close()
    assert [room.setup.world for room in rooms] == [17, 17]
    assert rooms[0].seats == ("japan",)
    assert rooms[0].setup.teacher
    assert all(room.code in result.stdout for room in rooms)


def test_a_class_goes_on_and_another_does_not_take_its_place() -> None:
    assert play("pact", "--port", "0").exit_code == 0
    again = play("pact", "--port", "0")
    assert again.exit_code == 2
    assert "--class class.db: exists already\n    sim play class.db goes on" in again.output
    assert play("class.db", "--port", "0").exit_code == 0
    assert play("pact", "--port", "0", "--class", "other.db").exit_code == 0


@pytest.mark.parametrize("words", [("--world", "3"), ("--rooms", "2"), ("--seat", "japan")])
def test_a_class_that_goes_on_stays_as_it_began(words: tuple[str, str]) -> None:
    assert play("pact", "--port", "0").exit_code == 0
    result = play("class.db", "--port", "0", *words)
    assert result.exit_code == 2
    assert (
        f"{words[0]}: the class in class.db goes on as it began\n    leave it out" in result.output
    )


def test_the_teachers_page_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    result = play("pact", "--port", "0", "--open")
    assert opened[0] in result.stdout
    assert "/teacher#" in opened[0]


def test_a_class_is_forgotten_with_all_that_lies_beside_it() -> None:
    play("pact", "--port", "0")
    result = play("class.db", "--forget")
    assert result.exit_code == 0, result.output
    assert "deleted class.db\n" in result.stdout
    assert os.listdir() == []


def test_what_is_no_class_is_not_forgotten() -> None:
    Path("thesis.txt").write_text("precious")
    sqlite3.connect("other.db").execute("CREATE TABLE precious (x)").connection.close()
    for file in ("thesis.txt", "other.db", "nothing.db"):
        result = play(file, "--forget")
        assert result.exit_code == 2
        assert "Traceback" not in result.output
    assert {"thesis.txt", "other.db"} <= set(os.listdir())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["pact", "--hot-seat", "--lan"], "--hot-seat: is played in this terminal"),
        (["pact", "--seat", "japn"], "did you mean 'japan'?"),
        (["pcat"], "pact"),
        (["pact", "--rooms", "13"], "1 to 12"),
        (["pact", "--sheet-seconds", "5"], "10 to 3,600"),
    ],
)
def test_what_cannot_be_opened_is_explained(words: list[str], message: str) -> None:
    result = play(*words)
    assert result.exit_code == 2
    assert message in result.output
    assert os.listdir() == []


def test_a_missing_extra_is_said_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.extras.find_spec", lambda _name: None)
    result = play("pact")
    assert result.exit_code == 2
    assert 'pip install ".[play]"' in result.output
    assert os.listdir() == []


def test_the_game_is_played_in_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def play_here(classroom: Classroom, code: str, *_: object) -> Path:
        seen.append(classroom.room(code))
        return Path("class.toml")

    monkeypatch.setattr("sim.play.hot_seat.play_hot_seat", play_here)
    result = play("pact", "--hot-seat")
    assert result.exit_code == 0, result.output
    assert result.stdout == "class.toml\n"
    (room,) = seen
    assert room.setup.paper == room.seats


def test_the_check_says_what_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.play.web.check.check_addresses", lambda _port: iter(()))
    assert "This computer is in no network" in play("pact", "--check", "--port", "0").stdout
    said = reachability([("http://192.168.1.20:8000/", True), ("http://10.0.0.5:8000/", False)])
    assert "http://10.0.0.5:8000/  does not answer" in said
    assert "a firewall is in the way" in said
    assert "a firewall" not in reachability([("http://192.168.1.20:8000/", True)])


def test_what_is_opened_to_the_network_is_said_aloud() -> None:
    phones = ("http://192.168.1.20:8000/", "http://10.0.0.5:8000/")
    found = Invitation(
        "http://127.0.0.1:8000/teacher#KEY",
        "KEY",
        "http://127.0.0.1:8000/projector",
        phones,
        ("A",),
    )
    said = invitation(found, "class.db", lan=True)
    assert "Port 8000 is open to everybody in this network, without encryption" in said
    assert "             or http://10.0.0.5:8000/" in said
    nowhere = Invitation(found.teacher, "KEY", found.projector, (), ("A",))
    assert "in no network" in invitation(nowhere, "class.db", lan=True)
