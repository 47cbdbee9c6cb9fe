"""Forecasts and how they fare, on four worlds planted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.model.recording.history import History
from sim.validation.studies.hindcast.comparison import compare_with_baselines, skill_checks
from sim.validation.studies.hindcast.forecasts import Forecast, ScoredQuestion, forecast_question
from sim.validation.studies.hindcast.mapping import QuestionMapping
from sim.validation.studies.hindcast.questions import Question, QuestionKind
from sim.validation.studies.hindcast.simulated import HistoryCache
from sim.validation.studies.hindcast.tables import question_check, question_verdict
from tests.worlds import SCENARIOS

SHELLS = np.array([[1.0, 1.0], [2.0, 0.0], [4.0, 2.0], [0.0, 0.0]])
RATE = {"happened": 0, "months": 12, "source": "x", "mark": "F", "how": "none"}


class Planted(HistoryCache):
    """Four worlds of two months, in which so many shells arrive and one has a war."""

    def history(self, name: str, months: int) -> History:
        return History(
            worlds={"world": np.arange(4), "war": np.array([False, False, False, True])},
            months={
                "world": np.repeat(np.arange(4), 2),
                "month": np.tile([1, 2], 4),
                "shells": SHELLS.ravel(),
            },
            events={"event": np.zeros(0, dtype=object)},
        )


def question(kind: QuestionKind, outcome: float | None = 0.0, name: str = "Q1") -> Question:
    asked, due = date(2024, 6, 19), date(2024, 8, 18)
    return Question(name, asked, due, kind, "Will it?", "so", outcome, "high", "F", "x", 2)


def answered(kind: QuestionKind, outcome: float | None = 0.0, **words: Any) -> ScoredQuestion:
    asked = question(kind, outcome)
    return forecast_question(asked, QuestionMapping.model_validate(words), Planted(SCENARIOS, 4))


def scored(name: str, chance: float, baseline: float, **words: Any) -> ScoredQuestion:
    """Return a question answered by yes to which these chances were given."""
    mapping = QuestionMapping.model_validate({"reads": {"worlds": "war"}, **words})
    forecasts = {"model": Forecast(chance), "persistence": Forecast(baseline)}
    return ScoredQuestion(question("binary", 1.0, name), mapping, forecasts)  # type: ignore[arg-type]


def test_a_chance_is_the_share_of_worlds_with_half_a_world_to_spare() -> None:
    model = answered("binary", reads={"worlds": "war"}).model_forecast
    assert model
    assert model.chance == pytest.approx(1.5 / 5)
    assert model.sampling_interval
    assert model.sampling_interval.value == 0.25


def test_a_chance_is_less_where_not_every_such_event_is_meant() -> None:
    model = answered("binary", reads={"worlds": "war"}, chance=0.5).model_forecast
    assert model
    assert model.chance == pytest.approx(0.5 * 1.5 / 5)
    assert model.sampling_interval
    assert model.sampling_interval.value == 0.125


def test_a_number_is_the_worlds_as_they_are_in_the_unit_of_the_question() -> None:
    reads = {"months": "shells", "at": "total"}
    model = answered("count", reads=reads, factor=10).model_forecast
    assert model
    assert model.ensemble is not None
    assert sorted(model.ensemble) == [0, 20, 20, 60]
    assert model.worlds == 4


def test_a_reading_over_another_leaves_out_worlds_where_the_other_is_nothing() -> None:
    reads = {"months": "shells"}
    over = {"months": "shells", "until": "2024-07-18"}
    model = answered("count", reads=reads, over=over).model_forecast
    assert model
    assert model.ensemble is not None
    assert sorted(model.ensemble) == [0, 0.5, 1]
    assert model.worlds == 3


def test_of_a_count_only_the_part_that_is_meant_remains() -> None:
    reads = {"months": "shells", "at": "total"}
    model = answered("count", reads=reads, chance=0.25).model_forecast
    assert model
    assert model.ensemble is not None
    assert model.ensemble.mean() == pytest.approx(0.25 * 2.5, abs=0.05)
    assert model.ensemble.max() <= 6
    assert model.worlds == 4


@pytest.mark.parametrize(
    ("kind", "outcome", "reads", "expected"),
    [
        ("binary", 0.0, {"worlds": "war"}, "met"),
        ("binary", 1.0, {"worlds": "war"}, "missed"),
        ("binary", None, {"worlds": "war"}, "undecided"),
        ("count", 6.0, {"months": "shells", "at": "total"}, "met"),
        ("count", 7.0, {"months": "shells", "at": "total"}, "missed"),
    ],
)
def test_a_question_is_met_missed_or_undecided(
    kind: QuestionKind, outcome: float | None, reads: dict[str, str], expected: str
) -> None:
    scored_question = answered(kind, outcome, reads=reads)
    assert question_verdict(scored_question) == expected


def test_what_the_scenario_puts_in_is_left_out_however_it_fared() -> None:
    scored_question = answered("binary", 0.0, reads={"worlds": "war"}, assumed="A shock brings it.")
    assert question_verdict(scored_question) == "left out"
    assert not scored_question.counts_towards_skill


def test_who_is_behind_both_baselines_is_reported_why_though_it_met() -> None:
    words = {"persistence": RATE, "base_rate": RATE | {"months": 900}, "diagnosis": "Too hot."}
    scored_question = answered("binary", 0.0, reads={"worlds": "war"}, **words)
    assert question_verdict(scored_question) == "met"
    assert scored_question.is_behind_baselines
    assert question_check(scored_question).says.endswith("Behind both baselines: Too hot.")
    ahead = answered("binary", 1.0, reads={"worlds": "war"}, **words)
    assert not ahead.is_behind_baselines


def test_the_model_beats_a_baseline_only_where_both_intervals_lie_above_nothing() -> None:
    sure = compare_with_baselines([scored(f"Q{at}", 0.9 - at / 100, 0.3) for at in range(6)])
    assert {comparison.verdict for comparison in sure} == {"met"}
    mixed = compare_with_baselines(
        [scored(f"Q{at}", 0.9 if at % 2 else 0.1, 0.5) for at in range(6)]
    )
    assert {comparison.verdict for comparison in mixed} == {"undecided"}
    lost = compare_with_baselines([scored(f"Q{at}", 0.3, 0.9 - at / 100) for at in range(6)])
    assert {comparison.verdict for comparison in lost} == {"missed"}
    one_group = compare_with_baselines([scored(f"Q{at}", 0.9, 0.3, group="one") for at in range(6)])
    assert {comparison.verdict for comparison in one_group} == {"undecided"}


def test_questions_that_owe_something_to_hindsight_are_counted_once_with_and_once_without() -> None:
    owing = scored("Q9", 0.9, 0.3, hindsight="It is there because it happened.")
    scored_question = compare_with_baselines(
        [owing, *(scored(f"Q{at}", 0.8, 0.3) for at in range(3))]
    )
    counts = {
        (comparison.without_hindsight, comparison.skill.question_count)
        for comparison in scored_question
    }
    assert counts == {(False, 4), (True, 3)}
    assert [check.code for check in skill_checks(scored_question)] == ["HS1", "HS2"]
