"""A class is its log: opened again, it is where it was, and the same history."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import RequestError
from sim.play.acts import Act, Answer, Begin, Bell, Entry, Join, Order, Resume, Simulated
from sim.play.classroom import Classroom, new_room, run_job, verify_room, warm_engine
from sim.play.room import Phase, Room
from sim.scenario.files.lookup import find_installed_folder
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.schema.past import PastSpec
from tests.play.conftest import ANSWER, DISPUTE, WORLD, ShortGame

ROOM = "ABCD"


@pytest.fixture(scope="module")
def loaded(short: ShortGame) -> LoadedScenario:
    file = load_scenario(find_installed_folder() / "pact.toml")
    return replace(file, scenario=short.scenario)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "class.db"


@pytest.fixture
def classroom(file: Path) -> Iterator[Classroom]:
    opened = Classroom(file)
    yield opened
    opened.close()


def _do(classroom: Classroom, *acts: Act) -> Room:
    for act in acts:
        classroom.act(ROOM, act).result()
    return classroom.room(ROOM)


def _opened(classroom: Classroom, loaded: LoadedScenario, short: ShortGame) -> Room:
    """Open a room whose opening day is simulated."""
    return _do(classroom, new_room(loaded, WORLD, paper=("rok", "dprk")), Simulated(short.opening))


def test_a_room_is_opened_on_a_scenario(loaded: LoadedScenario, short: ShortGame) -> None:
    setup = new_room(loaded, WORLD, seats=("rok", "dprk"), paper=("rok",), teacher="hash")
    assert [seat.code for seat in setup.seats] == ["dprk", "rok"]
    assert (setup.name, setup.file, setup.world, setup.teacher) == ("pact", "pact", WORLD, "hash")
    assert setup.bets == short.scenario.headlines
    assert len(new_room(loaded, WORLD, paper=None).paper) == 8


def test_a_file_that_is_not_installed_is_extended_by_its_name(loaded: LoadedScenario) -> None:
    elsewhere = replace(loaded, file=Path("/somewhere/own.toml"))
    assert new_room(elsewhere, WORLD).file == "own.toml"


def test_a_game_cannot_begin_in_the_past(loaded: LoadedScenario) -> None:
    past = loaded.scenario.model_copy(update={"past": PastSpec(world=1, months=3)})
    with pytest.raises(RequestError, match=r"^pact: has a past; a game begins on the opening day$"):
        new_room(replace(loaded, scenario=past), WORLD)


def test_a_room_that_does_not_exist_is_said_to_be_none(classroom: Classroom) -> None:
    for attempt in (classroom.room, classroom.job):
        with pytest.raises(RequestError, match="there is no such room"):
            attempt("NONE")
    with pytest.raises(RequestError, match="there is no such room"):
        classroom.act("NONE", Begin()).result()


def test_the_engine_is_asked_for_what_follows_and_for_nothing_else(
    classroom: Classroom, loaded: LoadedScenario, short: ShortGame
) -> None:
    _do(classroom, new_room(loaded, WORLD))
    job = classroom.job(ROOM)
    assert job is not None
    warm_engine()
    assert run_job(job) == short.opening
    _do(classroom, Simulated(short.opening), Begin())
    assert classroom.job(ROOM) is None


def test_a_class_lost_in_mid_crisis_is_where_it_was_and_the_same_history(
    file: Path, loaded: LoadedScenario, short: ShortGame
) -> None:
    classroom = Classroom(file)
    _opened(classroom, loaded, short)
    sheet = Order("rok", 1, {DISPUTE: 3, "standing:climb:rok": 1})
    _do(classroom, Begin(), sheet, Bell(), Simulated(short.in_crisis))
    before = _do(classroom, Answer("dprk", ANSWER, 0))
    classroom.close()
    again = Classroom(file)
    room = again.room(ROOM)
    assert room.is_paused  # the time since does not count
    assert replace(room, is_paused=False, ends_at=before.ends_at, last=before.last, left=0.0,
                   last_at=before.last_at) == before  # fmt: skip
    assert again.verify(ROOM) == ""
    _do(again, Resume(), Bell())
    job = again.job(ROOM)
    assert job is not None
    assert run_job(job) == short.after_one
    again.close()


def test_what_is_acted_at_once_is_done_one_after_another(
    classroom: Classroom, loaded: LoadedScenario, short: ShortGame
) -> None:
    _opened(classroom, loaded, short)
    futures = [classroom.act(ROOM, Join(f"phone {number}")) for number in range(12)]
    seats = [_seat(future) for future in futures]
    assert sorted(seats) == sorted(
        2 * [seat for seat in short.seats if seat not in ("rok", "dprk")]
    )
    _do(classroom, Begin())
    orders = [classroom.act(ROOM, Order("rok", 1, {DISPUTE: choice})) for choice in (1, 2, 3)]
    assert [future.exception() is None for future in orders] == [True, False, False]
    assert classroom.room(ROOM).current.sheets == {"rok": {DISPUTE: 1}}
    assert len(classroom.rooms) == 1


def _seat(future: Future[Entry]) -> str:
    act = future.result().act
    assert isinstance(act, Join)
    return act.seat


def test_another_engine_is_found_and_said(
    classroom: Classroom, loaded: LoadedScenario, short: ShortGame
) -> None:
    room = _opened(classroom, loaded, short)
    assert verify_room(replace(room, game=None)) == ""
    assert room.game is not None
    other = replace(room, game=replace(room.game, digest="another"))
    assert verify_room(other).endswith("is not the one that was played; finish the class with the "
                                       "version that it was begun with")  # fmt: skip
    other = replace(other, setup=replace(other.setup, engine="another"))
    assert "is not the one that was played: the engine has changed; finish" in verify_room(other)


def test_a_room_that_is_over_has_nothing_to_stop(
    file: Path, loaded: LoadedScenario, short: ShortGame
) -> None:
    classroom = Classroom(file)
    _opened(classroom, loaded, short)
    _do(classroom, Begin(), Bell(), Simulated(short.after_two))
    classroom.close()
    again = Classroom(file)
    assert again.room(ROOM).phase is Phase.OVER
    assert not again.room(ROOM).is_paused
    again.close()
