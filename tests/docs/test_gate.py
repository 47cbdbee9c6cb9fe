"""The gate runs the README's own commands, and says so when it cannot find them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.docs.pages import README, TOP, blocks, text

FINDER = TOP / ".ci" / "readme-command"
GATE = TOP / ".ci" / "run"


def find(word: str, page: Path = README) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FINDER, word, page], cwd=TOP, capture_output=True, text=True, check=False
    )


def test_the_readme_has_two_commands_to_copy_and_each_installs_first() -> None:
    commands = [block.strip() for block in blocks(README, "sh")]
    assert [command.split(" && ")[0] for command in commands] == [
        "pip install .",
        'pip install ".[test]"',
    ]
    assert commands[0].endswith(" && sim run pact")


@pytest.mark.parametrize(("word", "at"), [("sim run", 0), ("pytest", 1)])
def test_the_gate_finds_the_command_that_stands_in_the_readme(word: str, at: int) -> None:
    assert find(word).stdout == blocks(README, "sh")[at]


@pytest.mark.parametrize("word", ["sim run", "pytest"])
def test_the_gate_asks_for_both_commands_and_has_none_of_its_own(word: str) -> None:
    lines = [line for line in text(GATE).splitlines() if word in line]
    assert lines
    assert all("half " in line or ".ci/readme-command" in line for line in lines)
    assert "pip install" not in text(GATE)


def test_a_readme_without_the_command_stops_the_gate(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ pytest\n```\nand `pytest` in passing\n")
    process = find("pytest", page)
    assert process.returncode == 1
    assert process.stderr == (
        f"{page}: exactly one command with 'pytest' should stand in an sh block; there are 0\n"
    )


def test_a_readme_with_two_such_commands_stops_the_gate(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\npytest\n```\n\n```sh\npytest -x\n```\n")
    process = find("pytest", page)
    assert (process.returncode, process.stdout) == (1, "")
    assert "there are 2" in process.stderr


def test_the_gate_ends_with_the_tests() -> None:
    assert text(GATE).splitlines()[-1] == 'eval "$test_command"'
