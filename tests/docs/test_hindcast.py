"""The page on the hindcast: its worked example runs as typed, and its finding is the record's."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.validation.current import read_current_validation
from tests.docs.pages import TOP, blocks, text

PAGE = TOP / "docs" / "hindcast.md"
QUESTIONS, MAPPING = Path("mine.csv"), Path("my_mapping.toml")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with the scenarios and the two files of the page."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").symlink_to(TOP / "scenarios")
    (table,), (mapping,) = blocks(PAGE, "csv"), blocks(PAGE, "toml")
    QUESTIONS.write_text(table, "utf-8")
    MAPPING.write_text(mapping, "utf-8")
    return tmp_path


def typed() -> Result:
    """Return what comes of the command of the page."""
    (command,) = (block for block in blocks(PAGE, "") if block.startswith("sim "))
    program, *words = shlex.split(command)
    assert program == "sim"
    return CliRunner(env={"COLUMNS": "110", "TERM": "dumb"}).invoke(app, words)


def test_the_worked_example_scores_its_questions_group_by_group(folder: Path) -> None:
    result = typed()
    assert result.exit_code == 0, result.stderr
    assert [line[:2] for line in result.stdout.splitlines() if re.match(r" W\d ", line)] == [
        " W"
    ] * 3
    words = " ".join(result.stdout.split())
    assert "Of 2 groups, the model's mean error is" in words
    assert re.search(r"korea +W2, W3", result.stdout)
    groups = (folder / "results" / "mine" / "hindcast_groups.csv").read_text("utf-8")
    assert groups.count("ukraine,") == groups.count("korea,") == 2


def test_nothing_that_the_worked_example_leaves_is_undefined(folder: Path) -> None:
    result = typed()
    left = [
        file.read_text("utf-8")
        for file in (folder / "results" / "mine").iterdir()
        if file.suffix != ".png"
    ]
    assert [written for written in (result.stdout, *left) if re.search(r"\bnan\b", written)] == []


def test_the_mistake_of_the_page_is_reported_as_the_page_says(folder: Path) -> None:
    (shown,) = (block for block in blocks(PAGE, "") if block.startswith(MAPPING.name))
    MAPPING.write_text(MAPPING.read_text("utf-8").replace("rung_ukraine", "rung_ukrain"), "utf-8")
    result = typed()
    count = r"one of \d+"
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.sub(count, "", result.stderr) == re.sub(count, "", shown)
    assert not (folder / "results" / "mine").exists()


def test_the_page_says_so_if_the_model_beats_a_baseline_or_does_worse() -> None:
    record = read_current_validation()
    assert record is not None
    (hindcast,) = (part for part in record.parts if part.name == "hindcast")
    skill = {check.verdict for check in hindcast.checks if check.code.startswith("HS")}
    says_undecided = "nobody can say that it does better than two" in text(PAGE)
    assert says_undecided == (skill == {"undecided"})
