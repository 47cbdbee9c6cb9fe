"""What the lessons of the four states say moves, moves; what they say does not, does not."""

from __future__ import annotations

import pytest

from sim.analysis.lessons.answer import answer_lesson
from sim.analysis.lessons.lesson import open_lesson
from tests.scenarios.theory.four_states import FOLDER, NAMES

LESSONS = [name for name in NAMES if name != "unallied"]


@pytest.mark.parametrize("name", LESSONS)
def test_its_lesson_opens_and_names_outcomes_that_it_has(name: str) -> None:
    lesson = open_lesson(FOLDER / f"{name}.toml")
    assert all(lesson.label(outcome) for outcome in lesson.outcomes)


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_its_outcomes_move_as_the_lesson_says(name: str) -> None:
    answer = answer_lesson(open_lesson(FOLDER / f"{name}.toml"))
    wrong = [finding for finding in answer.findings if not finding.agrees]
    assert not wrong
