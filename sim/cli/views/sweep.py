"""What is shown of a sweep: its points and what happened in them, or how far the points differ."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.cli.numbers import amount, share
from sim.cli.views import run as view
from sim.cli.wording import counted, extent, indented
from sim.experiment.design.design import Design, Point
from sim.experiment.run import Answer
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Kind, Measure
from sim.scenario.schema.scenario import Scenario

LISTED = 24
"""Points that are listed one by one; of more, the least and the most are shown."""
_FACTORS, _MEASURES = 3, 3  # columns that fit beside each other

Found = dict[str, dict[str, Metric]]
"""Metrics by point and measure."""


def show(answered: Answer, scenario: Scenario, asked: Design, shown: list[Measure]) -> None:
    """Print what a sweep found; the last line is the path of the results folder."""
    console = Console(highlight=False, markup=False, emoji=False)
    if answered.reused:
        console.print(view.reused(answered.results), soft_wrap=True)
    for note in view.notes(answered):
        console.print(note, soft_wrap=True)
    console.print(f"\n{scenario.title}: {_size(asked)}", style="bold", soft_wrap=True)
    found = _found(answered.results)
    few = 1 <= len(asked.points) <= LISTED and not asked.sample.keys
    console.print(_points(asked, shown, found) if few else _spread(shown, found))
    for line in (f"At each point {extent(scenario)}", *view.CAVEATS):
        console.print(indented(line, console.width), soft_wrap=True)
    console.print()
    view.show_path(answered.results)


def _size(asked: Design) -> str:
    points = counted(asked.size, "point", "points")
    return f"{points}, {counted(len(asked.keys), 'factor', 'factors')}"


def _found(results: Results) -> Found:
    found: Found = {}
    for point, metric in results.point_metrics():
        found.setdefault(point, {})[metric.measure] = metric
    return found


def _points(asked: Design, shown: list[Measure], found: Found) -> Table:
    """Return one line per point: the values of its factors, and of the first measures."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    keys, measures = asked.keys[:_FACTORS], shown[:_MEASURES]
    for key in keys:
        table.add_column(key.rpartition(".")[2], overflow="fold")
    for measure in measures:
        table.add_column(measure.name, justify="right", overflow="fold")
    table.add_column("point", no_wrap=True)
    for point in asked.points:
        cells = [
            _figure(measure, found.get(point.id, {}).get(measure.name)) for measure in measures
        ]
        table.add_row(*(_level(point, key) for key in keys), *cells, point.id)
    return table


def _spread(shown: list[Measure], found: Found) -> Table:
    """Return one line per measure: its least and its most over the points."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("What happened", ratio=1, overflow="fold")
    for heading in ("Least", "Most", "Points"):
        table.add_column(heading, justify="right", no_wrap=True)
    for measure in shown:
        metrics = [of[measure.name] for of in found.values() if measure.name in of]
        known = sorted((m for m in metrics if m.value is not None), key=lambda m: m.value or 0)
        ends = (_figure(measure, known[0]), _figure(measure, known[-1])) if known else ("", "")
        table.add_row(_label(measure), *ends, f"{len(known):,}")
    return table


def _figure(measure: Measure, metric: Metric | None) -> str:
    if metric is None:
        return ""
    return share(metric)[0] if measure.kind is Kind.HAPPENED else amount(metric)[0]


def _label(measure: Measure) -> str:
    return measure.label if measure.kind is Kind.HAPPENED else f"{measure.label} ({measure.unit})"


def _level(point: Point, key: str) -> str:
    level = point.levels[key]
    return f"{level:.6g}" if isinstance(level, float) else str(level)
