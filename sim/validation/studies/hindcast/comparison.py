"""The model against the baselines, score by score, over all questions that count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan

from sim.statistics.skill import Skill, skill
from sim.validation.check import Check, Row, Verdict
from sim.validation.studies.hindcast.forecasts import Answered, Forecaster

REFERENCES: dict[Forecaster, str] = {
    "persistence": "persistence of the twelve months before",
    "base_rate": "the base rate of a longer record",
}
SCORES = {
    "brier": ("Brier", "questions of yes or no"),
    "log": ("logarithmic", "questions of yes or no"),
    "log_crps": ("CRPS of ln(1 + x)", "numbers"),
}


@dataclass(frozen=True)
class Compared:
    """The model against a reference, by one score, over all questions or some."""

    score: str
    reference: Forecaster
    clear: bool
    found: Skill

    @property
    def ends(self) -> tuple[float, float]:
        """The wider of both intervals of skill; nan where there are too few questions."""
        return self.found.ends

    @property
    def verdict(self) -> Verdict:
        """Met where the model beats the reference, missed where it falls behind."""
        low, high = self.ends
        if low > 0:
            return "met"
        return "missed" if high < 0 else "undecided"

    @property
    def words(self) -> str:
        """Return it as a sentence."""
        name, kind = SCORES[self.score]
        value, low, high = self.found.by_question
        _, lower, upper = self.found.by_group
        about = " without hindsight in the rules" if self.clear else ""
        return (
            f"{kind.capitalize()} ({self.found.questions}{about}): "
            f"{name} score {self.found.model:.3f} against "
            f"{self.found.reference:.3f} of {REFERENCES[self.reference]}: skill {value:+.2f} "
            f"({_range(low, high)} over questions, {_range(lower, upper)} over "
            f"{self.found.groups} groups). The model {self.found.says}."
        )


def compared(answered: Sequence[Answered]) -> list[Compared]:
    """Return the model against both references by every score, over all questions that count.

    And once more without those for which the rules owe something to hindsight.
    """
    found = []
    for clear in (False, True):
        chosen = [
            each for each in answered if each.counts and not (clear and owes_to_hindsight(each))
        ]
        for score in SCORES:
            for reference in REFERENCES:
                if pairs := list(_pairs(chosen, score, reference)):
                    ours, theirs, groups = zip(*pairs, strict=True)
                    found.append(Compared(score, reference, clear, skill(ours, theirs, groups)))
    return found


def owes_to_hindsight(answered: Answered) -> bool:
    """Whether something in the rules that answer it is there because of what followed."""
    return bool(answered.mapping and answered.mapping.hindsight)


def _pairs(
    answered: Sequence[Answered], score: str, reference: Forecaster
) -> Iterator[tuple[float, float, str]]:
    for each in answered:
        outcome, mapping = each.question.outcome, each.mapping
        if outcome is None or mapping is None or reference not in each.forecasts:
            continue
        ours = each.forecasts["model"].score(score, outcome)
        theirs = each.forecasts[reference].score(score, outcome)
        if ours is not None and theirs is not None:
            yield ours, theirs, mapping.group or each.question.id


def skill_rows(found: Sequence[Compared]) -> Sequence[Row]:
    """Return the table of skill."""
    return [
        {
            "score": each.score,
            "reference": each.reference,
            "without_hindsight": each.clear,
            "questions": each.found.questions,
            "groups": each.found.groups,
            "model": each.found.model,
            "of_reference": each.found.reference,
            "skill": each.found.by_question.value,
            "low": _cell(each.found.by_question.low),
            "high": _cell(each.found.by_question.high),
            "low_by_group": _cell(each.found.by_group.low),
            "high_by_group": _cell(each.found.by_group.high),
            "says": each.words,
        }
        for each in found
    ]


def skill_checks(found: Sequence[Compared]) -> Iterator[Check]:
    """Yield a line for each comparison over all questions."""
    for at, each in enumerate((each for each in found if not each.clear), start=1):
        name, kind = SCORES[each.score]
        low, high = each.ends
        yield Check(
            code=f"HS{at}",
            claim=f"The model does better than {REFERENCES[each.reference]}: {name} score, {kind}",
            target="skill above 0",
            value=each.found.by_question.value,
            low=_cell(low),
            high=_cell(high),
            unit="skill, 1 perfect",
            verdict=each.verdict,
            says=each.words,
        )


def _range(low: float, high: float) -> str:
    return "too few to say" if isnan(low) else f"95 % {low:+.2f} to {high:+.2f}"


def _cell(number: float) -> float | None:
    return None if isnan(number) else number
