"""What the texts of lessons say is what is found: scenarios/matrix.csv, and its page."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from sim.analysis.lessons.differences import compare_outcome
from sim.analysis.lessons.lesson import Lesson, list_lessons, open_lesson
from sim.analysis.lessons.outcomes import parse_outcome
from sim.analysis.lessons.worlds import ScenarioWorlds, Simulation
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.scenario.schema.lesson import Turn
from tests.docs.pages import TOP, text
from tests.worlds import SCENARIOS

RENEW = "python .ci/matrix.py writes it anew"
LESSONS = {
    file.relative_to(SCENARIOS).with_suffix("").as_posix(): file for file in list_lessons(SCENARIOS)
}
OF_2024 = [name for name in LESSONS if "/" not in name]
SAME_BY_DESIGN = {
    "consultation_only",
    "rok_arms_ukraine",
    "nuclear_test_no_pact",
    "korea_crisis_no_pact",
    "pact_after_ceasefire",
}
"""Lessons that teach that the outcome of their question does not differ."""


def _load_script() -> ModuleType:
    spec = spec_from_file_location("matrix", TOP / ".ci" / "matrix.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules["matrix"] = module
    spec.loader.exec_module(module)
    return module


matrix = _load_script()
ROWS: list[dict[str, str]] = matrix.read_rows(matrix.TABLE)
TOLD = [row for row in ROWS if row["expected"]]


@cache
def lesson_of(name: str) -> Lesson:
    """Return the lesson of a scenario, which is loaded once for all tests."""
    return open_lesson(LESSONS[name])


# -- texts ------------------------------------------------------------------------------------


def test_every_scenario_has_a_lesson() -> None:
    assert [file.stem for file in sorted(SCENARIOS.glob("*.toml"))] == OF_2024


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_complete_and_names_only_what_is_there(name: str) -> None:
    spec = lesson_of(name).spec
    assert spec.predict.endswith("?")
    assert len(spec.look_at) >= 2
    for said in (spec.theory, spec.reading, spec.trap):
        assert said.strip().endswith(".")
    assert "judgement" not in spec.source


@pytest.mark.parametrize("name", OF_2024)
def test_theory_takes_two_sentences(name: str) -> None:
    theory = lesson_of(name).spec.theory
    assert theory.count(". ") == 1, theory


# -- what is found ----------------------------------------------------------------------------


@pytest.mark.parametrize("row", TOLD, ids=lambda row: f"{row['scenario']}, {row['outcome']}")
def test_an_outcome_moves_where_its_text_says_so_and_not_where_it_says_not(
    row: dict[str, str],
) -> None:
    assert row["found"] == row["expected"]


@pytest.mark.parametrize("name", OF_2024)
def test_what_the_question_asks_about_moves_or_is_meant_not_to(name: str) -> None:
    first = next(iter(lesson_of(name).spec.look_at.values()))
    assert (first is Turn.SAME) == (name in SAME_BY_DESIGN)


def test_the_table_has_every_outcome_of_every_lesson() -> None:
    listed = {(row["scenario"], row["outcome"], row["expected"]) for row in TOLD}
    expected = {
        (name, outcome, turn)
        for name in LESSONS
        for outcome, turn in lesson_of(name).spec.look_at.items()
    }
    assert listed == expected, RENEW


def test_every_scenario_stands_in_every_part_of_the_matrix() -> None:
    against_pact = {(row["scenario"], row["outcome"]) for row in ROWS if row["base"] == "pact"}
    outcomes = [outcome for block in matrix.BLOCKS.values() for outcome in block]
    others = [name for name in OF_2024 if name != "pact"]
    missing = {(name, o) for name in others for o in outcomes} - against_pact
    assert not missing, RENEW


# -- current ----------------------------------------------------------------------------------


def test_the_page_shows_the_table() -> None:
    assert text(matrix.PAGE) == matrix.render_page(ROWS, matrix.read_marks()), RENEW


def test_the_page_is_of_todays_scenarios() -> None:
    assert matrix.read_marks().endswith(f"scenarios {matrix.stamp_of_scenarios()}"), RENEW


@pytest.mark.slow
def test_the_page_is_of_todays_engine() -> None:
    assert matrix.read_marks().startswith(f"engine {engine_fingerprint()[:16]}"), RENEW


@pytest.mark.slow
@pytest.mark.parametrize("name", ["korea_strike_no_pact", "us_commitment"])
def test_simulated_again_it_is_as_the_table_says(name: str, tmp_path: Path) -> None:
    lesson = lesson_of(name)
    side, base = (
        ScenarioWorlds(loaded.file, Simulation(results=tmp_path))
        for loaded in (lesson.loaded, lesson.base)
    )
    for row in TOLD:
        if row["scenario"] == name:
            difference = compare_outcome(parse_outcome(row["outcome"]), side, base)
            assert difference.turn == row["expected"], row["outcome"]
            assert difference.change.value == pytest.approx(float(row["difference"]), abs=1e-9)


def test_a_text_that_says_otherwise_would_be_noticed() -> None:
    row = TOLD[0] | {"expected": Turn.SAME if TOLD[0]["found"] != Turn.SAME else Turn.MORE}
    with pytest.raises(AssertionError):
        test_an_outcome_moves_where_its_text_says_so_and_not_where_it_says_not(row)
