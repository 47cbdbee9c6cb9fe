"""What the README shows and tells to do is so."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import README, TOP, blocks, prose

FEW = ["--worlds", "50"]
SESSIONS = blocks(README, "console")
IN_PASSING = list(dict.fromkeys(re.findall(r"`sim ([^`<]+)`", prose(README))))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the scenarios, where a user might stand."""
    shutil.copytree(TOP / "scenarios", tmp_path / "scenarios")
    return tmp_path


def said(words: list[str], desk: Path) -> str:
    """Return what the command `sim` prints."""
    settings = {"COLUMNS": "80", "PYTHONPATH": str(TOP)}
    done = subprocess.run(
        [sys.executable, "-m", "sim", *words],
        cwd=desk,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def form(printed: str) -> tuple[set[str], str]:
    """Return the words of an output, and its last line, without the figures of this run."""
    *lines, last = printed.splitlines()
    words = set(re.findall(r"[^\W\d_]+", " ".join(lines)))
    return words - {"no", "such"}, re.sub(r"[0-9a-f]{8}$", "", last)


@pytest.mark.parametrize("session", SESSIONS)
def test_a_session_looks_as_the_command_would_have_it_look_today(session: str, desk: Path) -> None:
    command, printed = session.removeprefix("$ sim ").split("\n", 1)
    again = said([*shlex.split(command), *FEW], desk)
    assert form(printed) == form(again), "python .ci/renew.py pastes it anew"


def test_what_is_shown_is_the_command_that_is_told() -> None:
    (session,) = SESSIONS
    told = blocks(README, "sh")[0].split(" && ")[1]
    assert session.startswith(f"$ {told}")


@pytest.mark.parametrize("command", IN_PASSING)
def test_a_command_named_in_passing_works(command: str, desk: Path) -> None:
    words = shlex.split(command)
    if words[0] == "run":
        words += [*FEW, "--months", "2"]
    if words[0] == "attribute":
        words += ["--worlds", "4", "--months", "6"]
    if words[0] == "validate":
        words += ["--quick"]
    assert said(words, desk)


def test_the_scenario_shown_is_sound(desk: Path) -> None:
    (shown,) = blocks(README, "toml")
    (desk / "scenarios" / "mine.toml").write_text(shown)
    assert "is sound: A promise without condition" in said(["check", "scenarios/mine.toml"], desk)
