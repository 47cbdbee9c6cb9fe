"""The game on one screen, typed by a list of lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sim.play import hot_seat
from sim.play.acts import Pause, Simulated
from sim.play.classroom import Classroom, Job
from sim.play.game import Game
from sim.play.gauges import Gauge
from sim.play.hot_seat import play_hot_seat
from sim.play.news import News
from sim.play.room import Phase
from tests.play.rooms import RESIST, SETUP, crisis, game

ROOM = "ABCD"
ON_PAPER = replace(SETUP, paper=("north", "south"))
FRONT = Gauge("front", "Front", 0.5, None, -1, 1, ("South has won", "North has won"))
SECRET = News(1, "Jun 2024", "North pays South.", "technology", ("north",), "model", ("north",))


@pytest.fixture
def classroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Classroom]:
    """A class whose engine knows one game: opening, crisis, second quarter, end."""

    def engine(job: Job) -> Game:
        if job.game is None:
            return game()
        if job.game.quarter == 1:
            after = replace(game(2), news=(SECRET,), gauges=(FRONT,))
            return after if job.game.questions else crisis()
        return game(3)

    monkeypatch.setattr(hot_seat, "run_job", engine)
    opened = Classroom(tmp_path / "class.db")
    opened.act(ROOM, ON_PAPER).result()
    yield opened
    opened.close()


def _typist(*lines: str) -> Callable[[str], str]:
    waiting = iter(lines)

    def read(_prompt: str) -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    return read


def test_a_game_is_played_to_its_end(classroom: Classroom) -> None:
    shown: list[str] = []
    first = ["", "2", "2", ""]  # north: here, restrains, second offer of a dispute; south: here
    second = ["", "", "0", "m"]
    file = play_hot_seat(classroom, ROOM, _typist(*first, "0", "1", *second), shown.append)
    room = classroom.room(ROOM)
    assert (room.phase, file) == (Phase.OVER, classroom.log.file.with_name("class-ABCD.toml"))
    assert room.orders[1].sheets == {
        "north": {"standing:restrain:north:south": 2, "initiative:challenge:north:south:feud": 2},
        "south": {},
    }
    assert room.orders[1].answers == {RESIST.id: 1}
    assert room.orders[2].sheets.keys() == {"north"}  # south left everything to the model
    text = "\n".join(shown)
    assert "== Quarter 1 of 2: June to August 2024 ==" in text
    assert "2 Open a dispute with South: with force" in text
    assert "-- South is asked --" in text
    assert "  Front: 0.50 (before: n/a; -1 South has won, 1 North has won)" in text
    assert "The game is over. It is a scenario now:" in text


def test_what_is_secret_is_shown_to_the_delegation_alone(classroom: Classroom) -> None:
    shown: list[str] = []
    play_hot_seat(classroom, ROOM, _typist("m", "m", "1", "", "", "", ""), shown.append)
    text = "\n".join(shown)
    assert text.count("North pays South. (The model decided.)") == 1
    assert text.index("-- North --", text.index("Quarter 2")) < text.index("North pays South.")


def test_a_slip_is_answered_in_a_sentence_and_asked_again(classroom: Classroom) -> None:
    shown: list[str] = []
    play_hot_seat(classroom, ROOM, _typist("", "seven", "9", "1", "0"), shown.append)
    assert "  'seven': a whole number from 0 to 2 is needed" in shown
    assert "  '9': a whole number from 0 to 2 is needed" in shown
    assert classroom.room(ROOM).current.sheets["north"] == {"standing:restrain:north:south": 1}


def test_a_game_that_is_broken_off_goes_on_where_it_stood(classroom: Classroom) -> None:
    shown: list[str] = []
    assert play_hot_seat(classroom, ROOM, _typist("", "1", "0"), shown.append) is None
    assert "it goes on where it stands" in shown[-1]
    classroom.act(ROOM, Pause()).result()
    shown.clear()
    play_hot_seat(classroom, ROOM, _typist(), shown.append)
    assert [text for text in shown if text.startswith("\n-- ")] == ["\n-- South --"]


def test_what_the_log_refuses_is_said(classroom: Classroom) -> None:
    shown: list[str] = []
    hot_seat._Table(classroom, ROOM, _typist(), shown.append)._act(Simulated(game()))
    hot_seat._Table(classroom, ROOM, _typist(), shown.append)._act(Simulated(game()))
    assert shown == ["  nothing is to be simulated: the game has not begun"]
