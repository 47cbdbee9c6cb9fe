"""The casebook as a part of the validation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from sim.experiment.blocks import OnProgress
from sim.scenario.schema.scenario import Scenario
from sim.validation.check import Check, ValidationPart, Verdict
from sim.validation.studies.casebook.baselines import (
    BASE_RATE,
    CONSTANT_CHANCES,
    RECALIBRATED,
    REGRESSION,
)
from sim.validation.studies.casebook.cases import WarCase, read_cases
from sim.validation.studies.casebook.contributions import contribution_rows
from sim.validation.studies.casebook.scoring import (
    QUESTION_MIN_LEVELS,
    ForecastEvaluation,
    evaluate_question,
)
from sim.validation.studies.casebook.simulated import SimulatedCase, simulate_cases
from sim.validation.studies.casebook.tables import (
    case_rows,
    era_rows,
    forecast_rows,
    level_rows,
    reliability_rows,
    score_rows,
    subgroup_rows,
)

_CASES_FOLDER = "history"
_WORLDS = 1000
QUICK_CASE_WORLDS = 200
_FIRST_POST_WAR_YEAR = 1946
_HONOUR_RATE_SOURCES = ("leeds-long-mitchell-2000", "berkemeier-fuhrmann-2018")


def run_casebook(
    scenarios: Path, *, quick: bool = False, on_progress: OnProgress = lambda _: None
) -> ValidationPart:
    """Score the rule for allies by what allies did in history.

    Args:
        scenarios: the folder of scenarios, with the cases in `history`.
        quick: live few worlds.
        on_progress: is told how many worlds have been lived so far.

    Raises:
        ScenarioError: a case cannot be used; the message lists every fault.
        RequestError: what the regression needs is not installed.
    """
    folder, worlds = scenarios / _CASES_FOLDER, QUICK_CASE_WORLDS if quick else _WORLDS
    cases = read_cases(folder)
    lived = simulate_cases(cases, worlds, on_progress)
    exams = [evaluate_question(lived, question) for question in QUESTION_MIN_LEVELS]
    early = tuple(_remove_era_term(case) for case in cases if _is_before_1946(case))
    again = simulate_cases(early, worlds, lambda done: on_progress(done + worlds * len(cases)))
    late = [each for each in lived if not _is_before_1946(each.case)]
    tables = {
        "casebook_scores": score_rows(exams),
        "casebook_forecasts": forecast_rows(lived, exams),
        "casebook_reliability": reliability_rows(exams),
        "casebook_groups": subgroup_rows(lived, exams),
        "casebook_era": era_rows(_sort_by_line(lived), _sort_by_line([*again, *late])),
        "casebook_weighed": contribution_rows(cases),
        "casebook_levels": level_rows(lived),
        "casebook_cases": case_rows(lived, exams, folder),
    }
    return ValidationPart(
        name="casebook",
        title="A casebook of the mutual-defence rule",
        summary=tuple(_summary_sentences(cases, lived, exams, worlds)),
        checks=tuple(chain.from_iterable(_number_checks(exams))),
        tables={name: list(rows) for name, rows in tables.items()},
    )


def _is_before_1946(case: WarCase) -> bool:
    return case.scenario.start.year < _FIRST_POST_WAR_YEAR


def _remove_era_term(case: WarCase) -> WarCase:
    """Return the case without the coefficient that is said to be about the time after 1945."""
    honour = case.scenario.rules.honour
    era = honour.era.model_copy(update={"value": 0.0, "low": 0.0, "high": 0.0})
    rules = case.scenario.rules.model_copy(
        update={"honour": honour.model_copy(update={"era": era})}
    )
    changed: Scenario = case.scenario.model_copy(update={"rules": rules})
    return replace(case, scenario=changed)


def _sort_by_line(simulated: Sequence[SimulatedCase]) -> list[SimulatedCase]:
    return sorted(simulated, key=lambda each: each.answer.line)


def _number_checks(evaluations: Sequence[ForecastEvaluation]) -> Iterator[Iterator[Check]]:
    number = iter(range(1, 100))
    for exam in evaluations:
        yield (
            replace(check, code=f"C{next(number):02}") for check in list(_evaluation_checks(exam))
        )


def _evaluation_checks(evaluation: ForecastEvaluation) -> Iterator[Check]:
    for rival in (*CONSTANT_CHANCES, BASE_RATE, REGRESSION):
        yield _baseline_check(evaluation, rival)
    yield _calibration_check(evaluation)
    yield _ranking_check(evaluation)
    yield _placebo_check(evaluation)


def _baseline_check(evaluation: ForecastEvaluation, baseline: str) -> Check:
    better = evaluation.improvement_over(baseline)
    rule, other = evaluation.mean_score("Brier"), evaluation.mean_score("Brier", baseline)
    return Check(
        code="",
        claim=f"{_capitalise_question(evaluation)}: the rule forecasts allies better than {baseline}",
        target="Brier score lower: above 0",
        value=better.value,
        low=better.low,
        high=better.high,
        unit="difference of mean Brier scores",
        sources=_HONOUR_RATE_SOURCES if baseline in CONSTANT_CHANCES else ("cow-war-4",),
        verdict=_interval_verdict(better.low, better.high),
        says=f"Brier {rule:.3f}, against {other:.3f}; logarithmic score "
        f"{evaluation.mean_score('log'):.3f}, against {evaluation.mean_score('log', baseline):.3f}. Interval by crisis."
        + (_describe_bias(evaluation) if better.high < 0 else ""),
    )


def _describe_bias(evaluation: ForecastEvaluation) -> str:
    """Return how much of a bad score is owed to the level of the chances, not to their order."""
    return (
        f" The rule says {evaluation.chances.mean():.2f} on average where {evaluation.observed_share.value:.2f} did; "
        f"with its level mended on the other crises its Brier score would be "
        f"{evaluation.mean_score('Brier', RECALIBRATED):.3f}."
    )


def _calibration_check(evaluation: ForecastEvaluation) -> Check:
    share, mean = evaluation.observed_share, float(evaluation.chances.mean())
    return Check(
        code="",
        claim=f"{_capitalise_question(evaluation)}: as often as the rule says on average",
        target=f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f}) of allies did",
        value=mean,
        unit="mean chance given",
        sources=("cow-war-4",),
        verdict="met" if share.low <= mean <= share.high else "missed",
        says=f"The rule says {'less' if mean < share.value else 'more'} than happened; what weighs "
        "how much in it stands in the table casebook_weighed."
        if not share.low <= mean <= share.high
        else "Within the interval of the share, by crisis.",
    )


def _ranking_check(evaluation: ForecastEvaluation) -> Check:
    ranked = evaluation.rank_accuracy
    return Check(
        code="",
        claim=f"{_capitalise_question(evaluation)}: those who did were given a higher chance than those who did not",
        target="more often than not: above 0.50",
        value=ranked.value,
        low=ranked.low,
        high=ranked.high,
        unit="share of pairs ranked right",
        sources=("cow-war-4",),
        verdict=_interval_verdict(ranked.low - 0.5, ranked.high - 0.5),
        says="Area under the curve of hits and false alarms. Interval by crisis.",
    )


def _placebo_check(evaluation: ForecastEvaluation) -> Check:
    return Check(
        code="",
        claim=f"{_capitalise_question(evaluation)}: luck does not forecast as well (placebo)",
        target="shuffled answers are forecast as well in fewer than 0.05 of shuffles",
        value=evaluation.placebo,
        unit="share of shuffles",
        sources=("cow-war-4",),
        verdict="met" if evaluation.placebo < 0.05 else "missed",
        says="Answers are shuffled over all allies; the rule's chances stay."
        + ("" if evaluation.placebo < 0.05 else " So it does not tell who did from who did not."),
    )


def _capitalise_question(evaluation: ForecastEvaluation) -> str:
    return evaluation.question[0].upper() + evaluation.question[1:]


def _interval_verdict(low: float, high: float) -> Verdict:
    if low > 0:
        return "met"
    return "missed" if high < 0 else "undecided"


def _summary_sentences(
    cases: Sequence[WarCase],
    simulated: Sequence[SimulatedCase],
    evaluations: Sequence[ForecastEvaluation],
    worlds: int,
) -> Iterator[str]:
    crises = len({each.answer.crisis for each in simulated})
    yield (
        f"{len(simulated)} answers of allies in {len(cases)} wars of {crises} crises, "
        f"{worlds:,} worlds each, with the coefficients of every other scenario."
    )
    for exam in evaluations:
        share, better = exam.observed_share, exam.improvement_over(REGRESSION)
        yield (
            f"{_capitalise_question(exam)}: {share.value:.2f} did, and the rule says {exam.chances.mean():.2f} "
            f"on average. Brier score {exam.mean_score('Brier'):.3f}; {_list_baseline_scores(exam)}. It ranks "
            f"{exam.rank_accuracy.value:.2f} of pairs right, and is {_describe_comparison(better.low, better.high)} "
            "a regression fitted on the other crises."
        )


def _list_baseline_scores(evaluation: ForecastEvaluation) -> str:
    scores = (f"{name} {evaluation.mean_score('Brier', name):.3f}" for name in evaluation.baselines)
    return ", ".join(scores)


def _describe_comparison(low: float, high: float) -> str:
    words = {"met": "better than", "missed": "worse than"}
    return words.get(_interval_verdict(low, high), "not to be told apart from")
