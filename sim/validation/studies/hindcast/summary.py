"""What all questions together come to, in plain sentences whose numbers are computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import fmean

from sim.validation.studies.hindcast.comparison import (
    BASELINE_NAMES,
    SCORE_NAMES,
    ScoreComparison,
    relies_on_hindsight,
)
from sim.validation.studies.hindcast.forecasts import ScoredQuestion
from sim.validation.studies.hindcast.placebo import SHARE_REFERENCE, placebo_by_reference
from sim.validation.studies.hindcast.tables import question_verdict


def summarise(
    scored: Sequence[ScoredQuestion], comparisons: Sequence[ScoreComparison], worlds: int
) -> Iterator[str]:
    """Yield what it comes to, in plain sentences."""
    yield from _count_sentences(scored, worlds)
    yield from _overall_sentences(comparisons)
    yield from (
        each.sentence for each in comparisons if each.score != "log" and not each.without_hindsight
    )
    yield from _hindsight_sentences(scored, comparisons)
    yield from _coverage_sentences(scored)
    yield from _placebo_sentences(scored)
    yield from _dependence_sentences(scored)


def _count_sentences(scored: Sequence[ScoredQuestion], worlds: int) -> Iterator[str]:
    fared = Counter(question_verdict(each) for each in scored)
    told = ", ".join(f"{count} {name}" for name, count in sorted(fared.items()))
    assumed = [each.question.id for each in scored if each.mapping and each.mapping.assumed]
    yield (
        f"{len(scored)} questions, lived in {worlds:,} worlds from the scenario's first day "
        f"on: {told}."
    )
    if assumed:
        yield f"The scenario puts in something of {', '.join(assumed)}: kept out of all skill."


def _coverage_sentences(scored: Sequence[ScoredQuestion]) -> Iterator[str]:
    numbers = [
        each
        for each in scored
        if each.counts_towards_skill and each.model_forecast and each.model_forecast.chance is None
    ]
    if not numbers:
        return
    shares = {
        share: fmean(
            bool(each.model_forecast.covers(share, each.question.outcome))
            for each in numbers
            if each.model_forecast and each.question.outcome is not None
        )
        for share in (0.5, 0.9)
    }
    yield (
        f"Of {len(numbers)} numbers {shares[0.5]:.0%} lie in the 50 % interval and "
        f"{shares[0.9]:.0%} in the 90 % interval."
    )


def _placebo_sentences(scored: Sequence[ScoredQuestion]) -> Iterator[str]:
    sham = placebo_by_reference(scored)
    if sham:
        told = ", ".join(
            f"{found.shuffled_skill:+.2f} against {name}" for name, found in sham.items()
        )
        alone = next(iter(sham.values()))
        yield (
            f"Placebo: with the answers of yes or no shuffled, skill is {told}. Against {SHARE_REFERENCE} it "
            f"is {alone.actual_skill:+.2f} with the answers as they are; {alone.share_as_good:.0%} of shuffles "
            "do as well."
        )


def _dependence_sentences(scored: Sequence[ScoredQuestion]) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for each in scored:
        if each.counts_towards_skill and each.mapping and each.mapping.group:
            groups.setdefault(each.mapping.group, []).append(each.question.id)
    several = [f"{name} ({', '.join(ids)})" for name, ids in groups.items() if len(ids) > 1]
    if several:
        yield f"Questions that stand or fall together: {'; '.join(several)}."


def _hindsight_sentences(
    scored: Sequence[ScoredQuestion], comparisons: Sequence[ScoreComparison]
) -> Iterator[str]:
    owing = [
        each.question.id
        for each in scored
        if each.counts_towards_skill and relies_on_hindsight(each)
    ]
    if owing:
        told = "; ".join(
            f"{SCORE_NAMES[each.score][1]} against {each.reference.replace('_', ' ')} "
            f"{each.skill.by_question.value:+.2f} ({each.skill.question_count})"
            for each in comparisons
            if each.without_hindsight and each.score != "log"
        )
        yield (
            f"Rules owe something to hindsight in {', '.join(owing)}, though no number was fitted. "
            f"Skill without these: {told or 'no question is left'}."
        )


def _overall_sentences(comparisons: Sequence[ScoreComparison]) -> Iterator[str]:
    """Yield whether the model beats the baselines, over all questions that count."""
    every = [each for each in comparisons if not each.without_hindsight]
    if not every:
        yield "No question could be scored against a baseline, so nothing is said about skill."
        return
    for verdict_, how in (("met", "beats"), ("missed", "falls behind")):
        for each in every:
            if each.verdict == verdict_:
                reference, score = BASELINE_NAMES[each.reference], SCORE_NAMES[each.score][0]
                yield f"In all: the model {how} {reference} by its {score} score."
    if all(each.verdict == "undecided" for each in every):
        yield (
            "In all: the model is not shown to beat either baseline, nor to fall behind one. So "
            "few questions, of which many hang together, could show a large difference only."
        )
