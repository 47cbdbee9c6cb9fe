"""The model against the baselines, score by score, over all questions that count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan

from sim.statistics.skill import Skill, estimate_skill
from sim.validation.check import Check, TableRow, Verdict
from sim.validation.studies.hindcast.forecasts import Forecaster, ScoredQuestion

BASELINE_NAMES: dict[Forecaster, str] = {
    "persistence": "persistence of the twelve months before",
    "base_rate": "the base rate of a longer record",
}
SCORE_NAMES = {
    "brier": ("Brier", "questions of yes or no"),
    "log": ("logarithmic", "questions of yes or no"),
    "log_crps": ("CRPS of ln(1 + x)", "numbers"),
}


@dataclass(frozen=True)
class ScoreComparison:
    """The model against a reference, by one score, over all questions or some."""

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
        low, high = self.widest_interval
        if low > 0:
            return "met"
        return "missed" if high < 0 else "undecided"

    @property
    def sentence(self) -> str:
        """Return it as a sentence."""
        name, kind = SCORE_NAMES[self.score]
        value, low, high = self.skill.by_question
        _, lower, upper = self.skill.by_group
        about = " without hindsight in the rules" if self.without_hindsight else ""
        return (
            f"{kind.capitalize()} ({self.skill.question_count}{about}): "
            f"{name} score {self.skill.model_score:.3f} against "
            f"{self.skill.reference_score:.3f} of {BASELINE_NAMES[self.reference]}: skill {value:+.2f} "
            f"({_format_interval(low, high)} over questions, {_format_interval(lower, upper)} over "
            f"{self.skill.group_count} groups). The model {self.skill.verdict_text}."
        )


def compare_with_baselines(scored: Sequence[ScoredQuestion]) -> list[ScoreComparison]:
    """Return the model against both references by every score, over all questions that count.

    And once more without those for which the rules owe something to hindsight.
    """
    found = []
    for clear in (False, True):
        chosen = [
            each
            for each in scored
            if each.counts_towards_skill and not (clear and relies_on_hindsight(each))
        ]
        for score in SCORE_NAMES:
            for reference in BASELINE_NAMES:
                if pairs := list(_paired_scores(chosen, score, reference)):
                    ours, theirs, groups = zip(*pairs, strict=True)
                    found.append(
                        ScoreComparison(
                            score, reference, clear, estimate_skill(ours, theirs, groups)
                        )
                    )
    return found


def relies_on_hindsight(scored: ScoredQuestion) -> bool:
    """Whether something in the rules that answer it is there because of what followed."""
    return bool(scored.mapping and scored.mapping.hindsight)


def _paired_scores(
    scored: Sequence[ScoredQuestion], score: str, reference: Forecaster
) -> Iterator[tuple[float, float, str]]:
    for each in scored:
        outcome, mapping = each.question.outcome, each.mapping
        if outcome is None or mapping is None or reference not in each.forecasts:
            continue
        ours = each.forecasts["model"].score(score, outcome)
        theirs = each.forecasts[reference].score(score, outcome)
        if ours is not None and theirs is not None:
            yield ours, theirs, mapping.group or each.question.id


def skill_rows(comparisons: Sequence[ScoreComparison]) -> Sequence[TableRow]:
    """Return the table of skill."""
    return [
        {
            "score": each.score,
            "reference": each.reference,
            "without_hindsight": each.without_hindsight,
            "questions": each.skill.question_count,
            "groups": each.skill.group_count,
            "model": each.skill.model_score,
            "of_reference": each.skill.reference_score,
            "skill": each.skill.by_question.value,
            "low": _none_if_nan(each.skill.by_question.low),
            "high": _none_if_nan(each.skill.by_question.high),
            "low_by_group": _none_if_nan(each.skill.by_group.low),
            "high_by_group": _none_if_nan(each.skill.by_group.high),
            "says": each.sentence,
        }
        for each in comparisons
    ]


def skill_checks(comparisons: Sequence[ScoreComparison]) -> Iterator[Check]:
    """Yield a line for each comparison over all questions."""
    for at, each in enumerate(
        (each for each in comparisons if not each.without_hindsight), start=1
    ):
        name, kind = SCORE_NAMES[each.score]
        low, high = each.widest_interval
        yield Check(
            code=f"HS{at}",
            claim=f"The model does better than {BASELINE_NAMES[each.reference]}: {name} score, {kind}",
            target="skill above 0",
            value=each.skill.by_question.value,
            low=_none_if_nan(low),
            high=_none_if_nan(high),
            unit="skill, 1 perfect",
            verdict=each.verdict,
            says=each.sentence,
        )


def _format_interval(low: float, high: float) -> str:
    return "too few to say" if isnan(low) else f"95 % {low:+.2f} to {high:+.2f}"


def _none_if_nan(number: float) -> float | None:
    return None if isnan(number) else number
