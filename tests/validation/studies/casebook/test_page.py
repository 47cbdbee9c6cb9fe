"""The page on the casebook shows the scores of today's rule."""

from __future__ import annotations

import pytest

from sim.validation.check import ValidationPart
from sim.validation.studies.casebook import run_casebook
from sim.validation.studies.casebook.answers import read_answers
from sim.validation.studies.casebook.scoring import QUESTION_MIN_LEVELS, SCORE_FUNCTIONS
from tests.docs.pages import TOP, text
from tests.worlds import SCENARIOS


def table(part: ValidationPart) -> str:
    """Return the table of scores as the page has it."""
    columns = [(question, score) for question in QUESTION_MIN_LEVELS for score in SCORE_FUNCTIONS]
    lines = [
        "| Forecaster | "
        + " | ".join(f"{question}, {score}" for question, score in columns)
        + " |",
        "|---|" + "---:|" * len(columns),
    ]
    rows = part.tables["casebook_scores"]
    for name in dict.fromkeys(str(row["forecaster"]) for row in rows):
        means = {
            (row["question"], row["score"]): float(row["mean"] or 0)
            for row in rows
            if row["forecaster"] == name
        }
        lines.append(
            f"| {name} | " + " | ".join(f"{means[column]:.3f}" for column in columns) + " |"
        )
    return "\n".join(lines) + "\n"


@pytest.mark.slow
def test_the_page_on_the_casebook_is_current() -> None:
    page = text(TOP / "docs" / "casebook.md")
    shown = page.partition("<!-- scores -->\n")[2].partition("<!-- end -->")[0]
    assert shown == table(run_casebook(SCENARIOS))


def test_the_page_counts_answers_as_they_are() -> None:
    answers = read_answers(SCENARIOS / "history" / "answers.csv")
    page = " ".join(text(TOP / "docs" / "casebook.md").split())
    from_data = sum(answer.mark == "F" for answer in answers)
    levels = [answer.answer for answer in answers]
    assert f"{from_data} of {len(answers)} were found in data" in page
    assert f"materiel ({levels.count(1)}) and troops ({levels.count(2)})" in page
    assert f"; {len({answer.crisis for answer in answers})} crises are few" in page
    assert len({answer.case for answer in answers}) == 33
    assert "Thirty-three wars" in page
