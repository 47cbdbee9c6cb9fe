"""The model against the baselines, score by score, over all questions that count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.output import format_count, format_figure, is_undefined
from sim.statistics.skill import Skill, estimate_skill
from sim.validation.check import Check, TableRow, Verdict, verdict_above
from sim.validation.studies.hindcast.forecasts import Forecaster, ScoredQuestion

BASELINE_NAMES: dict[Forecaster, str] = {
    "persistence": "persistence of the previous twelve months",
    "base_rate": "the base rate of a longer record",
}
SCORE_NAMES = {
    "brier": ("Brier", "yes-or-no questions"),
    "log": ("logarithmic", "yes-or-no questions"),
    "log_crps": ("CRPS of ln(1 + x)", "numbers"),
}


@dataclass(frozen=True)
class ScoreComparison:
    """The model compared with a reference by one score, over all questions or some of them."""

    score: str
    reference: Forecaster
    without_hindsight: bool
    skill: Skill

    @property
    def widest_interval(self) -> tuple[float, float]:
        """The wider of both intervals of skill; nan where there are too few questions."""
        return self.skill.widest_interval

    @property
    def verdict(self) -> Verdict:
        """Met where the model beats the reference, missed where it falls behind."""
        return verdict_above(*self.widest_interval)

    @property
    def sentence(self) -> str:
        """The comparison as a sentence."""
        name, kind = SCORE_NAMES[self.score]
        value, low, high = self.skill.by_question
        _, lower, upper = self.skill.by_group
        about = " without hindsight in the rules" if self.without_hindsight else ""
        return (
            f"{kind.capitalize()} ({self.skill.question_count}{about}): "
            f"{name} score {self.skill.model_score:.3f} against "
            f"{self.skill.reference_score:.3f} of {BASELINE_NAMES[self.reference]}: skill "
            f"{format_figure(value, '+.2f')} ({_format_interval(low, high)} over questions, "
            f"{_format_interval(lower, upper)} over "
            f"{format_count(self.skill.group_count, 'group')}). "
            f"The model {self.skill.verdict_text}."
        )


def compare_with_baselines(scored: Sequence[ScoredQuestion]) -> list[ScoreComparison]:
    """Compare the model with both baselines by every score, over all questions that count.

    A second set leaves out the questions for which the rules depend on hindsight.
    """
    comparisons = []
    for without_hindsight in (False, True):
        chosen = [
            question
            for question in scored
            if question.counts_towards_skill
            and not (without_hindsight and relies_on_hindsight(question))
        ]
        for score in SCORE_NAMES:
            for reference in BASELINE_NAMES:
                if pairs := list(_paired_scores(chosen, score, reference)):
                    skill = estimate_skill(*zip(*pairs, strict=True))
                    comparisons.append(ScoreComparison(score, reference, without_hindsight, skill))
    return comparisons


def relies_on_hindsight(scored: ScoredQuestion) -> bool:
    """Return whether a rule that answers it exists because of later events."""
    return bool(scored.mapping and scored.mapping.hindsight)


def _paired_scores(
    scored: Sequence[ScoredQuestion], score: str, reference: Forecaster
) -> Iterator[tuple[float, float, str]]:
    for question in scored:
        outcome, mapping = question.question.outcome, question.mapping
        if outcome is None or mapping is None or reference not in question.forecasts:
            continue
        model_score = question.forecasts["model"].score(score, outcome)
        reference_score = question.forecasts[reference].score(score, outcome)
        if model_score is not None and reference_score is not None:
            yield model_score, reference_score, mapping.group or question.question.id


def skill_rows(comparisons: Sequence[ScoreComparison]) -> Sequence[TableRow]:
    """Return the table of skill."""
    return [
        {
            "score": comparison.score,
            "reference": comparison.reference,
            "without_hindsight": comparison.without_hindsight,
            "questions": comparison.skill.question_count,
            "groups": comparison.skill.group_count,
            "model": comparison.skill.model_score,
            "of_reference": comparison.skill.reference_score,
            "skill": _none_if_nan(comparison.skill.by_question.value),
            "low": _none_if_nan(comparison.skill.by_question.low),
            "high": _none_if_nan(comparison.skill.by_question.high),
            "low_by_group": _none_if_nan(comparison.skill.by_group.low),
            "high_by_group": _none_if_nan(comparison.skill.by_group.high),
            "says": comparison.sentence,
        }
        for comparison in comparisons
    ]


def skill_checks(comparisons: Sequence[ScoreComparison]) -> Iterator[Check]:
    """Yield a check for each comparison over all questions."""
    complete = (comparison for comparison in comparisons if not comparison.without_hindsight)
    for number, comparison in enumerate(complete, start=1):
        name, kind = SCORE_NAMES[comparison.score]
        low, high = comparison.widest_interval
        yield Check(
            code=f"HS{number}",
            claim=f"The model beats {BASELINE_NAMES[comparison.reference]}: {name} score, {kind}",
            target="skill above 0",
            value=_none_if_nan(comparison.skill.by_question.value),
            low=_none_if_nan(low),
            high=_none_if_nan(high),
            unit="skill, 1 perfect",
            verdict=comparison.verdict,
            says=comparison.sentence,
        )


def _format_interval(low: float, high: float) -> str:
    return "too few for an interval" if is_undefined(low) else f"95% {low:+.2f} to {high:+.2f}"


def _none_if_nan(number: float) -> float | None:
    return None if is_undefined(number) else number
