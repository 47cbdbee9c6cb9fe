"""What all questions together come to, in plain sentences whose numbers are computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import fmean

from sim.validation.studies.hindcast.comparison import (
    REFERENCES,
    SCORES,
    Compared,
    owes_to_hindsight,
)
from sim.validation.studies.hindcast.forecasts import Answered
from sim.validation.studies.hindcast.placebo import SHARE, shuffled
from sim.validation.studies.hindcast.tables import verdict


def summary(answered: Sequence[Answered], found: Sequence[Compared], worlds: int) -> Iterator[str]:
    """Yield what it comes to, in plain sentences."""
    yield from _asked(answered, worlds)
    yield from _in_all(found)
    yield from (each.words for each in found if each.score != "log" and not each.clear)
    yield from _without_hindsight(answered, found)
    yield from _coverage(answered)
    yield from _placebo(answered)
    yield from _dependence(answered)


def _asked(answered: Sequence[Answered], worlds: int) -> Iterator[str]:
    fared = Counter(verdict(each) for each in answered)
    told = ", ".join(f"{count} {name}" for name, count in sorted(fared.items()))
    assumed = [each.question.id for each in answered if each.mapping and each.mapping.assumed]
    yield (
        f"{len(answered)} questions, lived in {worlds:,} worlds from the scenario's first day "
        f"on: {told}."
    )
    if assumed:
        yield f"The scenario puts in something of {', '.join(assumed)}: kept out of all skill."


def _coverage(answered: Sequence[Answered]) -> Iterator[str]:
    numbers = [
        each for each in answered if each.counts and each.model and each.model.chance is None
    ]
    if not numbers:
        return
    shares = {
        share: fmean(
            bool(each.model.covers(share, each.question.outcome))
            for each in numbers
            if each.model and each.question.outcome is not None
        )
        for share in (0.5, 0.9)
    }
    yield (
        f"Of {len(numbers)} numbers {shares[0.5]:.0%} lie in the 50 % interval and "
        f"{shares[0.9]:.0%} in the 90 % interval."
    )


def _placebo(answered: Sequence[Answered]) -> Iterator[str]:
    sham = shuffled(answered)
    if sham:
        told = ", ".join(f"{found.skill:+.2f} against {name}" for name, found in sham.items())
        alone = next(iter(sham.values()))
        yield (
            f"Placebo: with the answers of yes or no shuffled, skill is {told}. Against {SHARE} it "
            f"is {alone.actual:+.2f} with the answers as they are; {alone.as_good:.0%} of shuffles "
            "do as well."
        )


def _dependence(answered: Sequence[Answered]) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for each in answered:
        if each.counts and each.mapping and each.mapping.group:
            groups.setdefault(each.mapping.group, []).append(each.question.id)
    several = [f"{name} ({', '.join(ids)})" for name, ids in groups.items() if len(ids) > 1]
    if several:
        yield f"Questions that stand or fall together: {'; '.join(several)}."


def _without_hindsight(answered: Sequence[Answered], found: Sequence[Compared]) -> Iterator[str]:
    owing = [each.question.id for each in answered if each.counts and owes_to_hindsight(each)]
    if owing:
        told = "; ".join(
            f"{SCORES[each.score][1]} against {each.reference.replace('_', ' ')} "
            f"{each.found.by_question.value:+.2f} ({each.found.questions})"
            for each in found
            if each.clear and each.score != "log"
        )
        yield (
            f"Rules owe something to hindsight in {', '.join(owing)}, though no number was fitted. "
            f"Skill without these: {told or 'no question is left'}."
        )


def _in_all(found: Sequence[Compared]) -> Iterator[str]:
    """Yield whether the model beats the baselines, over all questions that count."""
    every = [each for each in found if not each.clear]
    if not every:
        yield "No question could be scored against a baseline, so nothing is said about skill."
        return
    for verdict_, how in (("met", "beats"), ("missed", "falls behind")):
        for each in every:
            if each.verdict == verdict_:
                reference, score = REFERENCES[each.reference], SCORES[each.score][0]
                yield f"In all: the model {how} {reference} by its {score} score."
    if all(each.verdict == "undecided" for each in every):
        yield (
            "In all: the model is not shown to beat either baseline, nor to fall behind one. So "
            "few questions, of which many hang together, could show a large difference only."
        )
