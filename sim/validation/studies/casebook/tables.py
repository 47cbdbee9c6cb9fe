"""The tables of the casebook: scores, forecasts, how reliable they are, and where they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from sim.model.arrays import Mask
from sim.statistics.intervals import wilson_interval
from sim.statistics.scores import log_score
from sim.validation.check import TableRow
from sim.validation.studies.casebook.answers import AID_LEVELS, read_table_rows
from sim.validation.studies.casebook.baselines import REGRESSION
from sim.validation.studies.casebook.features import COMMITMENTS, commitment_of
from sim.validation.studies.casebook.scoring import (
    QUESTION_MIN_LEVELS,
    SCORE_FUNCTIONS,
    ForecastEvaluation,
    forecast_chances,
    observed_outcomes,
)
from sim.validation.studies.casebook.simulated import SimulatedCase

_Cell = str | float | int | bool | None
_RULE_NAME = "the rule"
_CHANCE_BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
"""Ends of the classes of forecasts in the table of reliability."""
_DIAGNOSES_FILE = "diagnoses.csv"
_DIAGNOSED_CASES = 5
_FIRST_POST_WAR_YEAR = 1946


def score_rows(evaluations: Sequence[ForecastEvaluation]) -> Iterator[TableRow]:
    """Yield a row for the rule and each rival, to a question and score."""
    for exam in evaluations:
        for score in SCORE_FUNCTIONS:
            yield {"question": exam.question, "score": score, "forecaster": _RULE_NAME} | {
                "mean": exam.mean_score(score)
            }
            for name in exam.baselines:
                better = exam.improvement_over(name, score)
                yield {
                    "question": exam.question,
                    "score": score,
                    "forecaster": name,
                    "mean": exam.mean_score(score, name),
                    "rule_better_by": better.value,
                    "low": better.low,
                    "high": better.high,
                }


def forecast_rows(
    simulated: Sequence[SimulatedCase], evaluations: Sequence[ForecastEvaluation]
) -> Iterator[TableRow]:
    """Yield a row for each answer: what the ally did, and what chance the rule gave to what."""
    for place, each in enumerate(simulated):
        answer, worlds = each.answer, sum(each.level_counts)
        row: dict[str, _Cell] = {
            "case": answer.case,
            "ally": answer.ally,
            "partner": answer.partner,
            "bound": commitment_of(each.case, answer),
            "answer": AID_LEVELS[answer.answer],
            "mark": answer.mark,
        }
        row |= {
            name: count / worlds for name, count in zip(AID_LEVELS, each.level_counts, strict=True)
        }
        for exam in evaluations:
            row[f"{exam.question}: outcome"] = int(exam.outcomes[place])
            row[f"{exam.question}: rule"] = float(exam.chances[place])
            row[f"{exam.question}: regression"] = float(exam.baselines[REGRESSION][place])
        yield row


def reliability_rows(evaluations: Sequence[ForecastEvaluation]) -> Iterator[TableRow]:
    """Yield, for classes of forecasts, what was said and how often it happened (Wilson)."""
    for exam in evaluations:
        place = np.clip(np.digitize(exam.chances, _CHANCE_BINS) - 1, 0, len(_CHANCE_BINS) - 2)
        for at, (low, high) in enumerate(pairwise(_CHANCE_BINS)):
            if (place == at).any():
                name: dict[str, _Cell] = {"question": exam.question}
                yield (
                    name
                    | {"forecasts": f"{low:g} to {high:g}"}
                    | _calibration_cells(exam, place == at)
                )


def subgroup_rows(
    simulated: Sequence[SimulatedCase], evaluations: Sequence[ForecastEvaluation]
) -> Iterator[TableRow]:
    """Yield the same for how allies were bound, and before and after 1945."""
    ways: dict[str, Callable[[SimulatedCase], str]] = {
        "bound": lambda each: commitment_of(each.case, each.answer),
        "era": lambda each: (
            "after 1945" if each.case.scenario.start.year >= _FIRST_POST_WAR_YEAR else "to 1945"
        ),
    }
    for exam in evaluations:
        for by, way in ways.items():
            names = np.array([way(each) for each in simulated])
            for name in sorted(set(names), key=_commitment_order):
                row: dict[str, _Cell] = {"question": exam.question, "by": by, "group": str(name)}
                yield row | _calibration_cells(exam, names == name)


def era_rows(
    simulated: Sequence[SimulatedCase], without_era: Sequence[SimulatedCase]
) -> Iterator[TableRow]:
    """Yield the scores with the term for the time after 1945 as it is, and left to that time."""
    for question, least in QUESTION_MIN_LEVELS.items():
        outcomes = observed_outcomes(simulated, least)
        for name, way in (("in all years", simulated), ("after 1945 only", without_era)):
            chances = forecast_chances(way, least)
            means: dict[str, _Cell] = {
                score: float(of(chances, outcomes).mean()) for score, of in SCORE_FUNCTIONS.items()
            }
            said: dict[str, _Cell] = {"question": question, "era_term": name}
            said["mean_forecast"] = float(chances.mean())
            yield said | {"share": float(outcomes.mean())} | means


def case_rows(
    simulated: Sequence[SimulatedCase], evaluations: Sequence[ForecastEvaluation], folder: Path
) -> Iterator[TableRow]:
    """Yield a row for each case, that which the rule had least reckoned with first.

    Its order is that of the mean logarithmic score over its allies and both questions. The first
    few carry a diagnosis, if one has been written.

    Raises:
        ScenarioError: the table of diagnoses cannot be used.
    """
    written = {row["case"]: row["diagnosis"] for _, row in _read_diagnoses(folder)}
    names = np.array([each.answer.case for each in simulated])
    lost = np.mean([log_score(exam.chances, exam.outcomes) for exam in evaluations], axis=0)
    order = sorted(set(names), key=lambda name: -lost[names == name].mean())
    for place, name in enumerate(order):
        here = names == name
        row: dict[str, _Cell] = {"case": str(name), "allies": int(here.sum())}
        row["log"] = float(lost[here].mean())
        for exam in evaluations:
            row[f"{exam.question}: rule"] = float(exam.chances[here].mean())
            row[f"{exam.question}: share"] = float(exam.outcomes[here].mean())
        yield row | {"diagnosis": written.get(str(name), "") if place < _DIAGNOSED_CASES else None}


def _read_diagnoses(folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    return read_table_rows(folder / _DIAGNOSES_FILE, ("case", "diagnosis"))


def level_rows(simulated: Sequence[SimulatedCase]) -> Iterator[TableRow]:
    """Yield how often allies went how far: in history, and in the worlds."""
    worlds = np.mean(
        [np.array(each.level_counts) / sum(each.level_counts) for each in simulated], axis=0
    )
    did = np.bincount([each.answer.answer for each in simulated], minlength=len(AID_LEVELS))
    for place, name in enumerate(AID_LEVELS):
        share = wilson_interval(int(did[place]), len(simulated))
        row: dict[str, _Cell] = {"answer": name, "allies": int(did[place]), "share": share.value}
        yield row | {"low": share.low, "high": share.high, "rule": float(worlds[place])}


def _calibration_cells(evaluation: ForecastEvaluation, mask: Mask) -> dict[str, _Cell]:
    did, answers = int(evaluation.outcomes[mask].sum()), int(mask.sum())
    share = wilson_interval(did, answers)
    return {
        "answers": answers,
        "mean_forecast": float(evaluation.chances[mask].mean()),
        "share": share.value,
        "low": share.low,
        "high": share.high,
    }


def _commitment_order(name: str) -> tuple[int, str]:
    return (COMMITMENTS.index(name) if name in COMMITMENTS else len(COMMITMENTS), name)
