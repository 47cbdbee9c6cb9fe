"""What the runs come to, in sentences whose every number is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask
from sim.model.measures.registry import Kind, Measure
from sim.report.figures.aggregates import Twins, twins
from sim.report.run_view import Run
from sim.report.words import amount, extent, listed, percent, share
from sim.statistics.paired import FourWay


@dataclass(frozen=True)
class Cell:
    """A measure in one run: its value in words, its interval, and over which worlds if not all."""

    value: str
    interval: str = ""
    worlds: str = ""


def lead(runs: Sequence[Run]) -> Iterator[str]:
    """Yield what there is to say first: where histories part, and how much was lived."""
    for two in twins(runs):
        yield from _strangers(two) if two.strangers else _parting(two)
    yield from lived(runs)


def lived(runs: Sequence[Run]) -> list[str]:
    """Return how much was lived, each extent once."""
    by_extent: dict[str, list[str]] = {}
    for run in runs:
        by_extent.setdefault(f"{extent(run)} from {run.opening}", []).append(run.name)
    return [
        f"{listed(names)}: {of_each}{' each' if len(names) > 1 else ''}."
        for of_each, names in by_extent.items()
    ]


@dataclass(frozen=True)
class Point:
    """An outcome that can happen in every world, and how often on one side of a pair only."""

    shares: str
    label: str
    apart: str = ""


def points(runs: Sequence[Run]) -> list[Point]:
    """Return the shares of each outcome that can happen in every world, and where pairs part."""
    pairs = [two for two in twins(runs) if not two.strangers]
    measures = filter(_anywhere, measures_shown(runs))
    return [
        Point(_shares(measure, runs), measure.label, _parted(measure, pairs))
        for measure in measures
    ]


def _parted(measure: Measure, pairs: Sequence[Twins]) -> str:
    """Return in how many pairs an outcome came about on one side only."""
    told = [
        _only(found.four, two)
        for two in pairs
        for found in two.differences
        if found.measure.name == measure.name and found.four
    ]
    return "; ".join(told)


def _only(four: FourWay, two: Twins) -> str:
    sides = ((two.with_, four.provoked), (two.without, four.deterred))
    told = [f"{count:,} only in {run.name}" for run, count in sides if count]
    return f"of {four.pairs:,} pairs, {listed(told)}" if told else "the same in every pair"


def _anywhere(measure: Measure) -> bool:
    return measure.kind is Kind.HAPPENED and not measure.given


def _shares(measure: Measure, runs: Sequence[Run]) -> str:
    cells = [_cell(measure, run) for run in runs]
    if len(runs) == 1:
        return f"{cells[0].value} ({cells[0].interval})"
    return listed([f"{cell.value} in {run.name}" for cell, run in zip(cells, runs, strict=True)])


def _strangers(two: Twins) -> Iterator[str]:
    names = f"{two.without.name} and {two.with_.name}"
    yield f"The worlds of {names} are no pairs: {two.strangers}. Only shares can be compared."


def _parting(two: Twins) -> Iterator[str]:
    """Yield in how many pairs the two histories part, and at which outcome most."""
    counted = [
        (found.measure, found.four)
        for found in two.differences
        if found.four and _anywhere(found.measure)
    ]
    if not counted:
        return
    one, other = two.with_.name, two.without.name
    parts = np.any([_apart(measure, two) for measure, _ in counted], axis=0)
    yield (
        f"World by world, {one} and {other} part in {int(parts.sum()):,} of {parts.size:,} pairs "
        f"({percent(parts.mean())}) at one of {len(counted)} outcomes or more; in the others all "
        "of these are the same."
    )


def _apart(measure: Measure, two: Twins) -> Mask:
    ours, theirs = (run.reading.column(measure.name) for run in (two.with_, two.without))
    return np.asarray(ours != theirs)


def measures_shown(runs: Sequence[Run]) -> list[Measure]:
    """Return the headline measures of all runs, the first run's first."""
    named = {measure.name: measure for run in reversed(runs) for measure in run.headlines}
    order = dict.fromkeys(measure.name for run in runs for measure in run.headlines)
    return [named[name] for name in order]


def side_by_side(runs: Sequence[Run]) -> list[tuple[str, list[Cell]]]:
    """Return a row for each headline measure: its words, and a cell for each run."""
    return [
        (_label(measure), [_cell(measure, run) for run in runs]) for measure in measures_shown(runs)
    ]


def _label(measure: Measure) -> str:
    happened = measure.kind is Kind.HAPPENED
    return measure.label if happened else f"{measure.label} ({measure.unit})"


def _cell(measure: Measure, run: Run) -> Cell:
    metric = run.reading.metrics.get(measure.name)
    if metric is None:
        return Cell("not measured")
    if metric.value is None:
        return Cell("no mean" if metric.worlds else "no such world")
    shown = percent if measure.kind is Kind.HAPPENED else amount
    low = share if measure.kind is Kind.HAPPENED else amount
    worlds = f"of {metric.worlds:,} worlds" if metric.worlds < run.worlds else ""
    if metric.low is None or metric.high is None:
        return Cell(shown(metric.value), "one world only", worlds)
    return Cell(shown(metric.value), f"{low(metric.low)} to {shown(metric.high)}", worlds)
