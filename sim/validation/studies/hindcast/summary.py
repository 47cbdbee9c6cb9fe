"""Summarises all questions in sentences whose numbers are computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean

from sim.output import format_count, format_figure
from sim.validation.studies.hindcast.comparison import (
    BASELINE_NAMES,
    SCORE_NAMES,
    ScoreComparison,
    relies_on_hindsight,
)
from sim.validation.studies.hindcast.forecasts import ScoredQuestion
from sim.validation.studies.hindcast.groups import GroupComparison, group_sentences
from sim.validation.studies.hindcast.placebo import SHARE_REFERENCE, placebo_by_reference
from sim.validation.studies.hindcast.tables import question_verdict


def summarise(
    scored: Sequence[ScoredQuestion],
    comparisons: Sequence[ScoreComparison],
    groups: Sequence[GroupComparison],
    worlds: int,
) -> Iterator[str]:
    """Yield the results of the hindcast as sentences."""
    yield from _count_sentences(scored, worlds)
    yield from _overall_sentences(comparisons)
    yield from (
        comparison.sentence
        for comparison in comparisons
        if comparison.score != "log" and not comparison.without_hindsight
    )
    yield from group_sentences(groups)
    yield from _hindsight_sentences(scored, comparisons)
    yield from _coverage_sentences(scored)
    yield from _placebo_sentences(scored)
    yield from _dependence_sentences(scored)


def _count_sentences(scored: Sequence[ScoredQuestion], worlds: int) -> Iterator[str]:
    verdicts = Counter(question_verdict(question) for question in scored)
    counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    assumed = _ids(question for question in scored if question.mapping and question.mapping.assumed)
    yield (
        f"{format_count(len(scored), 'question')}, simulated in {worlds:,} worlds from the "
        f"scenario's first day: {counts}."
    )
    if assumed:
        yield f"The scenario assumes part of the answer to {assumed}: excluded from all skill."


def _coverage_sentences(scored: Sequence[ScoredQuestion]) -> Iterator[str]:
    numbers = [
        (question.model_forecast, question.question.outcome)
        for question in scored
        if question.counts_towards_skill
        and question.model_forecast
        and question.model_forecast.chance is None
    ]
    if not numbers:
        return
    half, most = (
        fmean(
            bool(forecast.covers(share, outcome))
            for forecast, outcome in numbers
            if outcome is not None
        )
        for share in (0.5, 0.9)
    )
    yield (
        f"Of {format_count(len(numbers), 'number')} {half:.0%} lie in the 50% interval and "
        f"{most:.0%} in the 90% interval."
    )


def _placebo_sentences(scored: Sequence[ScoredQuestion]) -> Iterator[str]:
    tests = placebo_by_reference(scored)
    if not tests:
        return
    shuffled = ", ".join(
        f"{format_figure(test.shuffled_skill, '+.2f')} against {name}"
        for name, test in tests.items()
    )
    share_test = tests[SHARE_REFERENCE]
    yield (
        f"Placebo: with the answers yes and no shuffled, skill is {shuffled}. Against "
        f"{SHARE_REFERENCE} it is {format_figure(share_test.actual_skill, '+.2f')} with the actual "
        f"answers; {share_test.share_as_good:.0%} of shuffles do as well."
    )


def _dependence_sentences(scored: Sequence[ScoredQuestion]) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for question in scored:
        if question.counts_towards_skill and question.mapping and question.mapping.group:
            groups.setdefault(question.mapping.group, []).append(question.question.id)
    several = [f"{name} ({', '.join(ids)})" for name, ids in groups.items() if len(ids) > 1]
    if several:
        yield f"Questions that depend on each other: {'; '.join(several)}."


def _hindsight_sentences(
    scored: Sequence[ScoredQuestion], comparisons: Sequence[ScoreComparison]
) -> Iterator[str]:
    dependent = _ids(
        question
        for question in scored
        if question.counts_towards_skill and relies_on_hindsight(question)
    )
    if not dependent:
        return
    skills = "; ".join(
        f"{SCORE_NAMES[comparison.score][1]} against {comparison.reference.replace('_', ' ')} "
        f"{format_figure(comparison.skill.by_question.value, '+.2f')} "
        f"({comparison.skill.question_count})"
        for comparison in comparisons
        if comparison.without_hindsight and comparison.score != "log"
    )
    yield (
        f"Rules depend on hindsight in {dependent}, although no number was fitted. Skill without "
        f"these: {skills or 'no question is left'}."
    )


def _overall_sentences(comparisons: Sequence[ScoreComparison]) -> Iterator[str]:
    """Yield whether the model beats the baselines, over all questions that count."""
    complete = [comparison for comparison in comparisons if not comparison.without_hindsight]
    if not complete:
        yield "No question could be scored against a baseline, so skill is unknown."
        return
    for verdict, relation in (("met", "beats"), ("missed", "is worse than")):
        for comparison in complete:
            if comparison.verdict == verdict:
                reference = BASELINE_NAMES[comparison.reference]
                score = SCORE_NAMES[comparison.score][0]
                yield f"Overall: the model {relation} {reference} by its {score} score."
    if all(comparison.verdict == "undecided" for comparison in complete):
        yield (
            "Overall: the model is neither better nor worse than either baseline with 95% "
            "certainty. With so few questions, many of them dependent, only a large difference "
            "could be shown."
        )


def _ids(scored: Iterable[ScoredQuestion]) -> str:
    return ", ".join(question.question.id for question in scored)
