"""Two histories of a world put on paper: where they part, side by side, and whom it reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from sim.analysis.comparison.inputs import ABSENT, DifferingInput
from sim.analysis.stories.divergence import DecisionDivergence, HistoryDivergence, MonthDivergence
from sim.analysis.stories.phrases import chance_in_words, join_with_and, load_phrases, with_article
from sim.analysis.stories.render_story import (
    STORY_CAVEAT,
    choice_record,
    format_date,
    wrap_paragraph,
)
from sim.analysis.stories.replay import Choice, Event, WorldRecord
from sim.analysis.stories.story import (
    combined_sentence,
    event_sentence,
    only_carries_out,
    subject_name,
)
from sim.model.calendar import first_day
from sim.scenario.schema.quantity import Quantity

_MAX_MONTHS_SHOWN = 12
"""Months of the chain that are shown, unless all are asked for."""
_COLUMN_WIDTH = 38


@dataclass(frozen=True)
class DivergenceReport:
    """Two histories of the same world, what differs in them and in what they assume.

    Attributes:
        names: what the two are called.
        records: the two histories.
        inputs: what they assume differently.
        divergence: how the histories differ.
        all_months: whether all months of the chain are shown.
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
        """The months of the chain that are shown."""
        return (
            self.divergence.divergent_months
            if self.all_months
            else self.divergence.divergent_months[:_MAX_MONTHS_SHOWN]
        )


def render_divergence_text(report: DivergenceReport) -> str:
    """Return the two histories side by side, in plain text that fits 80 columns."""
    lines = [report.title, "=" * len(report.title), "", "What they assume differently"]
    lines += [wrap_paragraph(f"- {said}", "  ", "    ") for said in _input_sentences(report)]
    lines += ["", "Where they part"]
    lines += [wrap_paragraph(said, "  ", "  ") for said in _divergence_sentences(report)]
    if report.divergence.divergent_months:
        lines += [
            "",
            "What follows",
            *_two_columns(*report.names),
            *_two_columns(*("-" * _COLUMN_WIDTH,) * 2),
        ]
        lines += [
            line for month in report.shown_months for line in _render_month_text(report, month)
        ]
        lines += [wrap_paragraph(said, "  ", "  ") for said in _omitted_months(report)]
    lines += [
        "",
        "Whom it reached",
        *(wrap_paragraph(said, "  ", "  ") for said in _reach_sentences(report)),
    ]
    return "\n".join([*lines, "", wrap_paragraph(STORY_CAVEAT), ""])


def render_divergence_markdown(report: DivergenceReport) -> str:
    """Return the two histories side by side, as Markdown."""
    lines = [f"# {report.title}", "", "## What they assume differently", ""]
    lines += [f"- {said}" for said in _input_sentences(report)]
    lines += ["", "## Where they part", "", *_divergence_sentences(report)]
    if report.divergence.divergent_months:
        lines += ["", "## What follows", "", f"| Month | {report.names[0]} | {report.names[1]} |"]
        lines += [
            "|---|---|---|",
            *(_render_month_markdown(report, month) for month in report.shown_months),
        ]
        lines += ["", *_omitted_months(report)]
    return "\n".join(
        [*lines, "", "## Whom it reached", "", *_reach_sentences(report), "", STORY_CAVEAT, ""]
    )


def divergence_record(report: DivergenceReport) -> dict[str, Any]:
    """Return the difference in full figures."""
    return {
        "world": report.records[0].world,
        "sides": list(report.names),
        "inputs": [
            {
                "key": one.key,
                "meaning": one.meaning,
                "values": [_plain_value(v) for v in one.values],
            }
            for one in report.inputs
        ],
        "first": _decision_record(report.divergence.first_divergence),
        "chain": [_month_record(report, month) for month in report.divergence.divergent_months],
        "reach": vars(report.divergence.reach),
    }


def _input_sentences(report: DivergenceReport) -> Iterator[str]:
    """Yield what the two assume differently, a sentence each."""
    for one in report.inputs:
        left, right = (_plain_value(value) for value in one.values)
        yield f"{one.key}: {left} in {report.names[0]}, {right} in {report.names[1]}"
    if not report.inputs:
        yield "nothing"


def _divergence_sentences(report: DivergenceReport) -> Iterator[str]:
    """Yield where the histories part, in sentences."""
    first = report.divergence.first_divergence
    if first is None:
        apart = "every decision came out alike."
        yield f"Nowhere: {apart}"
        return
    begins = first_day(first.month, report.records[0].scenario.start)
    yield f"In the month from {format_date(begins)} (month {first.month}): {_decision_phrase(report, first)}."
    for name, choice in zip(report.names, (first.choice_a, first.choice_b), strict=True):
        yield _choice_sentence(name, choice)
    if first.choice_a and first.choice_b:
        yield f"The luck was the same: drawn {first.choice_a.draw:.4g}."
        yield from _differing_reasons(report, first.choice_a, first.choice_b)


