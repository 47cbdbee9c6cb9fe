"""Checks whose figures are not defined are words and empty cells in all that is printed."""

from __future__ import annotations

import csv
import io
import re
from math import nan

import pytest

from sim.cli.views.research.validate import show_validation
from sim.validation.check import Check, ShownTable, ValidationPart
from sim.validation.output import render_files

PART = ValidationPart(
    name="hindcast",
    title="What came",
    summary=("One of two.",),
    checks=(
        Check(code="H1", claim="It comes", target="yes", value=nan, low=nan, high=nan,
              unit="skill", verdict="undecided", says="Too few."),
    ),
    tables={"hindcast_skill": [{"skill": nan, "questions": 2}]},
    shown=(ShownTable(title="By group", heading=("Group", "Model"), rows=(("war", "0.5"),)),),
)  # fmt: skip


def test_no_file_of_a_validation_has_an_undefined_number() -> None:
    record = {"parts": [{"value": nan}], "made": {}}
    files = {name: data.decode() for name, data in render_files([PART], record, "Made.").items()}
    assert [name for name, text in files.items() if re.search(r"(?i)\bnan\b", text)] == []
    assert "too few to say" in files["validation.md"]
    assert list(csv.DictReader(io.StringIO(files["hindcast_skill.csv"]))) == [
        {"skill": "", "questions": "2"}
    ]


def test_the_terminal_says_too_few_and_has_the_small_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    show_validation([PART], "Made.", "")
    printed = " ".join(capsys.readouterr().out.split())
    assert "too few to say" in printed
    assert "By group: Group Model" in printed
    assert "nan" not in printed.split()
