"""Questions about treaties after the pact, scored beside the answer that nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.validation.check import Check, TableRow
from sim.validation.studies.hindcast.forecasts import ScoredQuestion, forecast_question
from sim.validation.studies.hindcast.mapping import read_mappings
from sim.validation.studies.hindcast.questions import read_questions
from sim.validation.studies.hindcast.simulated import HistoryCache
from sim.validation.studies.hindcast.tables import question_check, question_row

QUESTIONS_FILE = Path("hindcast") / "treaties.csv"
"""The questions, in the folder of scenarios; how they are answered stands beside them."""


def score_questions(scenarios: Path, histories: HistoryCache) -> list[ScoredQuestion]:
    """Return the questions with their forecasts.

    Raises:
        ScenarioError: the questions or their mappings are invalid.
    """
    file = scenarios / QUESTIONS_FILE
    mappings, _ = read_mappings(file.with_suffix(".toml"))
    return [
        forecast_question(question, mappings.get(question.id), histories)
        for question in read_questions(file)
    ]


def question_checks(scored: Sequence[ScoredQuestion]) -> list[Check]:
    """Return a check for each question."""
    return [question_check(question) for question in scored]


def question_rows(scored: Sequence[ScoredQuestion]) -> list[TableRow]:
    """Return each question with its forecasts and scores."""
    return [question_row(question) for question in scored]


def compare_with_nothing(scored: Sequence[ScoredQuestion]) -> tuple[float, float, int]:
    """Return the mean Brier scores of the model and of no change, and the number of questions.

    No change is the answer no, for certain.
    """
    pairs = [
        (question.model_forecast.chance, question.question.outcome)
        for question in scored
        if question.model_forecast is not None and question.question.is_yes_or_no
    ]
    known = [(chance, yes) for chance, yes in pairs if chance is not None and yes is not None]
    chances, outcomes = np.array(known, dtype=float).T
    model, nothing = np.square(chances - outcomes).mean(), np.square(outcomes).mean()
    return float(model), float(nothing), len(known)


def describe_questions(scored: Sequence[ScoredQuestion]) -> str:
    """Return the comparison as a sentence."""
    model, nothing, count = compare_with_nothing(scored)
    better = "no better than" if model >= nothing else "better than"
    return (
        f"On {count} questions about treaties and governments to the end of 2025 the model is "
        f"{better} the answer that nothing changes (Brier scores {model:.4f} and {nothing:.4f})."
    )
