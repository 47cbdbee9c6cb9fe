"""The casebook as a part of the validation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from sim.experiment.blocks import OnProgress
from sim.output import format_figure
from sim.validation.check import Check, ValidationPart, verdict_above
from sim.validation.studies.casebook.baselines import (
    BASE_RATE,
    CONSTANT_CHANCES,
    RECALIBRATED,
    REGRESSION,
)
from sim.validation.studies.casebook.cases import WarCase, read_cases
from sim.validation.studies.casebook.contributions import contribution_rows
from sim.validation.studies.casebook.recorded import read_war_numbers, record_casebook
from sim.validation.studies.casebook.scoring import (
    QUESTION_MIN_LEVELS,
    ForecastEvaluation,
    evaluate_question,
)
from sim.validation.studies.casebook.simulated import SimulatedAnswer, simulate_cases
from sim.validation.studies.casebook.standing import StandingForecast, evaluate_standing
from sim.validation.studies.casebook.standing_checks import (
    QUESTION_LABELS,
    standing_checks,
    standing_rows,
    standing_sentences,
)
from sim.validation.studies.casebook.tables import (
    case_rows,
    forecast_rows,
    level_rows,
    reliability_rows,
    score_rows,
    subgroup_rows,
)
from sim.validation.studies.universe.read_record import RECORD_FILE, read_record

_CASES_FOLDER = "history"
_WORLDS = 1000
QUICK_CASE_WORLDS = 200
_HONOUR_RATE_SOURCES = ("leeds-long-mitchell-2000", "berkemeier-fuhrmann-2018")


def run_casebook(
    scenarios: Path, *, quick: bool = False, on_progress: OnProgress = lambda _: None
) -> ValidationPart:
    """Score the mutual-defence rule by what allies did in history.

    Args:
        scenarios: the folder of scenarios, with the cases in `history`.
        quick: simulate fewer worlds.
        on_progress: called with the number of worlds simulated so far.

    Raises:
        ScenarioError: a case is invalid; the message lists every fault.
        RequestError: what the regression needs is not installed.
    """
    folder, worlds = scenarios / _CASES_FOLDER, QUICK_CASE_WORLDS if quick else _WORLDS
    cases = read_cases(folder)
    answers = simulate_cases(cases, worlds, on_progress)
    evaluations = [evaluate_question(answers, question) for question in QUESTION_MIN_LEVELS]
    known = record_casebook(cases, read_war_numbers(folder, cases))
    standing = evaluate_standing(known, read_record(scenarios / RECORD_FILE))
    tables = {
        "casebook_scores": score_rows(evaluations),
        "casebook_standing": standing_rows(standing, evaluations, known.late),
        "casebook_forecasts": forecast_rows(answers, evaluations),
        "casebook_reliability": reliability_rows(evaluations),
        "casebook_groups": subgroup_rows(answers, evaluations),
        "casebook_weighed": contribution_rows(cases),
        "casebook_levels": level_rows(answers),
        "casebook_cases": case_rows(answers, evaluations, folder),
    }
    return ValidationPart(
        name="casebook",
        title="A casebook of the mutual-defence rule",
        summary=(
            *_summary_sentences(cases, answers, evaluations, worlds),
            *standing_sentences(standing),
        ),
        checks=tuple(_number_checks(evaluations, standing)),
        tables={name: list(rows) for name, rows in tables.items()},
    )


def _number_checks(
    evaluations: Sequence[ForecastEvaluation], standing: Sequence[StandingForecast]
) -> Iterator[Check]:
    simulated = chain.from_iterable(map(_evaluation_checks, evaluations))
    for number, check in enumerate(chain(simulated, standing_checks(standing)), start=1):
        yield replace(check, code=f"C{number:02}")


def _evaluation_checks(evaluation: ForecastEvaluation) -> Iterator[Check]:
    for baseline in (*CONSTANT_CHANCES, BASE_RATE, REGRESSION):
        yield _baseline_check(evaluation, baseline)
    yield _calibration_check(evaluation)
    yield _ranking_check(evaluation)
    yield _placebo_check(evaluation)


def _baseline_check(evaluation: ForecastEvaluation, baseline: str) -> Check:
    gain = evaluation.improvement_over(baseline)
    brier, other_brier = (evaluation.mean_score("Brier", name) for name in ("", baseline))
    log, other_log = (evaluation.mean_score("log", name) for name in ("", baseline))
    return Check(
        code="",
        claim=f"{_question_label(evaluation)}: the rule forecasts better than {baseline}",
        target="Brier score lower: above 0",
        value=gain.value,
        low=gain.low,
        high=gain.high,
        unit="difference of mean Brier scores",
        sources=_HONOUR_RATE_SOURCES if baseline in CONSTANT_CHANCES else ("cow-war-4",),
        tuned=True,
        verdict=verdict_above(gain.low, gain.high),
        says=f"Brier score {brier:.3f}, against {other_brier:.3f}; logarithmic score {log:.3f}, "
        f"against {other_log:.3f}. Interval by crisis."
        + (_describe_bias(evaluation) if gain.high < 0 else ""),
    )


def _describe_bias(evaluation: ForecastEvaluation) -> str:
    """Describe how much of a bad score is due to the level of the chances, not to their ranking."""
    return (
        f" The mean chance is {evaluation.chances.mean():.2f}, the observed share "
        f"{evaluation.observed_share.value:.2f}; recalibrated on the other crises, the rule would "
        f"have a Brier score of {evaluation.mean_score('Brier', RECALIBRATED):.3f}."
    )


def _calibration_check(evaluation: ForecastEvaluation) -> Check:
    share, mean = evaluation.observed_share, float(evaluation.chances.mean())
    return Check(
        code="",
        claim=f"{_question_label(evaluation)}: the mean chance is the observed share",
        target=f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f}) of allies",
        value=mean,
        unit="mean chance",
        sources=("cow-war-4",),
        tuned=True,
        verdict="met" if share.low <= mean <= share.high else "missed",
        says=f"The mean chance is {'below' if mean < share.value else 'above'} the observed share; "
        "the table casebook_weighed shows the weight of each consideration."
        if not share.low <= mean <= share.high
        else "Within the interval of the share, by crisis.",
    )


def _ranking_check(evaluation: ForecastEvaluation) -> Check:
    ranked = evaluation.rank_accuracy
    return Check(
        code="",
        claim=f"{_question_label(evaluation)}: a yes was given a higher chance than a no",
        target="more often than not: above 0.50",
        value=ranked.value,
        low=ranked.low,
        high=ranked.high,
        unit="share of pairs ranked correctly",
        sources=("cow-war-4",),
        tuned=True,
        verdict=verdict_above(ranked.low, ranked.high, 0.5),
        says="Area under the curve of hits and false alarms (AUC). Interval by crisis.",
    )


def _placebo_check(evaluation: ForecastEvaluation) -> Check:
    return Check(
        code="",
        claim=f"{_question_label(evaluation)}: chance does not forecast as well (placebo)",
        target="shuffled answers are forecast as well in fewer than 0.05 of shuffles",
        value=evaluation.placebo,
        unit="share of shuffles",
        sources=("cow-war-4",),
        tuned=True,
        verdict="met" if evaluation.placebo < 0.05 else "missed",
        says="Answers are shuffled over all allies; the rule's chances are not."
        + (
            ""
            if evaluation.placebo < 0.05
            else " So the rule does not discriminate between yes and no."
        ),
    )


def _question_label(evaluation: ForecastEvaluation) -> str:
    return QUESTION_LABELS[evaluation.question]


def _summary_sentences(
    cases: Sequence[WarCase],
    simulated: Sequence[SimulatedAnswer],
    evaluations: Sequence[ForecastEvaluation],
    worlds: int,
) -> Iterator[str]:
    crises = len({ally.answer.crisis for ally in simulated})
    yield (
        f"{len(simulated)} answers of allies in {len(cases)} wars of {crises} crises, "
        f"{worlds:,} worlds each, with the coefficients of all other scenarios."
    )
    for evaluation in evaluations:
        share, gain = evaluation.observed_share, evaluation.improvement_over(REGRESSION)
        yield (
            f"{_question_label(evaluation)}: observed share {share.value:.2f}, mean chance "
            f"{evaluation.chances.mean():.2f}. Brier score {evaluation.mean_score('Brier'):.3f}; "
            f"{_list_baseline_scores(evaluation)}. The rule ranks "
            f"{format_figure(evaluation.rank_accuracy.value, '.2f')} of pairs correctly and is "
            f"{_describe_comparison(gain.low, gain.high)} a regression fitted on the other crises."
        )


def _list_baseline_scores(evaluation: ForecastEvaluation) -> str:
    scores = (f"{name} {evaluation.mean_score('Brier', name):.3f}" for name in evaluation.baselines)
    return ", ".join(scores)


def _describe_comparison(low: float, high: float) -> str:
    texts = {"met": "better than", "missed": "worse than"}
    return texts.get(verdict_above(low, high), "indistinguishable from")
