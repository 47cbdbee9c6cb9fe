"""The model beside the baselines by group, on questions whose answers and forecasts are given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isnan, log

import numpy as np
import pytest

from sim.statistics.scores import log_crps
from sim.validation.studies.hindcast.comparison import (
    compare_with_baselines,
    skill_checks,
    skill_rows,
)
from sim.validation.studies.hindcast.forecasts import Forecast, Forecaster, ScoredQuestion
from sim.validation.studies.hindcast.groups import (
    compare_groups,
    group_rows,
    group_sentences,
    show_groups,
)
from sim.validation.studies.hindcast.mapping import QuestionMapping
from sim.validation.studies.hindcast.questions import Question
from sim.validation.studies.hindcast.summary import summarise

DAY = date(2024, 6, 19)


def asked(
    code: str, group: str, outcome: float, assumed: str = "", **forecasts: float | list[float]
) -> ScoredQuestion:
    """Return a question with forecasts: a chance for yes or no, a list of numbers for a count."""
    is_count = isinstance(forecasts["model"], list)
    question = Question(
        code, DAY, DAY, "count" if is_count else "binary", "?", "", outcome, "", "", "", 2
    )
    mapping = QuestionMapping.model_validate(
        {"group": group, "reads": {"worlds": "war"}, "assumed": assumed}
    )
    given: dict[Forecaster, Forecast] = {}
    for who in ("model", "persistence", "base_rate"):
        if (value := forecasts.get(who)) is not None:
            given[who] = (
                Forecast(None, np.array(value)) if isinstance(value, list) else Forecast(value)
            )
    return ScoredQuestion(question, mapping, given)


def three(gains: Sequence[float]) -> list[ScoredQuestion]:
    """Return questions answered no: the baselines give .5, the model so much less."""
    return [
        asked(f"Q{n}", "war", 0, model=0.5 - gain, persistence=0.5, base_rate=0.5)
        for n, gain in enumerate(gains)
    ]


def test_yes_or_no_is_on_the_scale_of_numbers() -> None:
    (persistence, base_rate) = compare_groups(
        [asked("Q1", "war", 1, model=0.8, persistence=0.4, base_rate=0.2)]
    )
    as_numbers = log_crps([1, 1, 1, 1, 0], 1)  # four worlds of five say yes
    assert persistence.means[0] == base_rate.means[0] == pytest.approx(as_numbers)
    assert persistence.means[1] == pytest.approx(log(2) * 0.36)
    assert base_rate.better_by.value == pytest.approx(log(2) * (0.64 - 0.04))


def test_a_group_of_two_has_no_interval_and_one_of_three_has() -> None:
    gains = [0.1, 0.2, 0.4]
    assert isnan(compare_groups(three(gains[:2]))[0].better_by.low)
    value, low, high = compare_groups(three(gains))[0].better_by
    assert low < 0 < value < high


def test_only_an_interval_that_excludes_no_difference_is_called_certain() -> None:
    uncertain, certain = compare_groups(three([0.1, -0.2, 0.1])), compare_groups(three([0.3] * 3))
    (sentence,) = group_sentences(uncertain)
    assert sentence.endswith("No group has enough questions to call its difference certain.")
    (sentence,) = group_sentences(certain)
    assert "excludes 0 only in war against persistence (better)" in sentence


def test_the_sentence_sorts_groups_by_how_many_baselines_the_model_beats() -> None:
    scored = [
        asked("Q1", "best", 1, model=0.9, persistence=0.5, base_rate=0.5),
        asked("Q2", "amid", 1, model=0.6, persistence=0.5, base_rate=0.8),
        asked("Q3", "worst", 0, model=0.9, persistence=0.5, base_rate=0.5),
        asked("Q4", "no record", 0, model=0.9, persistence=0.5),
    ]
    (sentence,) = group_sentences(compare_groups(scored))
    assert sentence.startswith(
        "Of 3 groups, the model's mean error is smaller than both baselines' in 1 (best), smaller "
        "than one baseline's in 1 (amid), smaller than neither's in 1 (worst). "
    )


def test_what_the_scenario_assumes_is_in_no_group() -> None:
    assumed = asked("Q1", "war", 1, "the answer", model=0.9, persistence=0.5, base_rate=0.5)
    assert compare_groups([assumed]) == []
    assert list(group_sentences([])) == []


def test_a_question_without_a_group_is_a_group_by_itself() -> None:
    alone = compare_groups([asked("Q7", "", 1, model=0.9, persistence=0.5)])
    assert [(comparison.group, comparison.ids) for comparison in alone] == [("Q7", ("Q7",))]


def test_the_table_has_a_line_for_every_group_and_says_where_there_is_no_record() -> None:
    scored = [
        *three([0.1, 0.2, 0.4]),
        asked("Q9", "peace", 1, model=0.9, persistence=0.5),
    ]
    shown = show_groups(compare_groups(scored))
    war, peace = shown.rows
    assert war[:3] == ("war", "Q0, Q1, Q2", "0.06")
    assert war[3].startswith("0.17 (+0.11; ")
    assert peace == ("peace", "Q9", "0.01", "0.17 (+0.17)", "no record")
    assert {len(row) for row in shown.rows} == {len(shown.heading)}


def test_a_row_counts_the_questions_on_which_the_model_was_better() -> None:
    rows = group_rows(compare_groups(three([0.1, -0.2, 0.1])))
    assert [(row["group"], row["questions"], row["model_better_on"]) for row in rows] == [
        ("war", 3, 2)
    ] * 2


def test_a_baseline_without_any_error_leaves_words_and_empty_cells_and_no_nan() -> None:
    exact = [
        asked(f"Q{n}", "tests", 0, model=[0.0, 1.0], persistence=[0.0], base_rate=[0.0])
        for n in range(3)
    ]
    comparisons = compare_with_baselines(exact)
    assert {comparison.skill.reference_score for comparison in comparisons} == {0}
    assert [row["skill"] for row in skill_rows(comparisons)] == [None] * len(comparisons)
    assert {check.value for check in skill_checks(comparisons)} == {None}
    text = " ".join(summarise(exact, comparisons, compare_groups(exact), 200))
    assert "skill too few to say" in text
    assert "cannot be compared with it, whose forecasts leave no error" in text
    assert "nan" not in text.split()
