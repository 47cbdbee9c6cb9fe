"""The file that a class takes home is a scenario that replays its game."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.play.acts import Simulated
from sim.play.class_file import render_class_file, save_class_file
from sim.play.classroom import new_room
from sim.play.room import Room
from sim.play.simulation import digest
from sim.scenario.files.lookup import find_installed_folder
from sim.scenario.load import load_scenario
from tests.play.conftest import WORLD, ShortGame
from tests.play.rooms import room_after


@pytest.fixture(scope="module")
def room(short: ShortGame) -> Room:
    """The room after the first quarter."""
    loaded = load_scenario(find_installed_folder() / "pact.toml")
    return room_after(new_room(loaded, WORLD), Simulated(short.opening), Simulated(short.after_one))


def test_the_file_replays_the_game(room: Room, short: ShortGame, tmp_path: Path) -> None:
    from sim.model.simulate import simulate  # noqa: PLC0415

    file = save_class_file(room, tmp_path / "class.db")
    assert file.name == "class-ABCD.toml"
    scenario = load_scenario(file).scenario
    assert scenario.past is not None
    assert (scenario.past.world, scenario.past.months) == (WORLD, 3)
    assert len(scenario.past.moves) == len(
        [it for it in short.after_one.moves if it.level is not None]
    )
    played = simulate(scenario, WORLD, 1, months=3)
    assert digest(played) == short.after_one.digest


def test_it_says_what_it_is_and_when_each_decision_was_taken(room: Room) -> None:
    text = render_class_file(room)
    assert text.startswith("# A game that a class played, as a scenario: world 17 of pact")
    assert 'extends = "pact"\ntitle = "The pact: a class\'s game"\n' in text
    for line in (
        "  # August 2024\n",
        '  { month = 1, what = "opening", who = "rok", about = "korea", level = 2 },\n',
    ):
        assert line in text


def test_a_game_that_has_not_begun_has_no_past(room: Room) -> None:
    fresh = room_after(room.setup)
    assert "months = 0\nmoves = [\n]\n" in render_class_file(fresh)
