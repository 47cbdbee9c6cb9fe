"""What is shown of an answer: a short table a seminar can read, and what it rests on."""

from __future__ import annotations

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.cli.numbers import amount, share
from sim.cli.wording import extent, grades, indented
from sim.experiment.run import Answer
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Kind, Measure
from sim.scenario.schema.scenario import Scenario

CAVEATS = (
    "These are frequencies under the scenario's assumptions, not forecasts.",
    "The intervals say how far so few worlds can be trusted, not whether the assumptions hold.",
)


def show(answer: Answer, scenario: Scenario, shown: list[Measure]) -> None:
    """Print some measures of an answer; the last line is the path of the results folder."""
    console = Console(highlight=False, markup=False, emoji=False)
    if answer.reused:
        console.print(reused(answer.results), soft_wrap=True)
    for note in notes(answer):
        console.print(note, soft_wrap=True)
    console.print(f"\n{scenario.title}", style="bold", soft_wrap=True)
    console.print(headlines(answer.results, shown))
    console.print("What it rests on", style="bold")
    for line in (extent(scenario), grades(scenario), *CAVEATS):
        console.print(indented(line, console.width), soft_wrap=True)
    console.print()
    show_path(answer.results)


def notes(answer: Answer) -> list[str]:
    """Return what is to be said before the table: how the worlds were lived, if that is special."""
    until = answer.results.manifest.get("until")
    return [note for note in (answer.note, until and _until(until)) if note]


def _until(known: dict[str, Any]) -> str:
    from sim.experiment.run_until import said  # noqa: PLC0415  what lives worlds takes a while to load

    return said(known)


def show_path(results: Results) -> None:
    """Print the path of the results folder, unwrapped, so that a script can use it."""
    print(results.folder)


def reused(results: Results) -> str:
    """Return the line that says that nothing had to be lived."""
    when = results.manifest["created"][:10]
    return f"This question was answered on {when}; --force has its worlds lived again."


def headlines(results: Results, shown: list[Measure]) -> Table:
    """Return some measures of a run as a table."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("What happened", ratio=1, overflow="fold")
    table.add_column("How often", justify="right", no_wrap=True)
    table.add_column("95 % interval", justify="right", no_wrap=True)
    table.add_column("Of worlds", justify="right", no_wrap=True)
    metrics = {metric.measure: metric for metric in results.metrics()}
    for measure in shown:
        table.add_row(*row(measure, metrics[measure.name]))
    return table


def row(measure: Measure, metric: Metric) -> tuple[str, str, str, str]:
    """Return the cells of one measure."""
    if measure.kind is Kind.HAPPENED:
        return measure.label, *share(metric), f"{metric.worlds:,}"
    return f"{measure.label} ({measure.unit})", *amount(metric), f"{metric.worlds:,}"
