"""Renders two histories of a world side by side: where they diverge, and whom it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from sim.analysis.stories.divergence import DecisionDivergence, MonthDivergence
from sim.analysis.stories.divergence_report import (
    DivergenceReport,
    divergence_sentences,
    input_sentences,
    month_phrase,
    omitted_months_note,
    plain_value,
    reach_sentences,
)
from sim.analysis.stories.phrases import load_phrases
from sim.analysis.stories.render_story import (
    STORY_CAVEAT,
    choice_record,
    format_date,
    wrap_paragraph,
)
from sim.analysis.stories.replay import Event, WorldRecord
from sim.analysis.stories.story import (
    combined_sentence,
    event_sentence,
    only_carries_out,
)
from sim.model.calendar import first_day

_COLUMN_WIDTH = 38


def render_divergence_text(report: DivergenceReport) -> str:
    """Return the two histories side by side, in plain text that fits 80 columns."""
    lines = [report.title, "=" * len(report.title), "", "Assumptions that differ"]
    lines += [wrap_paragraph(f"- {sentence}", "  ", "    ") for sentence in input_sentences(report)]
    lines += ["", "Where they diverge"]
    lines += [wrap_paragraph(sentence, "  ", "  ") for sentence in divergence_sentences(report)]
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
        lines += [wrap_paragraph(sentence, "  ", "  ") for sentence in omitted_months_note(report)]
    lines += [
        "",
        "Whom it reached",
        *(wrap_paragraph(sentence, "  ", "  ") for sentence in reach_sentences(report)),
    ]
    return "\n".join([*lines, "", wrap_paragraph(STORY_CAVEAT), ""])


def render_divergence_markdown(report: DivergenceReport) -> str:
    """Return the two histories side by side, as Markdown."""
    lines = [f"# {report.title}", "", "## Assumptions that differ", ""]
    lines += [f"- {sentence}" for sentence in input_sentences(report)]
    lines += ["", "## Where they diverge", "", *divergence_sentences(report)]
    if report.divergence.divergent_months:
        lines += ["", "## What follows", "", f"| Month | {report.names[0]} | {report.names[1]} |"]
        lines += [
            "|---|---|---|",
            *(_render_month_markdown(report, month) for month in report.shown_months),
        ]
        lines += ["", *omitted_months_note(report)]
    return "\n".join(
        [*lines, "", "## Whom it reached", "", *reach_sentences(report), "", STORY_CAVEAT, ""]
    )


def divergence_record(report: DivergenceReport) -> dict[str, Any]:
    """Return the difference with unrounded figures."""
    return {
        "world": report.records[0].world,
        "sides": list(report.names),
        "inputs": [
            {
                "key": differing.key,
                "meaning": differing.meaning,
                "values": [plain_value(value) for value in differing.values],
            }
            for differing in report.inputs
        ],
        "first": _decision_record(report.divergence.first_divergence),
        "chain": [_month_record(report, month) for month in report.divergence.divergent_months],
        "reach": vars(report.divergence.reach),
    }


def _render_month_text(report: DivergenceReport, month: MonthDivergence) -> Iterator[str]:
    yield f"From {month_phrase(report, month.month)}"
    for left, right in zip_longest(*_month_sentences(report, month), fillvalue=""):
        yield from _two_columns(left, right)


def _render_month_markdown(report: DivergenceReport, month: MonthDivergence) -> str:
    left, right = (" ".join(sentences) for sentences in _month_sentences(report, month))
    begins = first_day(month.month, report.records[0].scenario.start)
    return f"| {format_date(begins)} | {left} | {right} |"


def _month_sentences(
    report: DivergenceReport, month: MonthDivergence
) -> tuple[list[str], list[str]]:
    record_a, record_b = report.records
    return _event_sentences(record_a, month.events_a), _event_sentences(record_b, month.events_b)


def _event_sentences(record: WorldRecord, events: list[Event]) -> list[str]:
    """Return a sentence for each event, except one that only carries out another of them."""
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
    return [f"  {cell_a:<{_COLUMN_WIDTH}}  {cell_b}".rstrip() for cell_a, cell_b in pairs]


def _decision_record(decision: DecisionDivergence | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    sides = [
        choice_record(choice) if choice else None
        for choice in (decision.choice_a, decision.choice_b)
    ]
    return {"month": decision.month, **decision.key._asdict(), "sides": sides}


def _month_record(report: DivergenceReport, month: MonthDivergence) -> dict[str, Any]:
    only_events = [
        [event._asdict() | {"text": _standalone_sentence(record, event)} for event in events]
        for record, events in zip(report.records, (month.events_a, month.events_b), strict=True)
    ]
    return {"month": month.month, "only": only_events, "alike": month.shared_count}
