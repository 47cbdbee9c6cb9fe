"""Every command takes a played game, or refuses it in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from tests.worlds import SCENARIOS

Command = Callable[..., Result]

GAME = """
extends = "{pact}"
title = "Our game"
months = 4
worlds = 12
[past]
world = 3
months = 2
[[past.moves]]
month = 1
what = "challenge"
who = "rok"
towards = "dprk"
about = "korea"
[[past.moves]]
month = 1
what = "opening"
who = "rok"
about = "korea"
level = {rung}
[[past.moves]]
month = 2
what = "restrain"
who = "usa"
towards = "rok"
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a game, another one that opens on another rung, and the game's results."""
    folder = tmp_path_factory.mktemp("games")
    for name, rung in (("game", 0), ("other", 2)):
        text = GAME.format(pact=(SCENARIOS / "pact.toml").as_posix(), rung=rung)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def sim(place: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command `sim` in that folder, in this process."""
    monkeypatch.chdir(place)
    runner = CliRunner(env={"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "80"})
    return lambda *arguments: runner.invoke(app, list(arguments))


@pytest.fixture
def results(sim: Command, place: Path) -> str:
    """The results of the game, which is simulated once."""
    if not (known := list((place / "results").glob("game-*"))):
        assert sim("run", "game.toml", "--quiet", "--workers", "1").exit_code == 0
        known = list((place / "results").glob("game-*"))
    return str(known[0])


def text_of(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return words(result.stdout)


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_check_says_what_worlds_share_and_how_their_numbers_are_drawn(sim: Command) -> None:
    text = text_of(sim("check", "game.toml"))
    assert "All worlds share 2 months of world 3; 3 decisions by hand." in text
    assert "are uncertain and drawn once, as in world 3." in text


def test_with_rules_unknown_it_says_which_numbers_are_drawn_anew(sim: Command) -> None:
    text = text_of(sim("check", "game.toml", "--set", "past.rules=unknown"))
    expected = "drawn once, as in world 3, those under rules anew for each world after 2 months."
    assert expected in text


def test_a_run_and_its_citation_say_so_too(sim: Command, results: str) -> None:
    for command in ("run", "cite"):
        subject = results if command == "cite" else "game.toml"
        assert "All worlds share 2 months of world 3" in text_of(sim(command, subject))


def test_a_story_says_what_was_decided_by_hand(sim: Command, results: str) -> None:
    text = text_of(sim("tell", results, "--world", "3"))
    assert "South Korea opens a dispute with the DPRK, with a threat of force in words" in text
    assert text.count("Decided by hand; the model gave it a chance of") == 2  # routine ones too


def test_so_does_its_record(sim: Command, results: str) -> None:
    record = text_of(sim("tell", results, "--world", "3", "--format", "json"))
    assert '"decided_by_hand": true' in record


def test_half_a_page_on_a_game_can_be_told(sim: Command, results: str) -> None:
    assert text_of(sim("tell", results, "--world", "3", "--short")).startswith("World 3:")


def test_two_games_are_compared_move_by_move(sim: Command) -> None:
    text = text_of(sim("diff", "game.toml", "other.toml", "--world", "5"))
    move = "past.moves, month 1: rok, opening, korea: threat in game, use of force in other"
    assert move in text
    assert "In game: a threat in words, decided by hand; the model gave it a chance of" in text


def test_a_game_and_its_scenario_share_the_draws_of_no_common_past(sim: Command) -> None:
    settings = ("--world", "5")
    (Path.cwd() / "plain.toml").write_text(
        f'extends = "{(SCENARIOS / "pact.toml").as_posix()}"\nmonths = 4\nworlds = 12\n',
        encoding="utf-8",
    )
    text = text_of(sim("diff", "game.toml", "plain.toml", *settings))
    assert "past.world: 3 in game, absent in plain" in text
    assert "month 2: usa, restrain, rok: restrain in game, as drawn in plain" in text


def test_pasts_of_two_worlds_have_two_draws(sim: Command, place: Path) -> None:
    (place / "elsewhere.toml").write_text('extends = "game.toml"\npast.world = 5\n', "utf-8")
    text = text_of(sim("diff", "game.toml", "elsewhere.toml", "--world", "5"))
    assert "past.world: 3 in game, 5 in elsewhere" in text
    assert "the pasts are of two worlds." in text


def test_a_comparison_says_from_which_month_on_worlds_are_pairs(sim: Command, results: str) -> None:
    (Path.cwd() / "later.toml").write_text('extends = "game.toml"\npast.months = 1\n', "utf-8")
    text = text_of(sim("compare", results, "later.toml", "--detail", "--workers", "1"))
    assert "have the same random draws after month 2" in text


def test_its_worlds_are_conditioned_but_favour_no_number(sim: Command, results: str) -> None:
    text = text_of(sim("condition", results, "--on", "disputes >= 1"))
    assert "All worlds have the same numbers, so that none of them is favoured." in text


def test_it_is_simulated_again_byte_by_byte(sim: Command, results: str) -> None:
    assert "identical to the last byte" in text_of(sim("rerun", results))


@pytest.mark.parametrize(
    ("command", "doing"),
    [
        (["sensitivity", "game.toml", "--measure", "war_any"], "a sensitivity analysis"),
        (["levers", "game.toml"], "a search for levers"),
        (["stress", "game.toml"], "a stress test"),
        (["attribute", "game.toml", "other.toml"], "an attribution to mechanisms"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(
    sim: Command, command: list[str], doing: str
) -> None:
    result = sim(*command)
    assert result.exit_code == 2
    assert words(result.stderr) == (
        f"Our game: has a past, in which all worlds are as world 3; {doing} needs worlds that are "
        "not allowed: the scenario that the file extends"
    )
