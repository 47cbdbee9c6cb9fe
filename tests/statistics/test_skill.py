"""Skill: who does better, and how certain that is."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest

from sim.statistics.scores import skill_score
from sim.statistics.skill import estimate_skill


def letters(count: int) -> list[str]:
    return [chr(ord("a") + number) for number in range(count)]


def test_skill_is_one_less_the_ratio_of_mean_scores() -> None:
    skill = estimate_skill([0.1, 0.2, 0.3], [0.4, 0.4, 0.4], letters(3))
    assert skill.by_question.value == pytest.approx(0.5)
    assert (skill.model_score, skill.reference_score) == pytest.approx((0.2, 0.4))


def test_a_forecaster_who_is_better_on_every_question_beats_the_reference() -> None:
    model = [0.01, 0.02, 0.01, 0.03, 0.02]
    assert estimate_skill(model, [0.3] * 5, letters(5)).verdict_text == "beats it"
    assert estimate_skill([0.3] * 5, model, letters(5)).verdict_text == "does worse"


def test_a_forecaster_better_on_some_and_worse_on_others_cannot_be_distinguished() -> None:
    skill = estimate_skill([0.1, 0.9, 0.1, 0.8], [0.5, 0.5, 0.5, 0.5], letters(4))
    assert skill.verdict_text.startswith("cannot be distinguished")


def test_the_same_scores_have_no_skill_and_no_spread() -> None:
    skill = estimate_skill([0.2, 0.5, 0.9], [0.2, 0.5, 0.9], letters(3))
    assert skill.by_question == (0, 0, 0)


def test_dependent_questions_have_a_wider_interval_than_as_many_independent_ones() -> None:
    model, reference = [0.1] * 5 + [0.6] * 5 + [0.1, 0.2], [0.4] * 12
    groups = ["tests"] * 5 + ["war"] * 5 + ["x", "y"]
    skill = estimate_skill(model, reference, groups)
    single = skill.by_question.high - skill.by_question.low
    assert (skill.question_count, skill.group_count) == (12, 4)
    assert skill.by_group.high - skill.by_group.low > 1.3 * single


def test_two_questions_or_groups_have_no_interval() -> None:
    skill = estimate_skill([0.1, 0.2], [0.3, 0.3], ["a", "b"])
    assert np.isnan(skill.by_question.low)
    assert skill.verdict_text.startswith("cannot be distinguished")
    three = estimate_skill([0.1, 0.2, 0.1], [0.3, 0.3, 0.3], ["a", "a", "b"])
    assert np.isnan(three.by_group.low)
    assert three.verdict_text.startswith("cannot be distinguished")


def test_a_resample_repeats_to_the_last_digit() -> None:
    scores = [0.1, 0.5, 0.9, 0.3], [0.4, 0.2, 0.5, 0.6], letters(4)
    assert estimate_skill(*scores) == estimate_skill(*scores)


def test_the_interval_is_that_of_the_questions_drawn_again() -> None:
    model, reference = np.random.default_rng(2).uniform(0.1, 0.9, size=(2, 12))
    drawn = np.random.default_rng(20240619).integers(12, size=(4000, 12))
    skills = 1 - model[drawn].sum(axis=1) / reference[drawn].sum(axis=1)
    interval = estimate_skill(model.tolist(), reference.tolist(), letters(12)).by_question
    assert interval[1:] == pytest.approx(np.quantile(skills, [0.025, 0.975]), abs=1e-12)


def test_a_perfect_reference_leaves_no_skill_to_measure() -> None:
    assert isnan(skill_score(0.1, 0.0))
