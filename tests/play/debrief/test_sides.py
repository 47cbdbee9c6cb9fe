"""The scenarios of a debrief: what was played, ordinary worlds, and the counterpart."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import RequestError
from sim.experiment.storage.run_key import run_key
from sim.play.debrief.sides import (
    counterpart_side,
    open_beside,
    open_game,
    ordinary_side,
    with_past,
)
from sim.scenario.load import load_scenario
from tests.play.debrief.small import MONTHS, MOVES, WHOLE, small_game, write_game
from tests.worlds import SCENARIOS


def test_a_game_is_as_long_as_was_played_and_its_scenario_may_be_longer() -> None:
    game = small_game()
    assert (game.scenario.months, game.whole.months) == (MONTHS, WHOLE)


def test_moves_after_the_shared_months_were_played_too(tmp_path: Path) -> None:
    assert open_game(write_game(tmp_path, months=2)).months == max(move.month for move in MOVES)


def test_ordinary_worlds_are_those_of_the_scenario_that_the_game_extends(tmp_path: Path) -> None:
    side = ordinary_side(small_game(), 500)
    pact = load_scenario(SCENARIOS / "pact.toml", [f"months={MONTHS}", "worlds=500"])
    assert run_key(side).folder_name == run_key(pact).folder_name


def test_the_counterpart_of_the_pact_is_no_pact() -> None:
    game = small_game()
    side = counterpart_side(game, None, 500)
    no_pact = load_scenario(SCENARIOS / "no_pact.toml", [f"months={MONTHS}", "worlds=500"])
    assert side
    assert run_key(side).digest == run_key(no_pact).digest
    assert with_past(game, side.scenario).past == game.past


def test_a_counterpart_may_be_named_and_has_the_seed_and_months_of_the_game() -> None:
    side = counterpart_side(small_game(), Path("no_pact"), 7)
    assert side
    assert (side.scenario.title, side.scenario.months, side.scenario.worlds) == (
        "No pact",
        MONTHS,
        7,
    )


def test_the_counterpart_of_a_game_without_the_treaty_has_it(tmp_path: Path) -> None:
    side = counterpart_side(open_game(write_game(tmp_path, base="no_pact.toml")), None, 7)
    assert side
    assert side.scenario.treaties["pact_2024"].concluded
    assert side.scenario.title.startswith("Our <game>, with the Treaty on")


def test_without_a_treaty_of_its_own_a_scenario_has_no_counterpart() -> None:
    game = small_game()
    old = {code: spec for code, spec in game.whole.treaties.items() if code != "pact_2024"}
    whole = game.whole.model_copy(update={"treaties": old})
    loaded = type(game.loaded)(**vars(game.loaded) | {"scenario": whole})
    assert counterpart_side(type(game)(loaded, game.past), None, 7) is None


def test_a_counterpart_of_another_time_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('extends = "no_pact.toml"\nstart = 2024-06-01\n', "utf-8")
    with pytest.raises(RequestError, match=r"--without .*other\.toml: its start differs from"):
        counterpart_side(small_game(), other, 7)


@pytest.fixture
def rooms(tmp_path: Path) -> list[Path]:
    """The files of two more rooms: one that played otherwise, and one that played nothing."""
    files = [tmp_path / name / "our_game.toml" for name in ("b", "c")]
    for file, moves in zip(files, (MOVES[:2], ()), strict=True):
        file.parent.mkdir()
        write_game(file.parent, moves)
    return files


def test_games_of_other_rooms_stand_beside_a_game_under_different_names(rooms: list[Path]) -> None:
    assert list(open_beside(small_game(), rooms)) == ["game 2", "game 3"]
    other = rooms[0].rename(rooms[0].with_name("room b: (late).toml"))
    assert list(open_beside(small_game(), [other, rooms[1]])) == ["room b late", "our_game"]


def test_a_game_that_was_not_played_as_far_cannot_stand_beside(tmp_path: Path) -> None:
    short = write_game(tmp_path, MOVES[:2], months=2)
    with pytest.raises(RequestError, match="was not played on the same scenario, or not for as"):
        open_beside(small_game(), [short])


def test_a_game_on_another_scenario_cannot_stand_beside(tmp_path: Path) -> None:
    other = write_game(tmp_path, base="no_pact.toml")
    with pytest.raises(RequestError, match="differ in their world and their moves only"):
        open_beside(small_game(), [other])


def test_more_than_three_games_beside_one_are_refused(rooms: list[Path]) -> None:
    with pytest.raises(RequestError, match="--beside: 4 games are too many on one page"):
        open_beside(small_game(), [*rooms, *rooms])


def test_a_scenario_in_which_nothing_was_played_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"pact.toml: has no \[past\], so no game was played"):
        open_game(SCENARIOS / "pact.toml")
    with pytest.raises(RequestError, match="past: has no months and no moves"):
        open_game(write_game(tmp_path, (), months=0))
