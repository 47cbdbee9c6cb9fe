"""Terminals, encodings and disks of other systems, simulated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_process import PATIENCE
from tests.scenario.folder import Folder

ROOT = Path(__file__).parents[2]


def run(
    folder: Folder, *words: str, output: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    """Run the command with the small scenario and the fake engine, in a process of its own."""
    with open(output or os.devnull, "w") as out:
        return subprocess.run(
            [sys.executable, "-m", "tests.cli.slow", *words],
            cwd=folder.path,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
            stdout=out if output else subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=PATIENCE,
            check=False,
        )


@pytest.fixture
def korean(folder: Folder) -> Folder:
    """The small scenario with a title that Western code pages lack."""
    folder.with_line('title = "The strait"', 'title = "\uc870\uc120"')
    return folder


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_character_that_the_terminal_lacks_is_replaced(korean: Folder, encoding: str) -> None:
    done = run(korean, "run", "whole.toml", "--worlds", "2", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "??: 2 simulated worlds" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_output_that_cannot_be_written_is_one_sentence(folder: Folder) -> None:
    done = run(folder, "run", "whole.toml", "--worlds", "2", output="/dev/full")
    assert done.returncode == 2
    assert done.stderr == "the output cannot be written: No space left on device\n"


def test_a_name_in_another_encoding_is_refused(folder: Folder) -> None:
    done = run(folder, "run", "pa\udcffct.toml")
    assert done.returncode == 2
    assert done.stderr == "pa?ct.toml: is not text in UTF-8; rename the file or folder\n"
    assert not list(folder.path.glob("results*"))
