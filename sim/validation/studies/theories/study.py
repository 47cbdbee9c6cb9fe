"""The rival theories of honouring as a part of the validation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.statistics.arrays import Vector
from sim.validation.check import Check, TableRow, ValidationPart
from sim.validation.studies.casebook.cases import read_cases
from sim.validation.studies.casebook.recorded import (
    CasebookRecord,
    read_war_numbers,
    record_casebook,
)
from sim.validation.studies.casebook.scoring import QUESTION_MIN_LEVELS
from sim.validation.studies.casebook.standing import forecast_by_crisis
from sim.validation.studies.theories.forecasts import (
    FITTED,
    Forecaster,
    forecast_casebook,
    forecast_record,
    learn_values,
)
from sim.validation.studies.theories.past_answers import (
    read_past_of_casebook,
    read_past_of_record,
)
from sim.validation.studies.theories.past_cases import PastAnswers
from sim.validation.studies.theories.rivals import DEFAULT, rival_theories
from sim.validation.studies.theories.scores import (
    ALL,
    ANY_AID,
    DUE,
    OPEN_WAR,
    PROMISED,
    Answered,
    Evaluations,
    rival_checks,
    score_rows,
    show_scores,
    summarise,
)
from sim.validation.studies.universe.estimates import estimate_rule
from sim.validation.studies.universe.read_record import RECORD_FILE, read_record

_CASES_FOLDER = "history"


def run_theories(scenarios: Path) -> ValidationPart:
    """Forecast past answers by every theory of honouring, and score the forecasts.

    Args:
        scenarios: the folder of scenarios, with the record in `record`, the casebook in `history`.

    Raises:
        ScenarioError: the record, the casebook or what stands beside them is invalid.
        RequestError: what the regression of the record needs is not installed.
    """
    record = read_record(scenarios / RECORD_FILE)
    past = read_past_of_record(scenarios, record)
    evaluations = {**_evaluate_record(past), **_evaluate_casebook(scenarios, past)}
    return build_part(evaluations, _number_rows(past))


def build_part(evaluations: Evaluations, numbers: Iterable[TableRow]) -> ValidationPart:
    """Return the part of scores that are known.

    Args:
        evaluations: by question and forecaster.
        numbers: the rows of the table of numbers.
    """
    return ValidationPart(
        name="theories",
        title="Rival theories of honouring",
        summary=tuple(summarise(evaluations)),
        checks=tuple(_number_checks(evaluations)),
        tables={
            "theories_scores": list(score_rows(evaluations)),
            "theories_numbers": list(numbers),
        },
        shown=(show_scores(evaluations),),
    )


def _number_checks(evaluations: Evaluations) -> Iterator[Check]:
    for number, check in enumerate(rival_checks(evaluations), start=1):
        yield replace(check, code=f"R{number:02}")


def _evaluate_record(past: PastAnswers) -> Evaluations:
    record = past.record
    answered = Answered(record.joined, record.war_index, forecast_record(past, rival_theories()))
    groups = {
        PROMISED: record.mask(lambda row: row.is_aid_promised),
        DUE: record.mask(lambda row: row.obligation == "due"),
        ALL: np.ones(len(record.rows), dtype=bool),
    }
    return {name: answered.where(mask).evaluate(name) for name, mask in groups.items()}


def _evaluate_casebook(scenarios: Path, past: PastAnswers) -> Evaluations:
    folder = scenarios / _CASES_FOLDER
    cases = read_cases(folder)
    known = record_casebook(cases, read_war_numbers(folder, cases))
    casebook = read_past_of_casebook(scenarios, cases, known, past.record)
    rule = forecast_by_crisis(known, past.record)
    rivals = forecast_casebook(past, casebook, known, rival_theories())
    own = Forecaster(DEFAULT, FITTED)
    return {
        OPEN_WAR: _answered(
            known,
            "open war",
            {own: rule.open_war} | {name: each.open_war for name, each in rivals.items()},
        ).evaluate(OPEN_WAR),
        ANY_AID: _answered(
            known,
            "any aid",
            {own: rule.any_aid} | {name: each.any_aid for name, each in rivals.items()},
        ).evaluate(ANY_AID),
    }


def _answered(known: CasebookRecord, question: str, chances: dict[Forecaster, Vector]) -> Answered:
    outcomes = (known.levels >= QUESTION_MIN_LEVELS[question]).astype(float)
    return Answered(outcomes, np.unique(known.crises, return_inverse=True)[1], chances)


def _number_rows(past: PastAnswers) -> Iterator[TableRow]:
    """Yield every number of every rival: as declared, and fitted on all wars of the record."""
    theories = rival_theories()
    learnt = learn_values(past, theories, estimate_rule(past.record), ())
    for name, theory in theories.items():
        fitted = learnt[Forecaster(name, FITTED)]
        for key, number in theory.numbers.items():
            row: dict[str, str | float] = {"theory": name, "number": key, "unit": number.unit}
            row |= {end: getattr(number, end) for end in ("value", "low", "high")}
            yield row | {"fitted_on_all_wars": fitted[key]}
