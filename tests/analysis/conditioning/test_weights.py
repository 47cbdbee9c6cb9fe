from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp, inf

import numpy as np
import pytest

from sim.analysis.conditioning.dated_events import DatedEvent
from sim.analysis.conditioning.events import Occurrences
from sim.analysis.conditioning.spans import Period
from sim.analysis.conditioning.weights import closeness, month_distance

PERIOD = Period(date(2024, 6, 19), 36)
SEEN = DatedEvent(date(2024, 10, 23), "seen")  # in month 5
OCCURRENCES = Occurrences(np.array([0, 1, 1, 2]), np.array([5, 2, 9, 36]), worlds=4)


def test_a_world_is_as_far_as_the_event_nearest_to_the_day() -> None:
    assert month_distance(SEEN, OCCURRENCES, PERIOD).tolist() == [0, 3, 31, inf]


def test_what_had_not_happened_is_missed_by_the_months_it_came_too_early() -> None:
    absent = replace(SEEN, day=date(2025, 3, 18), happened=False)  # the last day of month 9
    assert month_distance(absent, OCCURRENCES, PERIOD).tolist() == [5, 8, 0, 0]


def test_a_state_counts_from_the_month_in_which_it_begins() -> None:
    lasting = Occurrences(np.array([0, 0, 0]), np.array([3, 4, 5]), worlds=1, lasting=True)
    assert month_distance(SEEN, lasting, PERIOD).tolist() == [2]


def test_a_world_counts_the_less_the_further_it_is_and_never_less_than_miss() -> None:
    distance = np.array([0, 2, 4, inf])
    kernel = [1, exp(-0.5), exp(-2), 0]
    assert closeness(distance, 2, 0).tolist() == pytest.approx(kernel)
    expected = [0.1 + 0.9 * each for each in kernel]
    assert closeness(distance, 2, 0.1).tolist() == pytest.approx(expected)


def test_without_tolerance_only_the_same_month_counts() -> None:
    assert closeness(np.array([0, 1, inf]), 0, 0).tolist() == [1, 0, 0]
