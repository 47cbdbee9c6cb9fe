"""The page on the casebook shows the scores of today's rule.

`python -m tests.validation.studies.casebook.test_page` writes its two tables anew.
"""

from __future__ import annotations

import pytest

from sim.validation.check import ValidationPart
from sim.validation.studies.casebook import run_casebook
from sim.validation.studies.casebook.answers import read_answers
from sim.validation.studies.casebook.baselines import BASE_RATE
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


def standing(part: ValidationPart) -> str:
    """Return the table of standing forecasts as the page has it."""
    lines = [
        "| Question | Forecaster | Mean | Share | Brier | Skill | Log | Pairs ranked correctly |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in part.tables["casebook_standing"]:
        if row["years"] in ("all", "one era") and row["forecaster"] != BASE_RATE:
            number = {name: float(row[name] or 0) for name in row if name in _NUMBERS}
            lines.append(
                f"| {row['question']} | {row['forecaster']} | {number['mean_forecast']:.3f} | "
                f"{number['share']:.3f} | {number['brier']:.3f} | {number['skill']:+.2f} | "
                f"{number['log']:.3f} | {number['rank_accuracy']:.2f} "
                f"({number['low']:.2f} to {number['high']:.2f}) |"
            )
    return "\n".join(lines) + "\n"


_NUMBERS = ("mean_forecast", "share", "brier", "skill", "log", "rank_accuracy", "low", "high")


@pytest.mark.slow
def test_the_page_on_the_casebook_is_current() -> None:
    page, part = text(TOP / "docs" / "casebook.md"), run_casebook(SCENARIOS)
    for marker, due in (("scores", table(part)), ("standing", standing(part))):
        assert page.partition(f"<!-- {marker} -->\n")[2].partition("<!-- end -->")[0] == due


def test_the_page_counts_answers_as_they_are() -> None:
    answers = read_answers(SCENARIOS / "history" / "answers.csv")
    page = " ".join(text(TOP / "docs" / "casebook.md").split())
    from_data = sum(answer.mark == "F" for answer in answers)
    levels = [answer.answer for answer in answers]
    assert f"{from_data} of {len(answers)} were found in data" in page
    confirmed, recalled = (sum(answer.mark == mark for answer in answers) for mark in "CK")
    assert f"For {confirmed} more the data confirm" in page
    assert f"; {recalled} await checking" in page
    assert f"materiel ({levels.count(1)}) and troops ({levels.count(2)})" in page
    assert f"; {len({answer.crisis for answer in answers})} crises are few" in page
    assert len({answer.case for answer in answers}) == 33
    assert "Thirty-three wars" in page


def write_tables() -> None:
    """Write the tables of the page anew, as the part computes them."""
    file, part = TOP / "docs" / "casebook.md", run_casebook(SCENARIOS)
    page = file.read_text(encoding="utf-8")
    for marker, due in (("scores", table(part)), ("standing", standing(part))):
        before, opening, rest = page.partition(f"<!-- {marker} -->\n")
        page = before + opening + due + "<!-- end -->" + rest.partition("<!-- end -->")[2]
    file.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write_tables()
