"""A changing number keeps its parts exact through every step of arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.choices.change import (
    ASSUMPTIONS,
    COURSE,
    Cause,
    Change,
    add_changes,
    changing,
)

PATRON, BACKER = Cause("patron", True), Cause("backer", True)


def example() -> tuple[Change, Change]:
    """Return two numbers between 0 and 1 that change through two allies."""
    draws = np.random.default_rng(5).uniform(0.01, 0.99, (4, 50))
    return changing(draws[0], draws[1], PATRON), changing(draws[2], draws[3], BACKER)


def assert_exact(change: Change) -> None:
    assert sum(change.parts.values()) == pytest.approx(change.difference, abs=1e-12)


@pytest.mark.parametrize(
    "step",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a * b,
        lambda a, b: (a * b).complement(),
        lambda a, b: (a.log() - b.log()).logistic(),
        lambda a, b: add_changes([a, b, a * b]).times(3.0),
    ],
)
def test_parts_add_up_to_the_difference(step) -> None:  # type: ignore[no-untyped-def]
    first, second = example()
    result = step(first, second)
    assert_exact(result)
    assert set(result.parts) == {PATRON, BACKER}


def test_swapping_the_scenarios_changes_only_the_sign() -> None:
    first, second = example()
    swapped = [Change(c.without, c.with_, {k: -p for k, p in c.parts.items()}) for c in example()]
    there = ((first.log() - second.log()).logistic() * second).parts
    back = ((swapped[0].log() - swapped[1].log()).logistic() * swapped[1]).parts
    for cause, part in there.items():
        assert back[cause] == pytest.approx(-part, rel=1e-9)


def test_what_does_not_change_has_no_parts() -> None:
    same = np.full(3, 0.4)
    assert changing(same, same, PATRON).parts == {}


def test_where_one_world_does_not_face_the_choice_the_course_of_events_counts() -> None:
    chance = changing(np.array([0.5, 0.5, 0.5]), np.array([0.3, 0.3, 0.3]), PATRON)
    facing = np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.0, 1.0])
    met = chance.where(facing, facing[0] * facing[1])
    assert met.parts[PATRON] == pytest.approx([0.2, 0, 0])
    assert met.parts[COURSE] == pytest.approx([0, 0.5, -0.3])


def test_a_number_of_some_rows_is_one_of_all_by_the_course_of_events() -> None:
    chance = changing(np.array([0.5, 0.4]), np.array([0.3, 0.4]), PATRON)
    with_, without = np.array([0.9, 0.5, 0.4]), np.array([0.0, 0.3, 0.4])
    all_rows = chance.among(np.array([1, 2]), with_, without)
    assert all_rows.parts[PATRON] == pytest.approx([0, 0.2, 0])
    assert all_rows.parts[COURSE] == pytest.approx([0.9, 0, 0])
    assert_exact(all_rows)


def test_some_rows_of_a_number_have_its_parts() -> None:
    first, _ = example()
    some = first.take(np.array([4, 2]))
    assert some.difference.tolist() == first.difference[[4, 2]].tolist()
    assert some.parts[PATRON].tolist() == first.parts[PATRON][[4, 2]].tolist()


def test_what_is_left_over_is_due_to_assumptions() -> None:
    left = Change(np.array([0.5]), np.array([0.1]), {PATRON: np.array([0.3])}).closed()
    assert left.parts[ASSUMPTIONS] == pytest.approx(0.1)
    assert_exact(left)
