"""`sim lesson`: the list, the task without the answer, the answer, and the teacher's edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from tests.analysis.lessons.small import write_pair
from tests.worlds import SCENARIOS

Ask = Callable[..., Result]
LOOK_AT = """
exercises_pacific = "less"
"rate:challenge:korea:rok" = "more"
"stress:korea:rok@war:russia" = "less"
war_korea = "more"
"""
WITHOUT_PACT = "[treaties.pact_2024]\nconcluded = false\n"
FEW = ("--worlds", 40, "--workers", 1)


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The command `sim`, in this process and an empty folder, 80 columns wide."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
    return lambda *words: runner.invoke(app, ["lesson", *map(str, words)])


@pytest.fixture
def beside_scenarios(ask: Ask) -> Ask:
    """The same, beside the project's scenarios."""
    Path("scenarios").symlink_to(SCENARIOS, target_is_directory=True)
    return ask


def test_alone_it_lists_every_lesson_with_its_question(beside_scenarios: Ask) -> None:
    output = beside_scenarios().stdout
    assert "korea_strike_no_pact " in output
    assert "theory/conditional " in output
    assert "Who is safer for the treaty" in output
    assert max(map(len, output.splitlines())) <= 80


def test_a_student_sees_what_to_predict_and_where_to_look_and_no_answer(
    beside_scenarios: Ask,
) -> None:
    result = beside_scenarios("pact")
    assert result.exit_code == 0, result.stderr
    headings = ("Question", "Predict first", "Where to look", "Theory", "Run, and then compare")
    places = [result.stdout.index(f"\n{heading}") for heading in headings]
    assert places == sorted(places)
    assert "\n  sim compare pact no_pact --all\n" in result.stdout
    assert "\n  sim stress pact no_pact --crisis korea:rok@war --only\n" in result.stdout
    assert result.stdout.endswith("\n  sim lesson pact --answer\n")
    assert "DPRK intervenes in a war: entered_dprk" in result.stdout
    assert "Trap" not in result.stdout
    assert not Path("results").exists()


def test_the_answer_says_in_words_what_is_found(ask: Ask, tmp_path: Path) -> None:
    write_pair(tmp_path, LOOK_AT, lines=WITHOUT_PACT)
    result = ask("lesson.toml", "--answer", *FEW)
    assert result.exit_code == 0, result.stderr
    output = " ".join(result.stdout.split())
    assert "Answer (40 pairs of worlds; pp: percentage points) Less. Months with" in output
    assert "More. South Korea challenges DPRK: " in output
    assert "No difference. New war (Korea): 0% in both, the same" in output
    assert "Reading Less." in output
    assert "Trap" not in output


def test_a_teacher_sees_intervals_what_the_text_expects_the_trap_and_the_sources(
    ask: Ask, tmp_path: Path
) -> None:
    write_pair(tmp_path, LOOK_AT, lines=WITHOUT_PACT)
    result = ask("lesson.toml", "--teacher", *FEW)
    assert result.exit_code == 0, result.stderr
    assert "Difference (95%)" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    output = " ".join(result.stdout.split())
    assert "The text expects more, and here it is no difference: New war (Korea)" in output
    assert "Trap That it never happens." in output
    assert "Snyder (1984): The security dilemma in alliance politics." in output


def test_a_name_that_is_not_there_is_refused_with_the_nearest(beside_scenarios: Ask) -> None:
    result = beside_scenarios("korea_strik")
    assert result.exit_code == 2
    assert result.stderr.startswith("korea_strik: there is no scenario of that name\n    allowed: ")
    assert result.stderr.endswith("; did you mean 'korea_strike'?\n")


def test_in_an_empty_folder_there_are_the_lessons_that_are_installed(ask: Ask) -> None:
    assert "Who is safer for the treaty" in ask().stdout
    assert ask("pact").stdout.endswith("\n  sim lesson pact --answer\n")


def test_a_file_that_is_not_there_is_refused(ask: Ask) -> None:
    result = ask("gone.toml")
    assert (result.exit_code, result.stderr[:33]) == (2, "gone.toml: there is no such file\n")


def test_a_file_without_a_lesson_is_refused(ask: Ask, tmp_path: Path) -> None:
    write_pair(tmp_path, LOOK_AT)
    result = ask("base.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith("base.toml: has no lesson\n    give it a table [lesson]")


def test_an_outcome_that_is_not_there_is_refused_on_its_line(ask: Ask, tmp_path: Path) -> None:
    file = write_pair(tmp_path, 'war_corea = "more"')
    line = file.read_text("utf-8").splitlines().index('war_corea = "more"') + 1
    for command in ("lesson", "check"):
        result = CliRunner().invoke(app, [command, "lesson.toml"])
        assert result.exit_code == 2
        assert result.stderr.startswith(
            f"lesson.toml:{line}: lesson.look_at.war_corea: 'war_corea' is not a measure of this"
        )
        assert result.stderr.endswith("did you mean 'war_korea'?\n")
