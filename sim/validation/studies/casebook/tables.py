"""The tables of the casebook: scores, forecasts, calibration and the worst cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from sim.model.arrays import Mask
from sim.statistics.intervals import wilson_interval
from sim.statistics.scores import log_score
from sim.validation.check import TableRow
from sim.validation.csv_tables import read_table_rows
from sim.validation.studies.casebook.answers import AID_LEVELS
from sim.validation.studies.casebook.baselines import REGRESSION
from sim.validation.studies.casebook.features import (
    ANSWER_CLASSES,
    COMMITMENTS,
    answer_class,
    commitment_of,
)
from sim.validation.studies.casebook.scoring import (
    SCORE_FUNCTIONS,
    ForecastEvaluation,
)
from sim.validation.studies.casebook.simulated import SimulatedAnswer

_Cell = str | float | int | bool | None
_RULE_NAME = "the rule"
_CHANCE_BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
"""Bounds of the classes of forecasts in the table of reliability."""
_DIAGNOSES_FILE = "diagnoses.csv"
_DIAGNOSED_CASES = 5
_FIRST_POST_WAR_YEAR = 1946


def score_rows(evaluations: Sequence[ForecastEvaluation]) -> Iterator[TableRow]:
    """Yield a row for the rule and for each baseline, by question and score."""
    for evaluation in evaluations:
        for score in SCORE_FUNCTIONS:
            yield {"question": evaluation.question, "score": score, "forecaster": _RULE_NAME} | {
                "mean": evaluation.mean_score(score)
            }
            for name in evaluation.baselines:
                gain = evaluation.improvement_over(name, score)
                yield {
                    "question": evaluation.question,
                    "score": score,
                    "forecaster": name,
                    "mean": evaluation.mean_score(score, name),
                    "rule_better_by": gain.value,
                    "low": gain.low,
                    "high": gain.high,
                }


def forecast_rows(
    simulated: Sequence[SimulatedAnswer], evaluations: Sequence[ForecastEvaluation]
) -> Iterator[TableRow]:
    """Yield a row for each answer: what the ally did, and the chances that the rule gave."""
    for place, ally in enumerate(simulated):
        answer, worlds = ally.answer, sum(ally.level_counts)
        row: dict[str, _Cell] = {
            "case": answer.case,
            "ally": answer.ally,
            "partner": answer.partner,
            "bound": commitment_of(ally.case, answer),
            "answer": AID_LEVELS[answer.answer],
            "mark": answer.mark,
        }
        row |= {
            name: count / worlds for name, count in zip(AID_LEVELS, ally.level_counts, strict=True)
        }
        for evaluation in evaluations:
            row[f"{evaluation.question}: outcome"] = int(evaluation.outcomes[place])
            row[f"{evaluation.question}: rule"] = float(evaluation.chances[place])
            row[f"{evaluation.question}: regression"] = float(
                evaluation.baselines[REGRESSION][place]
            )
        yield row


def reliability_rows(evaluations: Sequence[ForecastEvaluation]) -> Iterator[TableRow]:
    """Yield, for classes of forecasts, the mean forecast and the observed share (Wilson)."""
    for evaluation in evaluations:
        bins = np.clip(np.digitize(evaluation.chances, _CHANCE_BINS) - 1, 0, len(_CHANCE_BINS) - 2)
        for number, (low, high) in enumerate(pairwise(_CHANCE_BINS)):
            if (bins == number).any():
                name: dict[str, _Cell] = {"question": evaluation.question}
                yield (
                    name
                    | {"forecasts": f"{low:g} to {high:g}"}
                    | _calibration_cells(evaluation, bins == number)
                )


def subgroup_rows(
    simulated: Sequence[SimulatedAnswer], evaluations: Sequence[ForecastEvaluation]
) -> Iterator[TableRow]:
    """Yield the same by commitment, by class of the record, and before and after 1945."""
    groupings: dict[str, Callable[[SimulatedAnswer], str]] = {
        "bound": lambda ally: commitment_of(ally.case, ally.answer),
        "class": lambda ally: answer_class(ally.case, ally.answer),
        "era": lambda ally: (
            "after 1945" if ally.case.scenario.start.year >= _FIRST_POST_WAR_YEAR else "to 1945"
        ),
    }
    for evaluation in evaluations:
        for by, grouping in groupings.items():
            names = np.array([grouping(ally) for ally in simulated])
            for name in sorted(set(names), key=_commitment_order):
                row: dict[str, _Cell] = {
                    "question": evaluation.question,
                    "by": by,
                    "group": str(name),
                }
                yield row | _calibration_cells(evaluation, names == name)


def case_rows(
    simulated: Sequence[SimulatedAnswer], evaluations: Sequence[ForecastEvaluation], folder: Path
) -> Iterator[TableRow]:
    """Yield a row for each case, the one that surprised the rule most first.

    Cases are in the order of their mean logarithmic score over all allies and both questions. The
    first few carry a diagnosis, if there is one.

    Raises:
        ScenarioError: the table of diagnoses cannot be used.
    """
    diagnoses = {row["case"]: row["diagnosis"] for _, row in _read_diagnoses(folder)}
    names = np.array([ally.answer.case for ally in simulated])
    loss = np.mean(
        [log_score(evaluation.chances, evaluation.outcomes) for evaluation in evaluations], axis=0
    )
    order = sorted(set(names), key=lambda name: -loss[names == name].mean())
    for place, name in enumerate(order):
        allies = names == name
        row: dict[str, _Cell] = {"case": str(name), "allies": int(allies.sum())}
        row["log"] = float(loss[allies].mean())
        for evaluation in evaluations:
            row[f"{evaluation.question}: rule"] = float(evaluation.chances[allies].mean())
            row[f"{evaluation.question}: share"] = float(evaluation.outcomes[allies].mean())
        yield row | {
            "diagnosis": diagnoses.get(str(name), "") if place < _DIAGNOSED_CASES else None
        }


def _read_diagnoses(folder: Path) -> list[tuple[int, dict[str, str]]]:
    return read_table_rows(folder / _DIAGNOSES_FILE, ("case", "diagnosis"))


def level_rows(simulated: Sequence[SimulatedAnswer]) -> Iterator[TableRow]:
    """Yield the shares of the levels of aid, in history and in the simulated worlds."""
    worlds = np.mean(
        [np.array(ally.level_counts) / sum(ally.level_counts) for ally in simulated], axis=0
    )
    observed = np.bincount([ally.answer.answer for ally in simulated], minlength=len(AID_LEVELS))
    for place, name in enumerate(AID_LEVELS):
        share = wilson_interval(int(observed[place]), len(simulated))
        row: dict[str, _Cell] = {
            "answer": name,
            "allies": int(observed[place]),
            "share": share.value,
        }
        yield row | {"low": share.low, "high": share.high, "rule": float(worlds[place])}


def _calibration_cells(evaluation: ForecastEvaluation, mask: Mask) -> dict[str, _Cell]:
    yes, answers = int(evaluation.outcomes[mask].sum()), int(mask.sum())
    share = wilson_interval(yes, answers)
    return {
        "answers": answers,
        "mean_forecast": float(evaluation.chances[mask].mean()),
        "share": share.value,
        "low": share.low,
        "high": share.high,
    }


def _commitment_order(name: str) -> tuple[int, str]:
    known = (*COMMITMENTS, *ANSWER_CLASSES)
    return (known.index(name) if name in known else len(known), name)
