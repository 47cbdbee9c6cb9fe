"""Renders the result of `sim run`: what happened, how much, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import open_console, print_paragraphs, print_wrapped
from sim.cli.views.blocks import NARROW, Block, BlockRow, print_blocks
from sim.cli.views.cases import describe_few_cases, find_few_cases
from sim.cli.wording import CAVEATS, describe_grades, describe_past, describe_run_size
from sim.experiment.run import RunOutcome
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.schema.scenario import Scenario


def show_run(outcome: RunOutcome, scenario: Scenario, headlines: list[Measure]) -> None:
    """Print the headline measures of a run; the last line is the path of the results folder."""
    console, results = open_console(), outcome.results
    if outcome.reused:
        console.print(describe_reuse(results), soft_wrap=True)
    for note in list_run_notes(outcome):
        console.print(note, soft_wrap=True)
    title = results.label or scenario.title
    console.print()
    print_wrapped(console, f"{title}: {describe_run_size(scenario)}", style="bold")
    if changes := results.changes:
        print_wrapped(console, f"Changed: {'; '.join(map(str, changes))}")
    print_blocks(console, _build_blocks(results, headlines, console.width))
    few = find_few_cases(headlines, results.metrics, len(results.worlds))
    for note in describe_few_cases(few):
        console.print(f"\n{note}")
    if notice := _describe_association(results, headlines):
        console.print()
        print_wrapped(console, notice)
    console.print("\nWhat it rests on", style="bold")
    print_paragraphs(console, (*_describe_basis(scenario), *CAVEATS))
    console.print()
    print_results_path(results)


def _describe_basis(scenario: Scenario) -> list[str]:
    """Return what a run rests on: the past that its worlds share, and its numbers."""
    return [line for line in (describe_past(scenario), describe_grades(scenario)) if line]


def _describe_association(results: Results, headlines: Sequence[Measure]) -> str:
    from sim.analysis.association import describe_association  # noqa: PLC0415  loads slowly

    sentence = describe_association(results, headlines)
    return sentence and f"What to notice: {sentence}"


def list_run_notes(outcome: RunOutcome) -> list[str]:
    """Return the notes above the table: on how the worlds were simulated, and on --until."""
    until = outcome.results.manifest.get("until")
    return [note for note in (outcome.note, until and _describe_precision(until)) if note]


def _describe_precision(record: dict[str, Any]) -> str:
    from sim.experiment.run_until import describe_looks  # noqa: PLC0415  loads slowly

    return describe_looks(record)


def print_results_path(results: Results) -> None:
    """Print the path of the results folder, unwrapped, so that a script can use it."""
    print(results.folder)


def describe_reuse(results: Results) -> str:
    """Return the line printed where saved results were used."""
    created = date.fromisoformat(results.manifest["created"][:10])
    return (
        f"Saved results of {created.day} {created:%B %Y} (same settings); --force simulates again."
    )


def nest_measures(measures: Iterable[Measure]) -> Iterator[tuple[Measure, str, int]]:
    """Yield measures with a label and a depth: conditional ones below their condition.

    Below its condition a measure's label does not repeat the words with which both begin.
    """
    listed = list(measures)
    for measure in listed:
        if any(measure.given == other.name for other in listed):
            continue
        yield measure, measure.short_with_unit, 0
        for inner in listed:
            if inner.given == measure.name:
                yield inner, _shorten_below(inner, measure), 1


def _shorten_below(inner: Measure, condition: Measure) -> str:
    words, above = inner.short_with_unit.split(), condition.short.split()
    shared = next(
        (place for place, pair in enumerate(zip(words, above, strict=False)) if len(set(pair)) > 1),
        0,
    )
    return " ".join(words[shared:])


def _build_blocks(results: Results, headlines: Sequence[Measure], width: int) -> list[Block]:
    """Return what happened, in shares of worlds, and how much of the rest there was."""
    happened, amounts = (
        [measure for measure in headlines if measure.kind is kind] for kind in MeasureKind
    )
    return [
        Block(title, (heading, "95% interval"), _build_rows(results, measures))
        for title, heading, measures in (
            ("Did it happen?", "Share of worlds" if width >= NARROW else "Share", happened),
            ("How much?", "Mean", amounts),
        )
    ]


def _build_rows(results: Results, measures: Sequence[Measure]) -> list[BlockRow]:
    rows = []
    for measure, label, depth in nest_measures(measures):
        metric = results.metrics[measure.name]
        rows.append(
            BlockRow(label + _count_cases(measure, metric), _format(metric, measure), depth)
        )
    return rows


def _count_cases(measure: Measure, metric: Metric) -> str:
    """Return the number of worlds in which a conditional measure is defined."""
    return f" ({metric.worlds:,} worlds)" if measure.given else ""


def _format(metric: Metric, measure: Measure) -> tuple[str, str]:
    if measure.kind is MeasureKind.HAPPENED:
        return format_share_interval(metric)
    return format_mean_interval(metric)
