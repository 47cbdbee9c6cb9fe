"""What is shown of an answer: a short table a seminar can read, and what it rests on."""

from __future__ import annotations

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.wording import describe_grades, describe_run_size, indent_paragraph
from sim.experiment.run import RunOutcome
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.schema.scenario import Scenario

RUN_CAVEATS = (
    "These are frequencies under the scenario's assumptions, not forecasts.",
    "The intervals say how far so few worlds can be trusted, not whether the assumptions hold.",
)


def show_run(outcome: RunOutcome, scenario: Scenario, headlines: list[Measure]) -> None:
    """Print some measures of an answer; the last line is the path of the results folder."""
    console = Console(highlight=False, markup=False, emoji=False)
    if outcome.reused:
        console.print(describe_reuse(outcome.results), soft_wrap=True)
    for note in list_run_notes(outcome):
        console.print(note, soft_wrap=True)
    console.print(f"\n{scenario.title}", style="bold", soft_wrap=True)
    console.print(_build_headline_table(outcome.results, headlines))
    console.print("What it rests on", style="bold")
    for line in (describe_run_size(scenario), describe_grades(scenario), *RUN_CAVEATS):
        console.print(indent_paragraph(line, console.width), soft_wrap=True)
    console.print()
    print_results_path(outcome.results)


def list_run_notes(outcome: RunOutcome) -> list[str]:
    """Return what is to be said before the table: how the worlds were lived, if that is special."""
    until = outcome.results.manifest.get("until")
    return [note for note in (outcome.note, until and _describe_precision(until)) if note]


def _describe_precision(record: dict[str, Any]) -> str:
    from sim.experiment.run_until import describe_looks  # noqa: PLC0415  what lives worlds takes a while to load

    return describe_looks(record)


def print_results_path(results: Results) -> None:
    """Print the path of the results folder, unwrapped, so that a script can use it."""
    print(results.folder)


def describe_reuse(results: Results) -> str:
    """Return the line that says that nothing had to be lived."""
    when = results.manifest["created"][:10]
    return f"This question was answered on {when}; --force has its worlds lived again."


def _build_headline_table(results: Results, headlines: list[Measure]) -> Table:
    """Return some measures of a run as a table."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("What happened", ratio=1, overflow="fold")
    table.add_column("How often", justify="right", no_wrap=True)
    table.add_column("95 % interval", justify="right", no_wrap=True)
    table.add_column("Of worlds", justify="right", no_wrap=True)
    metrics = results.metrics
    for measure in headlines:
        table.add_row(*_build_measure_row(measure, metrics[measure.name]))
    return table


def _build_measure_row(measure: Measure, metric: Metric) -> tuple[str, str, str, str]:
    """Return the cells of one measure."""
    if measure.kind is MeasureKind.HAPPENED:
        return measure.label, *format_share_interval(metric), f"{metric.worlds:,}"
    return f"{measure.label} ({measure.unit})", *format_mean_interval(metric), f"{metric.worlds:,}"
