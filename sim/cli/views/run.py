"""Renders the result of `sim run`: a short table for a seminar, and what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import open_console, print_paragraphs
from sim.cli.wording import CAVEATS, describe_grades, describe_run_size
from sim.experiment.run import RunOutcome
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.schema.scenario import Scenario


def show_run(outcome: RunOutcome, scenario: Scenario, headlines: list[Measure]) -> None:
    """Print the headline measures of a run; the last line is the path of the results folder."""
    console = open_console()
    if outcome.reused:
        console.print(describe_reuse(outcome.results), soft_wrap=True)
    for note in list_run_notes(outcome):
        console.print(note, soft_wrap=True)
    console.print(f"\n{scenario.title}", style="bold", soft_wrap=True)
    console.print(_build_headline_table(outcome.results, headlines))
    console.print("What it rests on", style="bold")
    print_paragraphs(console, (describe_run_size(scenario), describe_grades(scenario), *CAVEATS))
    console.print()
    print_results_path(outcome.results)


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


def _build_headline_table(results: Results, headlines: list[Measure]) -> Table:
    """Return the headline measures of a run as a table."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Outcome", ratio=1, overflow="fold")
    table.add_column("Estimate", justify="right", no_wrap=True)
    table.add_column("95% interval", justify="right", no_wrap=True)
    table.add_column("Worlds", justify="right", no_wrap=True)
    metrics = results.metrics
    for measure in headlines:
        table.add_row(*_build_measure_row(measure, metrics[measure.name]))
    return table


def _build_measure_row(measure: Measure, metric: Metric) -> tuple[str, str, str, str]:
    """Return the cells of one measure."""
    format_interval = (
        format_share_interval if measure.kind is MeasureKind.HAPPENED else format_mean_interval
    )
    return measure.label_with_unit, *format_interval(metric), f"{metric.worlds:,}"
