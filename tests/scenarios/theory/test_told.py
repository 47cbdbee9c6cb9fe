"""What the lessons of the four states say moves, moves; what they say does not, does not."""

from __future__ import annotations

import pytest

from sim.analysis.choices.compare import compare_choices, find_effect
from sim.scenario.schema.lesson import Turn
from sim.statistics.intervals import Interval
from tests.scenarios.theory.four_states import NAMES, load

LESSONS = [name for name in NAMES if name != "unallied"]
HARDLY = 0.01
"""A change of a rate that is no difference to a reader."""


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_its_outcomes_move_as_the_lesson_says(name: str) -> None:
    lesson = load(name).lesson
    assert lesson
    effects = compare_choices(load(name), load(lesson.base), 2000)
    for outcome, turn in lesson.look_at.items():
        kind, rivalry, first, *second = (
            outcome.removeprefix("rate:").replace("help:", "help_war:").split(":")
        )
        actor, towards = (second[0], first) if second else (first, "")
        change = find_effect(effects, kind, rivalry, actor, towards).relative
        assert _turn(change) is turn, (outcome, change)


def _turn(change: Interval) -> Turn:
    """Return how a rate differs, by its relative change and the interval of that."""
    if max(abs(change.low), abs(change.high)) < HARDLY or change.low <= 0 <= change.high:
        return Turn.SAME
    return Turn.MORE if change.value > 0 else Turn.LESS
