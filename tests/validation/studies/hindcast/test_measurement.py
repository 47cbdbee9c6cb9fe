"""What a mapping reads from a history, on histories planted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.recording.history import History
from sim.validation.studies.hindcast.mapping import MeasurementSpec, QuestionMapping
from sim.validation.studies.hindcast.measurement import is_yes, measure_history
from sim.validation.studies.hindcast.windows import Window, find_window

START = date(2024, 6, 19)
YEAR = Window(1, 12, 12.0)

# World 7: two tests in month 2 and one in month 13, soldiers seen in 3, admitted in 9.
# World 8: nothing but a nuclear test in month 5, and an admission in month 4.
# World 9: soldiers seen in month 20, too late to see what follows.
EVENTS = [
    (7, 2, "provocation", "dprk", "", "ballistic", 2),
    (7, 3, "troops_seen", "dprk", "russia", "arms", 0),
    (7, 9, "admits", "russia", "dprk", "arms", 0),
    (7, 13, "provocation", "dprk", "", "ballistic", 1),
    (8, 4, "admits", "russia", "dprk", "arms", 0),
    (8, 5, "provocation", "dprk", "", "nuclear", 1),
    (9, 20, "troops_seen", "dprk", "russia", "arms", 0),
]
MONTHS = 24
DENIAL: dict[str, Any] = {"first": [{"event": "admits"}], "after": [{"event": "troops_seen"}]}


def history() -> History:
    worlds = np.array([7, 8, 9])
    names = ("world", "month", "event", "actor", "towards", "subject", "level")
    columns = dict(zip(names, zip(*EVENTS, strict=True), strict=True))
    text = ("event", "actor", "towards", "subject")
    events = {
        name: np.array(column, dtype=object if name in text else np.int64)
        for name, column in columns.items()
    }
    return History(
        worlds={"world": worlds, "in_force": np.array([True, False, True])},
        months={
            "world": np.repeat(worlds, MONTHS),
            "month": np.tile(np.arange(1, MONTHS + 1), 3),
            "soldiers": np.concatenate([np.arange(24.0), np.zeros(24), np.full(24, 5.0)]),
        },
        events=events,
    )


def found(asked: Window = YEAR, **words: Any) -> list[float]:
    return list(measure_history(MeasurementSpec.model_validate(words), history(), asked))


def test_events_are_counted_within_the_months_of_the_question() -> None:
    assert found(events=[{"event": "provocation"}]) == [1, 1, 0]
    assert found(Window(1, 13, 13), events=[{"event": "provocation"}]) == [2, 1, 0]
    assert found(Window(3, 12, 10), events=[{"event": "provocation"}]) == [0, 1, 0]


def test_the_level_of_an_event_can_say_how_often_it_happened() -> None:
    assert found(events=[{"event": "provocation"}], times=True) == [2, 1, 0]


@pytest.mark.parametrize(
    ("pattern", "counts"),
    [
        ({"event": "provocation", "subject": "nuclear"}, [0, 1, 0]),
        ({"event": "provocation", "actor": "russia"}, [0, 0, 0]),
        ({"event": "admits", "towards": "dprk"}, [1, 1, 0]),
        ({"event": "provocation", "level": 2}, [1, 0, 0]),
    ],
)
def test_only_events_count_that_fit_in_every_word(
    pattern: dict[str, Any], counts: list[float]
) -> None:
    assert found(events=[pattern]) == counts


def test_an_event_that_fits_two_patterns_counts_once() -> None:
    both = [{"event": "provocation"}, {"event": "provocation", "subject": "ballistic"}]
    assert found(events=both) == [1, 1, 0]


def test_months_to_the_first_event_are_cut_off_where_the_question_ends() -> None:
    assert found(first=[{"event": "admits"}]) == [9, 4, 12]
    assert found(Window(5, 12, 8), first=[{"event": "admits"}]) == [5, 8, 8]


def test_months_from_one_event_to_another_leave_out_worlds_without_the_first() -> None:
    assert np.array_equal(found(**DENIAL), [6, np.nan, np.nan], equal_nan=True)


def test_a_world_is_left_out_when_the_history_ends_before_the_question_would() -> None:
    short = found(Window(1, 4, 4), **DENIAL)
    assert np.array_equal(short, [4, np.nan, 4], equal_nan=True)


@pytest.mark.parametrize(
    ("at", "amounts"), [("end", [11, 0, 5]), ("highest", [11, 0, 5]), ("total", [66, 0, 60])]
)
def test_a_column_of_months_is_read_at_the_end_at_its_highest_or_in_all(
    at: str, amounts: list[float]
) -> None:
    assert found(months="soldiers", at=at) == amounts


def test_a_column_of_months_is_read_from_the_first_month_of_the_question_on() -> None:
    assert found(Window(3, 4, 2), months="soldiers", at="total") == [5, 0, 10]


def test_a_column_of_worlds_is_read_as_it_is() -> None:
    assert found(worlds="in_force") == [1, 0, 1]


@pytest.mark.parametrize(
    ("limit", "answers"),
    [
        ({}, [False, True, True]),
        ({"at_least": 2}, [False, False, True]),
        ({"more_than": 1}, [False, False, True]),
        ({"at_most": 1}, [True, True, False]),
        ({"below": 1}, [True, False, False]),
    ],
)
def test_a_limit_turns_an_amount_into_yes_or_no(
    limit: dict[str, float], answers: list[bool]
) -> None:
    mapping = QuestionMapping.model_validate({"reads": {"worlds": "in_force"}, **limit})
    assert list(is_yes(mapping, np.array([0.0, 1.0, 2.0]))) == answers


@pytest.mark.parametrize(
    ("begins", "ends", "months"),
    [
        (date(2024, 6, 19), date(2025, 6, 18), (1, 12)),
        (date(2024, 6, 20), date(2025, 6, 19), (1, 12)),  # a day more or less moves no month
        (date(2024, 6, 19), date(2024, 12, 31), (1, 6)),  # 13 of 31 days are less than half
        (date(2025, 1, 1), date(2025, 12, 31), (7, 18)),  # 18 of 31 days are more
        (date(2024, 3, 28), date(2024, 12, 31), (1, 6)),  # what lies before is not simulated
        (date(2024, 10, 23), date(2025, 12, 31), (5, 18)),
    ],
)
def test_a_month_belongs_to_a_question_when_half_of_its_days_do(
    begins: date, ends: date, months: tuple[int, int]
) -> None:
    assert find_window(begins, ends, START)[:2] == months


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2023, 1, 1), date(2023, 12, 31)),
        (date(2024, 6, 19), date(2024, 6, 25)),
        (date(2024, 7, 10), date(2024, 7, 27)),
    ],
)
def test_a_question_that_covers_half_of_no_month_has_none(begins: date, ends: date) -> None:
    assert find_window(begins, ends, START).month_count == 0


@given(st.dates(date(2024, 6, 19), date(2030, 1, 1)), st.integers(31, 2000))
def test_a_question_of_so_many_days_has_about_so_many_months(begins: date, days: int) -> None:
    ends = date.fromordinal(begins.toordinal() + days - 1)
    asked = find_window(begins, ends, START)
    assert asked.first >= 1
    assert abs(asked.month_count - asked.length) <= 1.1
