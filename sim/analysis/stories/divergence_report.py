"""What a divergence of two histories says: the first decision, its reasons, and whom it reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.analysis.comparison.differing_input import ABSENT, DifferingInput
from sim.analysis.stories.divergence import DecisionDivergence, HistoryDivergence, MonthDivergence
from sim.analysis.stories.phrases import (
    chance_in_words,
    join_with_and,
    load_phrases,
    named_chance,
    with_article,
)
from sim.analysis.stories.render_story import format_date
from sim.analysis.stories.replay import Choice, WorldRecord
from sim.analysis.stories.story import subject_name
from sim.model.calendar import first_day
from sim.scenario.schema.quantity import Quantity

_MAX_MONTHS_SHOWN = 12
"""The largest number of divergent months shown, unless all are requested."""


@dataclass(frozen=True)
class DivergenceReport:
    """Two histories of the same world, with the differences in assumptions and in events.

    Attributes:
        names: the labels of the two histories.
        records: the two histories.
        inputs: the assumptions that differ.
        divergence: how the histories differ.
        all_months: whether all divergent months are shown.
    """

    names: tuple[str, str]
    records: tuple[WorldRecord, WorldRecord]
    inputs: list[DifferingInput]
    divergence: HistoryDivergence
    all_months: bool = False

    @property
    def title(self) -> str:
        """The heading."""
        return f"World {self.records[0].world}, in {self.names[0]} and in {self.names[1]}"

    @property
    def shown_months(self) -> list[MonthDivergence]:
        """The divergent months that are shown."""
        return (
            self.divergence.divergent_months
            if self.all_months
            else self.divergence.divergent_months[:_MAX_MONTHS_SHOWN]
        )


def input_sentences(report: DivergenceReport) -> Iterator[str]:
    """Yield one sentence for each assumption that differs."""
    for differing in report.inputs:
        left, right = (plain_value(value) for value in differing.values)
        yield f"{differing.key}: {left} in {report.names[0]}, {right} in {report.names[1]}"
    if not report.inputs:
        yield "none"


def divergence_sentences(report: DivergenceReport) -> Iterator[str]:
    """Yield the sentences on the first decision that differs."""
    first = report.divergence.first_divergence
    if first is None:
        yield "They do not diverge: every decision has the same outcome in both."
        return
    month, question = month_phrase(report, first.month), _decision_phrase(report, first)
    yield f"In the month from {month}: {question}."
    for name, choice in zip(report.names, (first.choice_a, first.choice_b), strict=True):
        yield _choice_sentence(name, choice)
    if first.choice_a and first.choice_b:
        yield from _draw_sentences(report, first.choice_a, first.choice_b)
        yield from _differing_reasons(report, first.choice_a, first.choice_b)


def reach_sentences(report: DivergenceReport) -> Iterator[str]:
    """Yield which actors the difference reached."""
    words = (
        ("reached", "Took part in an event that happened in one history only"),
        ("nudged", "Had different chances, but took part in the same events"),
        ("untouched", "Never reached"),
    )
    for group, label in words:
        codes = getattr(report.divergence.reach, group)
        names = join_with_and([_actor_name(report, code) for code in codes]) if codes else "nobody"
        yield f"{label}: {names}."


def _decision_phrase(report: DivergenceReport, decision: DecisionDivergence) -> str:
    """Return the question that was decided, as a phrase."""
    what, who, towards, about = decision.key
    template = load_phrases()["question"].get(what, load_phrases()["question"]["other"])
    return str(
        template.format(
            what=what,
            who=_actor_or_rivals(report, who),
            towards=_actor_or_rivals(report, towards),
            about=_subject_phrase(report, about),
        )
    )


def _subject_phrase(report: DivergenceReport, code: str) -> str:
    """Return the subject of a decision: the members of a bloc, otherwise its name."""
    scenario = report.records[0].scenario
    bloc = scenario.blocs.get(code)
    return (
        join_with_and([_actor_name(report, member) for member in bloc.members])
        if bloc
        else subject_name(scenario, code)
    )


def _draw_sentences(report: DivergenceReport, choice_a: Choice, choice_b: Choice) -> Iterator[str]:
    """Yield the draws behind a decision: one for both, unless their pasts are of two worlds."""
    if choice_a.played and choice_b.played:
        return
    draws = f"{choice_a.draw:.4g}", f"{choice_b.draw:.4g}"
    if choice_a.draw == choice_b.draw:
        yield f"The random draw is the same in both: {draws[0]}."
    elif len({_past_world(record) for record in report.records}) > 1:
        yield f"The random draws are {draws[0]} and {draws[1]}: the pasts are of two worlds."
    else:  # a side's leaning
        yield f"The random draws, {draws[0]} and {draws[1]}, follow from that of a joint outcome."


def _past_world(record: WorldRecord) -> int:
    """Return the number of the world whose draws a record has in its past."""
    return record.scenario.past.world if record.scenario.past else record.world


def _choice_sentence(name: str, choice: Choice | None) -> str:
    if choice is None:
        return f"In {name} the question does not arise."
    if choice.key.what == "shock":
        return f"In {name} the scenario assumes it."
    levels = load_phrases()["levels"].get(choice.key.what, ["no", "yes"])
    level = levels[min(choice.level, len(levels) - 1)]
    if choice.played:
        return (
            f"In {name}: {level}, decided by hand; the model gave it {named_chance(choice.chance)}."
        )
    subjects, chance = load_phrases()["chance_of"], choice.chances[0]
    subject = subjects.get(choice.key.what, subjects["other"])
    return (
        f"In {name}: {level}. Chance of {subject} {100 * chance:.4g}% ({chance_in_words(chance)})."
    )


def _differing_reasons(
    report: DivergenceReport, choice_a: Choice, choice_b: Choice
) -> Iterator[str]:
    """Yield the terms that differ most, the largest difference first."""
    shifts = {
        name: choice_a.terms.get(name, 0.0) - choice_b.terms.get(name, 0.0)
        for name in {**choice_a.terms, **choice_b.terms}
    }
    names = [name for name in shifts if abs(shifts[name]) > 1e-6]
    largest = sorted(names, key=lambda name: -abs(shifts[name]))[:3]
    if largest:
        reasons = [f"{name.replace('_', ' ')} ({shifts[name]:+.2g})" for name in largest]
        yield (
            f"Main differences in the reasons, {report.names[0]} less {report.names[1]}, in "
            f"log-odds: {join_with_and(reasons)}."
        )


def month_phrase(report: DivergenceReport, month: int) -> str:
    """Return the day on which a month begins, with its number."""
    begins = first_day(month, report.records[0].scenario.start)
    return f"{format_date(begins)} (month {month})"


def _actor_or_rivals(report: DivergenceReport, code: str) -> str:
    """Return the name of an actor, or of both rivals where a draw belongs to a rivalry."""
    rivalry = report.records[0].scenario.rivalries.get(code)
    return (
        join_with_and([_actor_name(report, rival) for rival in rivalry.between])
        if rivalry
        else _actor_name(report, code)
    )


def _actor_name(report: DivergenceReport, code: str) -> str:
    actors = report.records[0].scenario.actors
    return with_article(actors[code].name) if code in actors else code


def plain_value(value: object) -> Any:
    """Return the value of an assumption as text."""
    if value is ABSENT:
        return "absent"
    if isinstance(value, Quantity):
        spread = "" if value.is_fixed else f" ({value.low:g} to {value.high:g})"
        return f"{value.value:g}{spread}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value is None or isinstance(value, str | int | float) else "a table"


def omitted_months_note(report: DivergenceReport) -> Iterator[str]:
    """Yield a sentence on the divergent months that are not shown, if there are any."""
    if more := len(report.divergence.divergent_months) - len(report.shown_months):
        yield f"They differ in {more} further months; --all shows them."
