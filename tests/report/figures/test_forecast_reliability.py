"""Whatever a validation gave a chance to is drawn beside what came to pass."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sim.report.figures.forecast_reliability import plot_forecast_reliability
from sim.validation.check import TableRow, ValidationPart


def part(**tables: Sequence[TableRow]) -> ValidationPart:
    return ValidationPart(name="casebook", title="Casebook", summary=(), checks=(), tables=tables)


def test_a_table_of_forecasts_and_outcomes_is_drawn() -> None:
    rows = [{"forecast": 0.9, "outcome": 1}, {"forecast": 0.1, "outcome": 0}]
    (figure,) = plot_forecast_reliability([part(answers=rows)], "Made by hand.")
    assert figure.name == "reliability_answers"
    assert figure.title == "Casebook: forecast probabilities and observed frequencies"
    assert figure.note.endswith("2 questions. Made by hand.")
    assert [row["observed"] for row in figure.table] == [0, 1]


def test_each_question_of_a_table_is_drawn() -> None:
    row = {"came at all: rule": 0.9, "came at all: outcome": 1, "war: rule": 0, "war: outcome": 0}
    figures = list(plot_forecast_reliability([part(answers=[row])], ""))
    assert [figure.name for figure in figures] == [
        "reliability_answers_came_at_all", "reliability_answers_war"
    ]  # fmt: skip
    assert figures[1].title.startswith("Casebook, war: ")


@pytest.mark.parametrize(
    "row",
    [{"forecast": None, "outcome": 1}, {"forecast": 0.5, "outcome": "yes"}, {"outcome": 1},
     {"forecast": 0.5, "outcome": 0.5}, {"forecast": 7, "outcome": 1}, {"forecast": 0.5}],
)  # fmt: skip
def test_what_is_no_chance_or_no_outcome_is_let_be(row: TableRow) -> None:
    assert list(plot_forecast_reliability([part(answers=[row], empty=[])], "")) == []
