"""The README shows what its commands print, and its commands work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from tests.docs.pages import README, blocks, prose

FEW, SHORT = ["--worlds", "50"], ["--months", "2"]
SESSIONS = blocks(README, "console")
COMMANDS_IN_PROSE = [
    command
    for command in dict.fromkeys(re.findall(r"`sim ([^`<]+)`", prose(README)))
    if command != "validate"  # it takes a minute and more; tests/validation runs all of it
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, where a user might stand: scenarios are found by name."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def output_of(arguments: list[str]) -> str:
    """Return what the command `sim` prints."""
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def form(printed: str) -> tuple[set[str], str]:
    """Return the words of an output, and its last line, without the figures of this run."""
    *lines, last = printed.splitlines()
    words = set(re.findall(r"[^\W\d_]+", " ".join(lines)))
    return words - {"no", "such"}, re.sub(r"[0-9a-f]{8}$", "", last)


@pytest.mark.parametrize("session", SESSIONS)
def test_a_session_looks_as_the_command_would_have_it_look_today(session: str, desk: Path) -> None:
    command, printed = session.removeprefix("$ sim ").split("\n", 1)
    again = output_of(shlex.split(command))
    assert form(printed) == form(again), "python .ci/renew.py pastes it anew"


def test_the_session_shown_is_that_of_the_first_command() -> None:
    (session,) = SESSIONS
    first = blocks(README, "sh")[0].split(" && ")[1]
    assert session.startswith(f"$ {first}")


@pytest.mark.parametrize("command", COMMANDS_IN_PROSE)
def test_a_command_named_in_passing_works(command: str, desk: Path) -> None:
    arguments = shlex.split(command)
    if arguments[0] == "run":
        arguments += [*FEW, *SHORT]
    if arguments[0] == "compare":
        arguments += SHORT
    if arguments[0] == "attribute":
        arguments += ["--worlds", "4", "--months", "6"]
    if arguments[0] == "levers":
        arguments += ["--worlds", "20", "--months", "2", "--measure", "war_any"]
    if arguments[0] == "validate":
        arguments += ["--quick"]
    assert output_of(arguments)


def test_the_scenario_shown_is_valid_and_compares_with_the_original(desk: Path) -> None:
    (scenario,) = blocks(README, "toml")
    (command,) = blocks(README, "text")
    (desk / "mine.toml").write_text(scenario)
    assert "A promise without condition" in output_of(["check", "mine"])
    arguments = shlex.split(command.removeprefix("sim "))
    assert "A promise without condition" in output_of([*arguments, *FEW, *SHORT])


def test_the_scenario_shown_changes_one_thing(desk: Path) -> None:
    (scenario,) = blocks(README, "toml")
    changes = [line for line in scenario.splitlines() if " = " in line and line[0] != "#"]
    assert len(changes) - len(("extends", "title", "description", "question")) == 1


def test_the_readme_is_short() -> None:
    assert README.stat().st_size <= 12_288
