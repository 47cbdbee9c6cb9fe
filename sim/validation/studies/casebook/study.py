"""The casebook as a part of the validation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from sim.scenario.schema.scenario import Scenario
from sim.validation.check import Check, Part, Verdict
from sim.validation.studies.casebook.baselines import BASE_RATE, CONSTANTS, RECALIBRATED, REGRESSION
from sim.validation.studies.casebook.cases import Case, read_cases
from sim.validation.studies.casebook.contributions import weighed_rows
from sim.validation.studies.casebook.scoring import QUESTIONS, Exam, examine
from sim.validation.studies.casebook.simulated import Lived, live_cases
from sim.validation.studies.casebook.tables import (
    case_rows,
    era_rows,
    forecast_rows,
    group_rows,
    level_rows,
    reliability_rows,
    score_rows,
)

FOLDER = "history"
WORLDS = 1000
QUICK = 200
_POST_WAR = 1946
_RATES = ("leeds-long-mitchell-2000", "berkemeier-fuhrmann-2018")


def casebook(
    scenarios: Path, *, quick: bool = False, told: Callable[[int], None] = lambda _: None
) -> Part:
    """Score the rule for allies by what allies did in history.

    Args:
        scenarios: the folder of scenarios, with the cases in `history`.
        quick: live few worlds.
        told: is told how many worlds have been lived so far.

    Raises:
        ScenarioError: a case cannot be used; the message lists every fault.
        RequestError: what the regression needs is not installed.
    """
    folder, worlds = scenarios / FOLDER, QUICK if quick else WORLDS
    cases = read_cases(folder)
    lived = live_cases(cases, worlds, told)
    exams = [examine(lived, question) for question in QUESTIONS]
    early = tuple(_without_era(case) for case in cases if _before(case))
    again = live_cases(early, worlds, lambda done: told(done + worlds * len(cases)))
    late = [each for each in lived if not _before(each.case)]
    tables = {
        "casebook_scores": score_rows(exams),
        "casebook_forecasts": forecast_rows(lived, exams),
        "casebook_reliability": reliability_rows(exams),
        "casebook_groups": group_rows(lived, exams),
        "casebook_era": era_rows(_in_order(lived), _in_order([*again, *late])),
        "casebook_weighed": weighed_rows(cases),
        "casebook_levels": level_rows(lived),
        "casebook_cases": case_rows(lived, exams, folder),
    }
    return Part(
        name="casebook",
        title="A casebook of the mutual-defence rule",
        summary=tuple(_summary(cases, lived, exams, worlds)),
        checks=tuple(chain.from_iterable(_numbered(exams))),
        tables={name: list(rows) for name, rows in tables.items()},
    )


def _before(case: Case) -> bool:
    return case.scenario.start.year < _POST_WAR


def _without_era(case: Case) -> Case:
    """Return the case without the coefficient that is said to be about the time after 1945."""
    honour = case.scenario.rules.honour
    era = honour.era.model_copy(update={"value": 0.0, "low": 0.0, "high": 0.0})
    rules = case.scenario.rules.model_copy(
        update={"honour": honour.model_copy(update={"era": era})}
    )
    changed: Scenario = case.scenario.model_copy(update={"rules": rules})
    return replace(case, scenario=changed)


def _in_order(lived: Sequence[Lived]) -> list[Lived]:
    return sorted(lived, key=lambda each: each.answer.line)


def _numbered(exams: Sequence[Exam]) -> Iterator[Iterator[Check]]:
    number = iter(range(1, 100))
    for exam in exams:
        yield (replace(check, code=f"C{next(number):02}") for check in list(_checks(exam)))


def _checks(exam: Exam) -> Iterator[Check]:
    for rival in (*CONSTANTS, BASE_RATE, REGRESSION):
        yield _better(exam, rival)
    yield _calibrated(exam)
    yield _ranked(exam)
    yield _placebo(exam)


def _better(exam: Exam, rival: str) -> Check:
    better = exam.better_than(rival)
    rule, other = exam.mean("Brier"), exam.mean("Brier", rival)
    return Check(
        code="",
        claim=f"{_named(exam)}: the rule forecasts allies better than {rival}",
        target="Brier score lower: above 0",
        value=better.value,
        low=better.low,
        high=better.high,
        unit="difference of mean Brier scores",
        sources=_RATES if rival in CONSTANTS else ("cow-war-4",),
        verdict=_sign(better.low, better.high),
        says=f"Brier {rule:.3f}, against {other:.3f}; logarithmic score "
        f"{exam.mean('log'):.3f}, against {exam.mean('log', rival):.3f}. Interval by crisis."
        + (_level(exam) if better.high < 0 else ""),
    )


def _level(exam: Exam) -> str:
    """Return how much of a bad score is owed to the level of the chances, not to their order."""
    return (
        f" The rule says {exam.chances.mean():.2f} on average where {exam.share.value:.2f} did; "
        f"with its level mended on the other crises its Brier score would be "
        f"{exam.mean('Brier', RECALIBRATED):.3f}."
    )


def _calibrated(exam: Exam) -> Check:
    share, mean = exam.share, float(exam.chances.mean())
    return Check(
        code="",
        claim=f"{_named(exam)}: as often as the rule says on average",
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


def _ranked(exam: Exam) -> Check:
    ranked = exam.ranked
    return Check(
        code="",
        claim=f"{_named(exam)}: those who did were given a higher chance than those who did not",
        target="more often than not: above 0.50",
        value=ranked.value,
        low=ranked.low,
        high=ranked.high,
        unit="share of pairs ranked right",
        sources=("cow-war-4",),
        verdict=_sign(ranked.low - 0.5, ranked.high - 0.5),
        says="Area under the curve of hits and false alarms. Interval by crisis.",
    )


def _placebo(exam: Exam) -> Check:
    return Check(
        code="",
        claim=f"{_named(exam)}: luck does not forecast as well (placebo)",
        target="shuffled answers are forecast as well in fewer than 0.05 of shuffles",
        value=exam.placebo,
        unit="share of shuffles",
        sources=("cow-war-4",),
        verdict="met" if exam.placebo < 0.05 else "missed",
        says="Answers are shuffled over all allies; the rule's chances stay."
        + ("" if exam.placebo < 0.05 else " So it does not tell who did from who did not."),
    )


def _named(exam: Exam) -> str:
    return exam.question[0].upper() + exam.question[1:]


def _sign(low: float, high: float) -> Verdict:
    if low > 0:
        return "met"
    return "missed" if high < 0 else "undecided"


def _summary(
    cases: Sequence[Case], lived: Sequence[Lived], exams: Sequence[Exam], worlds: int
) -> Iterator[str]:
    crises = len({each.answer.crisis for each in lived})
    yield (
        f"{len(lived)} answers of allies in {len(cases)} wars of {crises} crises, "
        f"{worlds:,} worlds each, with the coefficients of every other scenario."
    )
    for exam in exams:
        share, better = exam.share, exam.better_than(REGRESSION)
        yield (
            f"{_named(exam)}: {share.value:.2f} did, and the rule says {exam.chances.mean():.2f} "
            f"on average. Brier score {exam.mean('Brier'):.3f}; {_list(exam)}. It ranks "
            f"{exam.ranked.value:.2f} of pairs right, and is {_compared(better.low, better.high)} "
            "a regression fitted on the other crises."
        )


def _list(exam: Exam) -> str:
    scores = (f"{name} {exam.mean('Brier', name):.3f}" for name in exam.rivals)
    return ", ".join(scores)


def _compared(low: float, high: float) -> str:
    words = {"met": "better than", "missed": "worse than"}
    return words.get(_sign(low, high), "not to be told apart from")
