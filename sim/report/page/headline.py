"""What the runs come to, in sentences whose every number is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask
from sim.model.measures.registry import Measure, MeasureKind
from sim.report.figures.aggregates import PairedRuns, pair_runs
from sim.report.run_view import Run
from sim.report.words import (
    describe_extent,
    format_amount,
    format_percent,
    format_share,
    join_names,
)
from sim.statistics.paired import FourWay


@dataclass(frozen=True)
class MeasureCell:
    """A measure in one run: its value in words, its interval, and over which worlds if not all."""

    value: str
    interval: str = ""
    worlds: str = ""


def summarise_runs(runs: Sequence[Run]) -> Iterator[str]:
    """Yield what there is to say first: where histories part, and how much was lived."""
    for two in pair_runs(runs):
        yield from _explain_unpaired(two) if two.unpaired_reason else _summarise_divergence(two)
    yield from describe_runs(runs)


def describe_runs(runs: Sequence[Run]) -> list[str]:
    """Return how much was lived, each extent once."""
    by_extent: dict[str, list[str]] = {}
    for run in runs:
        by_extent.setdefault(f"{describe_extent(run)} from {run.opening_date}", []).append(run.name)
    return [
        f"{join_names(names)}: {of_each}{' each' if len(names) > 1 else ''}."
        for of_each, names in by_extent.items()
    ]


@dataclass(frozen=True)
class OutcomeSummary:
    """An outcome that can happen in every world, and how often on one side of a pair only."""

    shares: str
    label: str
    divergence: str = ""


def summarise_outcomes(runs: Sequence[Run]) -> list[OutcomeSummary]:
    """Return the shares of each outcome that can happen in every world, and where pairs part."""
    pairs = [two for two in pair_runs(runs) if not two.unpaired_reason]
    measures = filter(_is_unconditional, _list_headline_measures(runs))
    return [
        OutcomeSummary(
            _format_shares(measure, runs), measure.label, _describe_divergence(measure, pairs)
        )
        for measure in measures
    ]


def _describe_divergence(measure: Measure, run_pairs: Sequence[PairedRuns]) -> str:
    """Return in how many pairs an outcome came about on one side only."""
    told = [
        _describe_one_sided(found.four_way, two)
        for two in run_pairs
        for found in two.differences
        if found.measure.name == measure.name and found.four_way
    ]
    return "; ".join(told)


def _describe_one_sided(four_way: FourWay, pair: PairedRuns) -> str:
    sides = ((pair.with_, four_way.provoked), (pair.without, four_way.deterred))
    told = [f"{count:,} only in {run.name}" for run, count in sides if count]
    return f"of {four_way.pairs:,} pairs, {join_names(told)}" if told else "the same in every pair"


def _is_unconditional(measure: Measure) -> bool:
    return measure.kind is MeasureKind.HAPPENED and not measure.given


def _format_shares(measure: Measure, runs: Sequence[Run]) -> str:
    cells = [_build_cell(measure, run) for run in runs]
    if len(runs) == 1:
        return f"{cells[0].value} ({cells[0].interval})"
    return join_names(
        [f"{cell.value} in {run.name}" for cell, run in zip(cells, runs, strict=True)]
    )


def _explain_unpaired(pair: PairedRuns) -> Iterator[str]:
    names = f"{pair.without.name} and {pair.with_.name}"
    yield f"The worlds of {names} are no pairs: {pair.unpaired_reason}. Only shares can be compared."


def _summarise_divergence(pair: PairedRuns) -> Iterator[str]:
    """Yield in how many pairs the two histories part, and at which outcome most."""
    counted = [
        (found.measure, found.four_way)
        for found in pair.differences
        if found.four_way and _is_unconditional(found.measure)
    ]
    if not counted:
        return
    one, other = pair.with_.name, pair.without.name
    parts = np.any([_find_diverging(measure, pair) for measure, _ in counted], axis=0)
    yield (
        f"World by world, {one} and {other} part in {int(parts.sum()):,} of {parts.size:,} pairs "
        f"({format_percent(parts.mean())}) at one of {len(counted)} outcomes or more; in the others all "
        "of these are the same."
    )


def _find_diverging(measure: Measure, pair: PairedRuns) -> Mask:
    ours, theirs = (run.results.column(measure.name) for run in (pair.with_, pair.without))
    return np.asarray(ours != theirs)


def _list_headline_measures(runs: Sequence[Run]) -> list[Measure]:
    """Return the headline measures of all runs, the first run's first."""
    named = {measure.name: measure for run in reversed(runs) for measure in run.headline_measures}
    order = dict.fromkeys(measure.name for run in runs for measure in run.headline_measures)
    return [named[name] for name in order]


def build_headline_rows(runs: Sequence[Run]) -> list[tuple[str, list[MeasureCell]]]:
    """Return a row for each headline measure: its words, and a cell for each run."""
    return [
        (_label_with_unit(measure), [_build_cell(measure, run) for run in runs])
        for measure in _list_headline_measures(runs)
    ]


def _label_with_unit(measure: Measure) -> str:
    happened = measure.kind is MeasureKind.HAPPENED
    return measure.label if happened else f"{measure.label} ({measure.unit})"


def _build_cell(measure: Measure, run: Run) -> MeasureCell:
    metric = run.results.metrics.get(measure.name)
    if metric is None:
        return MeasureCell("not measured")
    if metric.value is None:
        return MeasureCell("no mean" if metric.worlds else "no such world")
    shown = format_percent if measure.kind is MeasureKind.HAPPENED else format_amount
    low = format_share if measure.kind is MeasureKind.HAPPENED else format_amount
    worlds = f"of {metric.worlds:,} worlds" if metric.worlds < run.worlds else ""
    if metric.low is None or metric.high is None:
        return MeasureCell(shown(metric.value), "one world only", worlds)
    return MeasureCell(shown(metric.value), f"{low(metric.low)} to {shown(metric.high)}", worlds)
