"""The tables of the casebook: scores, forecasts, how reliable they are, and where they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from sim.model.arrays import Mask
from sim.statistics.cluster_scores import log_score
from sim.statistics.intervals import wilson
from sim.validation.check import Row
from sim.validation.studies.casebook.answers import LEVELS, read_table
from sim.validation.studies.casebook.baselines import REGRESSION
from sim.validation.studies.casebook.features import KINDS, kind_of
from sim.validation.studies.casebook.scoring import QUESTIONS, SCORES, Exam, forecasts, happened
from sim.validation.studies.casebook.simulated import Lived

Cell = str | float | int | bool | None
RULE = "the rule"
BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
"""Ends of the classes of forecasts in the table of reliability."""
DIAGNOSES = "diagnoses.csv"
WORST = 5
_POST_WAR = 1946


def score_rows(exams: Sequence[Exam]) -> Iterator[Row]:
    """Yield a row for the rule and each rival, to a question and score."""
    for exam in exams:
        for score in SCORES:
            yield {"question": exam.question, "score": score, "forecaster": RULE} | {
                "mean": exam.mean(score)
            }
            for name in exam.rivals:
                better = exam.better_than(name, score)
                yield {
                    "question": exam.question,
                    "score": score,
                    "forecaster": name,
                    "mean": exam.mean(score, name),
                    "rule_better_by": better.value,
                    "low": better.low,
                    "high": better.high,
                }


def forecast_rows(lived: Sequence[Lived], exams: Sequence[Exam]) -> Iterator[Row]:
    """Yield a row for each answer: what the ally did, and what chance the rule gave to what."""
    for place, each in enumerate(lived):
        answer, worlds = each.answer, sum(each.counts)
        row: dict[str, Cell] = {
            "case": answer.case,
            "ally": answer.ally,
            "partner": answer.partner,
            "bound": kind_of(each.case, answer),
            "answer": LEVELS[answer.answer],
            "mark": answer.mark,
        }
        row |= {name: count / worlds for name, count in zip(LEVELS, each.counts, strict=True)}
        for exam in exams:
            row[f"{exam.question}: outcome"] = int(exam.outcomes[place])
            row[f"{exam.question}: rule"] = float(exam.chances[place])
            row[f"{exam.question}: regression"] = float(exam.rivals[REGRESSION][place])
        yield row


def reliability_rows(exams: Sequence[Exam]) -> Iterator[Row]:
    """Yield, for classes of forecasts, what was said and how often it happened (Wilson)."""
    for exam in exams:
        place = np.clip(np.digitize(exam.chances, BINS) - 1, 0, len(BINS) - 2)
        for at, (low, high) in enumerate(pairwise(BINS)):
            if (place == at).any():
                name: dict[str, Cell] = {"question": exam.question}
                yield (
                    name | {"forecasts": f"{low:g} to {high:g}"} | _said_and_done(exam, place == at)
                )


def group_rows(lived: Sequence[Lived], exams: Sequence[Exam]) -> Iterator[Row]:
    """Yield the same for how allies were bound, and before and after 1945."""
    ways: dict[str, Callable[[Lived], str]] = {
        "bound": lambda each: kind_of(each.case, each.answer),
        "era": lambda each: (
            "after 1945" if each.case.scenario.start.year >= _POST_WAR else "to 1945"
        ),
    }
    for exam in exams:
        for by, way in ways.items():
            names = np.array([way(each) for each in lived])
            for name in sorted(set(names), key=_kinds_first):
                row: dict[str, Cell] = {"question": exam.question, "by": by, "group": str(name)}
                yield row | _said_and_done(exam, names == name)


def era_rows(lived: Sequence[Lived], without_era: Sequence[Lived]) -> Iterator[Row]:
    """Yield the scores with the term for the time after 1945 as it is, and left to that time."""
    for question, least in QUESTIONS.items():
        outcomes = happened(lived, least)
        for name, way in (("in all years", lived), ("after 1945 only", without_era)):
            chances = forecasts(way, least)
            means: dict[str, Cell] = {
                score: float(of(chances, outcomes).mean()) for score, of in SCORES.items()
            }
            said: dict[str, Cell] = {"question": question, "era_term": name}
            said["mean_forecast"] = float(chances.mean())
            yield said | {"share": float(outcomes.mean())} | means


def case_rows(lived: Sequence[Lived], exams: Sequence[Exam], folder: Path) -> Iterator[Row]:
    """Yield a row for each case, that which the rule had least reckoned with first.

    Its order is that of the mean logarithmic score over its allies and both questions. The first
    few carry a diagnosis, if one has been written.

    Raises:
        ScenarioError: the table of diagnoses cannot be used.
    """
    written = {row["case"]: row["diagnosis"] for _, row in _diagnoses(folder)}
    names = np.array([each.answer.case for each in lived])
    lost = np.mean([log_score(exam.chances, exam.outcomes) for exam in exams], axis=0)
    order = sorted(set(names), key=lambda name: -lost[names == name].mean())
    for place, name in enumerate(order):
        here = names == name
        row: dict[str, Cell] = {"case": str(name), "allies": int(here.sum())}
        row["log"] = float(lost[here].mean())
        for exam in exams:
            row[f"{exam.question}: rule"] = float(exam.chances[here].mean())
            row[f"{exam.question}: share"] = float(exam.outcomes[here].mean())
        yield row | {"diagnosis": written.get(str(name), "") if place < WORST else None}


def _diagnoses(folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    return read_table(folder / DIAGNOSES, ("case", "diagnosis"))


def level_rows(lived: Sequence[Lived]) -> Iterator[Row]:
    """Yield how often allies went how far: in history, and in the worlds."""
    worlds = np.mean([np.array(each.counts) / sum(each.counts) for each in lived], axis=0)
    did = np.bincount([each.answer.answer for each in lived], minlength=len(LEVELS))
    for place, name in enumerate(LEVELS):
        share = wilson(int(did[place]), len(lived))
        row: dict[str, Cell] = {"answer": name, "allies": int(did[place]), "share": share.value}
        yield row | {"low": share.low, "high": share.high, "rule": float(worlds[place])}


def _said_and_done(exam: Exam, where: Mask) -> dict[str, Cell]:
    did, answers = int(exam.outcomes[where].sum()), int(where.sum())
    share = wilson(did, answers)
    return {
        "answers": answers,
        "mean_forecast": float(exam.chances[where].mean()),
        "share": share.value,
        "low": share.low,
        "high": share.high,
    }


def _kinds_first(name: str) -> tuple[int, str]:
    return (KINDS.index(name) if name in KINDS else len(KINDS), name)