def _reach_sentences(report: DivergenceReport) -> Iterator[str]:
    """Yield whom the difference reached, and whom not."""
    words = (
        ("reached", "Took part in something that happened in one history only"),
        ("nudged", "Had other chances, and yet did and suffered the same"),
        ("untouched", "Never reached"),
    )
    for group, said in words:
        codes = getattr(report.divergence.reach, group)
        names = join_with_and([_actor_name(report, code) for code in codes]) if codes else "nobody"
        yield f"{said}: {names}."


def _decision_phrase(report: DivergenceReport, decision: DecisionDivergence) -> str:
    """Return what was decided, as a phrase."""
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
    """Return what a decision was about: a bloc by its members, all else by its name."""
    scenario = report.records[0].scenario
    bloc = scenario.blocs.get(code)
    return (
        join_with_and([_actor_name(report, each) for each in bloc.members])
        if bloc
        else subject_name(scenario, code)
    )


def _choice_sentence(name: str, choice: Choice | None) -> str:
    if choice is None:
        return f"In {name} the question did not come up."
    if choice.key.what == "shock":
        return f"In {name} the scenario assumes it."
    levels = load_phrases()["levels"].get(choice.key.what, ["no", "yes"])
    level = levels[min(choice.level, len(levels) - 1)]
    return f"In {name}: {level}, at a chance of {chance_in_words(choice.chances[0])} ({choice.chances[0]:.4g})."


def _differing_reasons(
    report: DivergenceReport, choice_a: Choice, choice_b: Choice
) -> Iterator[str]:
    """Yield which considerations weighed otherwise, the most first."""
    moved = {
        name: choice_a.terms.get(name, 0.0) - choice_b.terms.get(name, 0.0)
        for name in {**choice_a.terms, **choice_b.terms}
    }
    most = sorted((name for name in moved if abs(moved[name]) > 1e-6), key=lambda n: -abs(moved[n]))
    said = [f"{name.replace('_', ' ')} ({moved[name]:+.2g})" for name in most[:3]]
    if said:
        yield f"What weighed otherwise in {report.names[0]}, in log-odds: {join_with_and(said)}."


def _render_month_text(report: DivergenceReport, month: MonthDivergence) -> Iterator[str]:
    yield f"From {format_date(first_day(month.month, report.records[0].scenario.start))} (month {month.month})"
    for left, right in zip_longest(*_month_sentences(report, month), fillvalue=""):
        yield from _two_columns(left, right)


def _render_month_markdown(report: DivergenceReport, month: MonthDivergence) -> str:
    left, right = (" ".join(said) for said in _month_sentences(report, month))
    begins = first_day(month.month, report.records[0].scenario.start)
    return f"| {format_date(begins)} | {left} | {right} |"


def _month_sentences(
    report: DivergenceReport, month: MonthDivergence
) -> tuple[list[str], list[str]]:
    one, other = report.records
    return _event_sentences(one, month.events_a), _event_sentences(other, month.events_b)


def _event_sentences(record: WorldRecord, events: list[Event]) -> list[str]:
    """Return what is told of events; what only carries out another one of them is not."""
    return [
        _standalone_sentence(record, event)
        for event in events
        if not only_carries_out(event, events)
    ]


def _standalone_sentence(record: WorldRecord, event: Event) -> str:
    if event.event in load_phrases()["routine"]:
        return combined_sentence(record.scenario, [event])
    return event_sentence(record, event, standalone=True)


def _two_columns(left: str, right: str) -> list[str]:
    """Return two texts as lines in two columns."""
    pairs = zip_longest(wrap(left, _COLUMN_WIDTH), wrap(right, _COLUMN_WIDTH), fillvalue="")
    return [f"  {one:<{_COLUMN_WIDTH}}  {other}".rstrip() for one, other in pairs]


def _omitted_months(report: DivergenceReport) -> Iterator[str]:
    if more := len(report.divergence.divergent_months) - len(report.shown_months):
        yield f"They differ in {more} more months; --all shows them."


def _decision_record(decision: DecisionDivergence | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    sides = [
        choice_record(each) if each else None for each in (decision.choice_a, decision.choice_b)
    ]
    return {"month": decision.month, **decision.key._asdict(), "sides": sides}


def _month_record(report: DivergenceReport, month: MonthDivergence) -> dict[str, Any]:
    one, other = (
        [event._asdict() | {"text": _standalone_sentence(life, event)} for event in events]
        for life, events in zip(report.records, (month.events_a, month.events_b), strict=True)
    )
    return {"month": month.month, "only": [one, other], "alike": month.shared_count}


def _plain_value(value: object) -> Any:
    if value is ABSENT:
        return "absent"
    if isinstance(value, Quantity):
        spread = "" if value.is_fixed else f" ({value.low:g} to {value.high:g})"
        return f"{value.value:g}{spread}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value is None or isinstance(value, str | int | float) else "a table"


def _actor_or_rivals(report: DivergenceReport, code: str) -> str:
    """Return an actor's name, or that of the two rivals, as a die may belong to a quarrel."""
    rivalry = report.records[0].scenario.rivalries.get(code)
    return (
        join_with_and([_actor_name(report, each) for each in rivalry.between])
        if rivalry
        else _actor_name(report, code)
    )


def _actor_name(report: DivergenceReport, code: str) -> str:
    actors = report.records[0].scenario.actors
    return with_article(actors[code].name) if code in actors else code
