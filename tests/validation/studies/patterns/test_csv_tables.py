"""Tables beside the populations: faults are reported with file, line and nearest name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.validation.studies.patterns.ensembles import find_reference_files
from sim.validation.studies.patterns.study import read_patterns
from sim.validation.studies.patterns.subjects import read_subjects
from tests.worlds import SCENARIOS

_UNKNOWN = (
    "patterns.csv:1: 'stared' is not a known column\n"
    "    allowed: code, claim, low, high, direction, unit, sources, starred, tuned, measured, "
    "diagnosis; did you mean 'starred'?"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reference").mkdir()
    for file in ("patterns.csv", "subjects.csv"):
        shutil.copy(SCENARIOS / "reference" / file, tmp_path / "reference")
    return tmp_path


def said(read: Callable[[Path], object], folder: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(folder)
    return str(caught.value).replace(f"{folder}/reference/", "")


def slip(folder: Path, file: str, right: str, wrong: str) -> None:
    sheet = folder / "reference" / file
    text = sheet.read_text("utf-8")
    assert right in text
    sheet.write_text(text.replace(right, wrong, 1), "utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "0.010,0.016",
            "0.010,often",
            "patterns.csv:2: high: 'often' is not a number\n    allowed: a number, or nothing",
        ),
        (
            "0.010,0.016",
            "0.020,0.016",
            "patterns.csv:2: low: is above high\n    allowed: up to 0.016",
        ),
        (
            "tss-rivalries,,yes",
            "tss-rivalries,,maybe",
            "patterns.csv:2: tuned: 'maybe' is not understood\n    allowed: yes, or nothing",
        ),
        (
            "0.010,0.016",
            "0.010",
            "patterns.csv:2: does not have one cell per column",
        ),
        (
            "starred,tuned",
            "stared,tuned",
            _UNKNOWN,
        ),
    ],
    ids=["no number", "the wrong way round", "neither yes nor no", "a cell short", "a column"],
)
def test_a_slip_in_the_patterns(folder: Path, right: str, wrong: str, message: str) -> None:
    slip(folder, "patterns.csv", right, wrong)
    assert said(read_patterns, folder) == message


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("challenger,", "chalenger,", "subjects.csv:5: role: 'chalenger' is not a known role"),
        ("provoker,", "challenger,", "subjects.csv:6: role: 'challenger' is given twice"),
        ("patron,usa,", "", "subjects.csv:12: does not have one cell per column"),
        ("role,code,says", "role,says", "subjects.csv:1: there is no column 'code'"),
    ],
    ids=["misspelt", "twice", "a cell short", "a column missing"],
)
def test_a_slip_in_the_subjects(folder: Path, right: str, wrong: str, message: str) -> None:
    slip(folder, "subjects.csv", right, wrong)
    assert said(read_subjects, folder).startswith(message)


def test_a_role_that_is_missing_is_named(folder: Path) -> None:
    line = "patron,usa,the great power with the most allies\n"
    slip(folder, "subjects.csv", line, "")
    assert said(read_subjects, folder) == "subjects.csv: has no line for patron"


def test_a_folder_without_populations_is_reported(folder: Path) -> None:
    assert said(find_reference_files, folder).endswith("reference: has no population_*.toml in it")


def test_a_file_that_is_missing_is_reported(tmp_path: Path) -> None:
    assert said(read_patterns, tmp_path) == "patterns.csv: there is no such file"


def test_a_file_that_is_no_text_is_reported(folder: Path) -> None:
    (folder / "reference" / "patterns.csv").write_bytes(b"\xff\xfe\x00")
    assert said(read_patterns, folder) == "patterns.csv: is not text in UTF-8"
