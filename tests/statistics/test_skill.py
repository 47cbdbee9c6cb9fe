"""Skill: who does better, how surely, and that shuffled answers leave none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.skill import estimate_skill, run_placebo_test

CHANCES = st.lists(st.floats(0, 1), min_size=4, max_size=15)


def letters(count: int) -> list[str]:
    return [chr(ord("a") + at) for at in range(count)]


def test_skill_is_one_less_the_ratio_of_mean_scores() -> None:
    found = estimate_skill([0.1, 0.2, 0.3], [0.4, 0.4, 0.4], letters(3))
    assert found.by_question.value == pytest.approx(0.5)
    assert (found.model_score, found.reference_score) == pytest.approx((0.2, 0.4))


def test_who_is_clearly_better_on_every_question_beats_the_reference() -> None:
    ours = [0.01, 0.02, 0.01, 0.03, 0.02]
    assert estimate_skill(ours, [0.3] * 5, letters(5)).verdict_text == "beats it"
    assert estimate_skill([0.3] * 5, ours, letters(5)).verdict_text == "does worse"


def test_who_is_better_here_and_worse_there_cannot_be_told_apart() -> None:
    found = estimate_skill([0.1, 0.9, 0.1, 0.8], [0.5, 0.5, 0.5, 0.5], letters(4))
    assert found.verdict_text.startswith("cannot be told apart")


def test_the_same_scores_have_no_skill_and_no_spread() -> None:
    found = estimate_skill([0.2, 0.5, 0.9], [0.2, 0.5, 0.9], letters(3))
    assert found.by_question == (0, 0, 0)


def test_questions_that_hang_together_leave_more_open_than_as_many_that_do_not() -> None:
    ours, theirs = [0.1] * 5 + [0.6] * 5 + [0.1, 0.2], [0.4] * 12
    groups = ["tests"] * 5 + ["war"] * 5 + ["x", "y"]
    found = estimate_skill(ours, theirs, groups)
    alone = found.by_question.high - found.by_question.low
    assert (found.question_count, found.group_count) == (12, 4)
    assert found.by_group.high - found.by_group.low > 1.3 * alone


def test_of_two_questions_or_groups_no_interval_is_made_up() -> None:
    found = estimate_skill([0.1, 0.2], [0.3, 0.3], ["a", "b"])
    assert np.isnan(found.by_question.low)
    assert found.verdict_text.startswith("cannot be told apart")
    three = estimate_skill([0.1, 0.2, 0.1], [0.3, 0.3, 0.3], ["a", "a", "b"])
    assert np.isnan(three.by_group.low)
    assert three.verdict_text.startswith("cannot be told apart")


def test_a_resample_repeats_to_the_last_digit() -> None:
    scores = [0.1, 0.5, 0.9, 0.3], [0.4, 0.2, 0.5, 0.6], letters(4)
    assert estimate_skill(*scores) == estimate_skill(*scores)


@given(CHANCES, st.randoms(use_true_random=False))
def test_no_chances_beat_the_share_of_yes_on_shuffled_answers(
    chances: list[float], random: object
) -> None:
    outcomes = [float(random.random() < 0.4) for _ in chances]  # type: ignore[attr-defined]
    if 0 < sum(outcomes) < len(outcomes):
        assert run_placebo_test(chances, outcomes).shuffled_skill <= 0.05


def test_who_knows_the_answers_loses_it_all_when_they_are_shuffled() -> None:
    outcomes = [1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0]
    chances = [0.9 if outcome else 0.1 for outcome in outcomes]
    found = run_placebo_test(chances, outcomes)
    assert found.actual_skill == pytest.approx(1 - 0.01 / 0.24)
    assert found.shuffled_skill < 0
    assert found.share_as_good < 0.02  # of 210 orders hardly any is as good


def test_against_another_forecaster_shuffling_leaves_no_skill_either() -> None:
    outcomes = [1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0]
    knows = [0.8 if outcome else 0.2 for outcome in outcomes]
    found = run_placebo_test(knows, outcomes, [0.4] * 8)
    assert found.actual_skill > 0.8
    assert found.shuffled_skill < 0
