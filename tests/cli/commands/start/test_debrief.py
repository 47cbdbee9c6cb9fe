"""`sim debrief`: the page and the findings of a game, and one message for each mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.cli.commands.start import debrief as command
from sim.cli.views.start.debrief import show_moves
from sim.play.debrief.build import Debrief
from sim.play.debrief.choices import list_turns
from sim.play.debrief.request import DebriefRequest
from tests.play.debrief.small import BETS, CHALLENGE, MOVES, small_debrief, small_game
from tests.worlds import SCENARIOS

Run = Callable[..., Result]
NUMBER = MOVES.index(CHALLENGE) + 1


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`sim debrief` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "100"})
    return lambda *words: runner.invoke(app, ["debrief", *map(str, words)])


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[DebriefRequest]:
    """What debriefs are asked for; the small one is given."""
    asked: list[DebriefRequest] = []

    def build(request: DebriefRequest, simulation: object) -> Debrief:
        asked.append(request)
        return small_debrief()

    monkeypatch.setattr("sim.play.debrief.build.build_debrief", build)
    monkeypatch.setattr("sim.play.debrief.page.render_debrief", lambda _: "a page")
    return asked


def file() -> Path:
    """Return the file of the small game."""
    return small_game().loaded.file


def test_the_page_is_written_and_its_findings_are_printed(
    run: Run, requests: list[DebriefRequest]
) -> None:
    result = run(file())
    assert result.exit_code == 0, result.stderr
    assert Path("debrief.html").read_text("utf-8") == "a page"
    first, *lines = result.stdout.splitlines()
    assert first == "debrief.html"
    assert "Debrief: Our <game>" in lines
    for heading in (
        "Your world among ordinary ones",
        "Where you surprised the model most",
        "What the treaty did to your game",
        f"{small_debrief().forks[0].title}: no challenge, in place of challenge",
        "Your bets",
    ):
        assert heading in lines
    assert requests == [DebriefRequest(file())]


def test_what_is_asked_for_is_handed_on(run: Run, requests: list[DebriefRequest]) -> None:
    lines = "war_wider = [10, 40, 25]\nprovocations_dprk = [5, 500]\n"
    Path("bets.toml").write_text(lines, "utf-8")
    options = ("--turn", f"{NUMBER}=0", "--bets", "bets.toml", "--without", "no_pact")
    result = run(file(), "--worlds", "5000", "--fork-worlds", "200", *options)
    assert result.exit_code == 0, result.stderr
    turn = CHALLENGE.model_copy(update={"level": 0})
    assert requests == [DebriefRequest(file(), 5000, 200, (turn,), BETS, Path("no_pact"))]


def test_the_decisions_are_listed_by_number_with_what_else_could_be_decided(run: Run) -> None:
    result = run(file(), "--moves")
    assert result.exit_code == 0, result.stderr
    assert f"{NUMBER}  Jul 2024  The DPRK opens a dispute" in result.stdout
    assert "Else: 0 no challenge." in result.stdout
    assert "Else: 0, 1, 3, 4, 5." in result.stdout


def test_a_long_game_lists_its_least_likely_decisions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    show_moves(list_turns(file()) * 20)
    printed = capsys.readouterr().out
    assert printed.count("The model gave it") == 40
    assert "60 more, all likelier; the number of a decision is its place in the file." in printed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--turn", "3"),
            "--turn 3: is not of the form N=LEVEL, such as 14=0\n    sim debrief GAME --moves",
        ),
        (("--turn", "99=0"), "--turn 99=0: there is no decision 99\n    allowed: 1 to 6"),
        (("--turn", f"{NUMBER}=1"), "was decided so in the game"),
        (("--bets", "no.toml"), "--bets no.toml: cannot be read: No such file"),
        (("--without", "nopact"), "no_pact"),
    ],
)
def test_a_mistake_is_one_message(run: Run, words: tuple[str, ...], message: str) -> None:
    result = run(file(), *words, "--worlds", "2", "--workers", "1")
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("debrief.html").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [("war_wider = ", "is not TOML"), ('war_wider = "ten"', "war_wider: is no list of numbers")],
)
def test_a_file_of_bets_must_be_one(run: Run, text: str, message: str) -> None:
    Path("bets.toml").write_text(text, "utf-8")
    result = run(file(), "--bets", "bets.toml")
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_a_scenario_without_a_game_is_refused(run: Run) -> None:
    result = run(SCENARIOS / "pact.toml")
    assert result.exit_code == 2
    assert "has no [past], so no game was played in it" in result.stderr


def test_an_existing_page_is_kept_unless_forced(run: Run, requests: list[DebriefRequest]) -> None:
    Path("debrief.html").write_text("mine", "utf-8")
    result = run(file())
    assert (result.exit_code, Path("debrief.html").read_text("utf-8")) == (2, "mine")
    assert run(file(), "--force").exit_code == 0
    assert command.debrief.__name__ == "debrief"
