"""A mapping of one's own: what it replaces, and how its faults are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.validation.check import Check
from sim.validation.studies.hindcast import run_hindcast
from sim.validation.studies.hindcast.questions import QUESTION_COLUMNS
from tests.worlds import SCENARIOS

RAIN = "rain,2024-06-19,2024-12-31,binary,Will it rain?,no,high,K,recalled,"
SHIPPED = (SCENARIOS / "hindcast" / "questions.csv").read_text("utf-8").splitlines()
SHIPPED_LINE = next(line for line in SHIPPED if line.startswith("H09,"))
NOTHING = 'left_out = "{} says so."'


def checks(folder: Path, mapping: str, beside: str = "") -> dict[str, Check]:
    """Return the lines of rain and H09 by a mapping file, with another beside the table."""
    questions, own = folder / "mine.csv", folder / "my_mapping.toml"
    questions.write_text("\n".join([",".join(QUESTION_COLUMNS), RAIN, SHIPPED_LINE]) + "\n")
    own.write_text(mapping)
    if beside:
        questions.with_suffix(".toml").write_text(beside)
    part = run_hindcast(SCENARIOS, questions, own, quick=True)
    return {check.code: check for check in part.checks}


def error_message(folder: Path, mapping: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        checks(folder, mapping)
    assert caught.value.exit_code == 2
    return str(caught.value).replace(f"{folder}/", "")


def test_a_mapping_answers_the_question_that_it_names_and_leaves_the_shipped_one(
    tmp_path: Path,
) -> None:
    found = checks(tmp_path, f"[rain]\n{NOTHING.format('Mine')}\n")
    assert found["rain"].says == "Mine says so."
    assert found["H09"].value is not None


def test_it_replaces_the_whole_shipped_mapping_of_a_question_that_it_names(tmp_path: Path) -> None:
    found = checks(tmp_path, f"[H09]\n{NOTHING.format('Mine')}\n")
    assert found["H09"].says == "Mine says so."
    assert "the question has no mapping" in found["rain"].says


def test_a_file_beside_the_table_is_not_read_besides(tmp_path: Path) -> None:
    found = checks(tmp_path, "", beside=f"[rain]\n{NOTHING.format('Beside')}\n")
    assert "the question has no mapping" in found["rain"].says


def test_it_changes_shipped_questions_without_a_table_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "my_mapping.toml"
    own.write_text(f"[H32]\n{NOTHING.format('Mine')}\n")
    part = run_hindcast(SCENARIOS, None, own, quick=True)
    found = {check.code: check for check in part.checks}
    assert found["H32"].says == "Mine says so."
    assert found["H09"].value is not None


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (
            '[rains]\nleft_out = "x"',
            (
                "my_mapping.toml:1: rains: answers a question that is not in the table\n"
                "    allowed: ids of its 2 questions; did you mean 'rain'?"
            ),
        ),
        (
            '[rain]\nreads = { worlds = "war_corea" }',
            "my_mapping.toml:2: rain.reads.worlds: 'war_corea' is not a known column of worlds\n",
        ),
        (
            '[rain]\nscenario = "pakt"\nreads = { worlds = "war_korea" }',
            "my_mapping.toml:2: rain.scenario: 'pakt' is not a known scenario\n",
        ),
        (
            (
                '[rain]\nreads = { worlds = "war_korea" }\n'
                'persistence = { happened = 0, months = 12, source = "x", mark = "G", how = "y" }'
            ),
            (
                "my_mapping.toml:3: rain.persistence.mark: 'G' is not one of the words allowed\n"
                "    allowed: F, K"
            ),
        ),
        (
            (
                '[rain]\nreads = { worlds = "war_korea" }\n'
                'persistence = { happened = -1, months = 12, source = "x", mark = "K", how = "y" }'
            ),
            "my_mapping.toml:3: rain.persistence.happened: ",
        ),
        ("rain = 3", "my_mapping.toml:1: rain: "),
        ("[rain\n", "my_mapping.toml:1: is not TOML: "),
    ],
)
def test_a_fault_is_one_message_with_file_line_and_key(
    tmp_path: Path, mapping: str, message: str
) -> None:
    said = error_message(tmp_path, mapping)
    assert said.startswith(message)
    assert said.count("my_mapping.toml") == 1


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    said = error_message(
        tmp_path,
        '[rain]\nreads = { worlds = "war_corea" }\n[H09]\nreads = { months = "rung_corea" }\n',
    )
    assert "my_mapping.toml:2: rain.reads.worlds" in said
    assert "my_mapping.toml:4: H09.reads.months" in said


def test_a_mapping_that_is_missing_is_named_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "my_mapping.toml").write_text("")
    with pytest.raises(ScenarioError) as caught:
        run_hindcast(SCENARIOS, None, tmp_path / "my_maping.toml", quick=True)
    assert "there is no such file" in str(caught.value)
    assert "did you mean" in str(caught.value)
