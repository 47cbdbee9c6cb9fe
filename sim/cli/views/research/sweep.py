"""Renders the result of `sim sweep`: its points, or the range of each measure over them."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import open_console, print_paragraphs
from sim.cli.views.start import run as view
from sim.cli.wording import CAVEATS, describe_run_size
from sim.experiment.design.design import Design, DesignPoint
from sim.experiment.run import RunOutcome
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import Measure, MeasureKind
from sim.output import format_count
from sim.scenario.schema.scenario import Scenario

_MAX_POINTS_LISTED = 24
"""Up to so many points, each is listed; beyond, the minimum and the maximum are."""
_MAX_FACTORS, _MAX_MEASURES = 3, 3  # columns that fit side by side

_MetricsByPoint = dict[str, dict[str, Metric]]
"""Metrics by point and measure."""


def show_sweep(
    outcome: RunOutcome, scenario: Scenario, design: Design, headlines: list[Measure]
) -> None:
    """Print the outcome of a sweep; the last line is the path of the results folder."""
    console = open_console()
    if outcome.reused:
        console.print(view.describe_reuse(outcome.results), soft_wrap=True)
    for note in view.list_run_notes(outcome):
        console.print(note, soft_wrap=True)
    console.print(f"\n{scenario.title}: {_describe_size(design)}", style="bold", soft_wrap=True)
    metrics = outcome.results.point_metrics
    few = 1 <= len(design.points) <= _MAX_POINTS_LISTED and not design.sample.keys
    console.print(
        _build_point_table(design, headlines, metrics)
        if few
        else _build_range_table(headlines, metrics)
    )
    print_paragraphs(console, (f"At each point {describe_run_size(scenario)}.", *CAVEATS))
    console.print()
    view.print_results_path(outcome.results)


def _describe_size(design: Design) -> str:
    points = format_count(design.point_count, "point")
    return f"{points}, {format_count(len(design.keys), 'factor')}"


def _build_point_table(
    design: Design, headlines: list[Measure], metrics_by_point: _MetricsByPoint
) -> Table:
    """Return a line for each point: the values of its factors and of the first measures."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    keys, measures = design.keys[:_MAX_FACTORS], headlines[:_MAX_MEASURES]
    for key in keys:
        table.add_column(key.rpartition(".")[2], overflow="fold")
    for measure in measures:
        table.add_column(measure.name, justify="right", overflow="fold")
    table.add_column("point", no_wrap=True)
    for point in design.points:
        cells = [
            _format_metric(measure, metrics_by_point.get(point.id, {}).get(measure.name))
            for measure in measures
        ]
        table.add_row(*(_format_level(point, key) for key in keys), *cells, point.id)
    return table


def _build_range_table(headlines: list[Measure], metrics_by_point: _MetricsByPoint) -> Table:
    """Return a line for each measure: its minimum and maximum over the points."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Outcome", ratio=1, overflow="fold")
    for heading in ("Minimum", "Maximum", "Points"):
        table.add_column(heading, justify="right", no_wrap=True)
    for measure in headlines:
        metrics = [of[measure.name] for of in metrics_by_point.values() if measure.name in of]
        known = sorted((m for m in metrics if m.value is not None), key=lambda m: m.value or 0)
        ends = (
            (_format_metric(measure, known[0]), _format_metric(measure, known[-1]))
            if known
            else ("", "")
        )
        table.add_row(measure.short_with_unit, *ends, f"{len(known):,}")
    return table


def _format_metric(measure: Measure, metric: Metric | None) -> str:
    if metric is None:
        return ""
    return (
        format_share_interval(metric)[0]
        if measure.kind is MeasureKind.HAPPENED
        else format_mean_interval(metric)[0]
    )


def _format_level(point: DesignPoint, key: str) -> str:
    level = point.levels[key]
    return f"{level:.6g}" if isinstance(level, float) else str(level)
