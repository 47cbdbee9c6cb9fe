"""The model beside each baseline, by group of questions that depend on each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite, log, nan

from sim.output import format_count
from sim.statistics.intervals import Interval, student_interval
from sim.statistics.scores import skill_score
from sim.validation.check import ShownTable, TableRow
from sim.validation.studies.hindcast.forecasts import Forecast, Forecaster, ScoredQuestion

_BASELINES: tuple[Forecaster, ...] = ("persistence", "base_rate")
_MIN_QUESTIONS = 3
"""Fewer questions of a group, which depend on each other, have no interval worth the name."""
_TITLE = (
    "By group: mean error, 0 perfect; in brackets by how much the model's is smaller, with the 95% "
    f"interval from {_MIN_QUESTIONS} questions on"
)
_HEADING = ("Group", "Questions", "Model", "Persistence", "Base rate")


@dataclass(frozen=True)
class GroupComparison:
    """The model beside one baseline, over the questions of one group.

    Attributes:
        group: the name of the group, or the id of a question without one.
        ids: the questions with both forecasts.
        reference: the baseline.
        model_errors: the model's error on each question, 0 perfect, in the order of the ids.
        reference_errors: the baseline's.
    """

    group: str
    ids: tuple[str, ...]
    reference: Forecaster
    model_errors: tuple[float, ...]
    reference_errors: tuple[float, ...]

    @property
    def means(self) -> tuple[float, float]:
        """The mean error of the model and of the baseline."""
        count = len(self.ids)
        return sum(self.model_errors) / count, sum(self.reference_errors) / count

    @property
    def better_by(self) -> Interval:
        """How much smaller the model's mean error is, with Student's t interval over questions.

        The interval is nan below three questions. Questions of one group depend on each other, so
        it is too narrow rather than too wide.
        """
        gains = [
            theirs - mine
            for mine, theirs in zip(self.model_errors, self.reference_errors, strict=True)
        ]
        interval = student_interval(gains)
        return interval if len(gains) >= _MIN_QUESTIONS else Interval(interval.value, nan, nan)

    @property
    def is_certain(self) -> bool:
        """Whether the interval excludes no difference."""
        _, low, high = self.better_by
        return low > 0 or high < 0


def compare_groups(scored: Sequence[ScoredQuestion]) -> list[GroupComparison]:
    """Compare the model with both baselines in every group of questions that count.

    The error is CRPS after ln(1 + x) throughout, with yes as 1 and no as 0, so that both kinds of
    questions have one scale: of a chance it is ln 2 times the Brier score.
    """
    groups: dict[str, list[ScoredQuestion]] = {}
    for question in scored:
        if question.counts_towards_skill and question.mapping:
            groups.setdefault(question.mapping.group or question.question.id, []).append(question)
    compared = (
        _compare_group(group, reference, questions)
        for group, questions in groups.items()
        for reference in _BASELINES
    )
    return [comparison for comparison in compared if comparison.ids]


def _compare_group(
    group: str, reference: Forecaster, questions: Sequence[ScoredQuestion]
) -> GroupComparison:
    pairs = [
        (question.question.id, mine, theirs)
        for question in questions
        if (mine := _error(question, "model")) is not None
        and (theirs := _error(question, reference)) is not None
    ]
    return GroupComparison(
        group,
        tuple(code for code, _, _ in pairs),
        reference,
        tuple(mine for _, mine, _ in pairs),
        tuple(theirs for _, _, theirs in pairs),
    )


def _error(question: ScoredQuestion, forecaster: Forecaster) -> float | None:
    forecast = question.forecasts.get(forecaster, Forecast())
    outcome = question.question.outcome
    if outcome is None:
        return None
    squared = forecast.score("brier", outcome)
    return forecast.score("log_crps", outcome) if squared is None else log(2) * squared


def group_rows(comparisons: Sequence[GroupComparison]) -> Sequence[TableRow]:
    """Return a row for every group and baseline."""
    return [
        {
            "group": comparison.group,
            "reference": comparison.reference,
            "questions": len(comparison.ids),
            "ids": " ".join(comparison.ids),
            "model": comparison.means[0],
            "of_reference": comparison.means[1],
            "skill": skill_score(*comparison.means),
            "model_better_by": comparison.better_by.value,
            "low": comparison.better_by.low,
            "high": comparison.better_by.high,
            "model_better_on": sum(
                mine < theirs
                for mine, theirs in zip(
                    comparison.model_errors, comparison.reference_errors, strict=True
                )
            ),
        }
        for comparison in comparisons
    ]


def show_groups(comparisons: Sequence[GroupComparison]) -> ShownTable:
    """Return the table of groups for a reader: each baseline's error, and the model's gain."""
    rows = []
    for group, compared in _by_group(comparisons).items():
        first = next(iter(compared.values()))
        cells = (
            _describe_gain(compared[name]) if name in compared else "no record"
            for name in _BASELINES
        )
        ids = dict.fromkeys(code for comparison in compared.values() for code in comparison.ids)
        rows.append((group, ", ".join(ids), f"{first.means[0]:.2f}", *cells))
    return ShownTable(title=_TITLE, heading=_HEADING, rows=tuple(rows))


def _describe_gain(comparison: GroupComparison) -> str:
    gain, low, high = comparison.better_by
    interval = f"; {low:+.2f} to {high:+.2f}" if isfinite(low) else ""
    return f"{comparison.means[1]:.2f} ({gain:+.2f}{interval})"


def group_sentences(comparisons: Sequence[GroupComparison]) -> Iterator[str]:
    """Yield in which groups the model does better than both baselines, and whether it is certain.

    A group counts where both baselines have a record.
    """
    complete = {
        group: compared
        for group, compared in _by_group(comparisons).items()
        if len(compared) == len(_BASELINES)
    }
    if not complete:
        return
    smaller = {group: _times_smaller(compared) for group, compared in complete.items()}
    parts = [
        f"{text} in {len(names)} ({', '.join(names)})"
        for number, text in (
            (2, "smaller than both baselines'"),
            (1, "smaller than one baseline's"),
            (0, "smaller than neither's"),
        )
        if (names := [group for group, times in smaller.items() if times == number])
    ]
    certain = [comparison for comparison in comparisons if comparison.is_certain]
    yield (
        f"Of {format_count(len(complete), 'group')}, the model's mean error is {', '.join(parts)}. "
        f"{_describe_certainty(certain)}"
    )


def _times_smaller(compared: dict[Forecaster, GroupComparison]) -> int:
    return sum(comparison.better_by.value > 0 for comparison in compared.values())


def _describe_certainty(certain: Sequence[GroupComparison]) -> str:
    if not certain:
        return "No group has enough questions to call its difference certain."
    named = ", ".join(
        f"{comparison.group} against {comparison.reference.replace('_', ' ')} "
        f"({'better' if comparison.better_by.low > 0 else 'worse'})"
        for comparison in certain
    )
    return (
        f"The 95% interval excludes 0 only in {named}; of twenty comparisons one would by chance, "
        "and questions of one group depend on each other."
    )


def _by_group(
    comparisons: Sequence[GroupComparison],
) -> dict[str, dict[Forecaster, GroupComparison]]:
    groups: dict[str, dict[Forecaster, GroupComparison]] = {}
    for comparison in comparisons:
        groups.setdefault(comparison.group, {})[comparison.reference] = comparison
    return groups
