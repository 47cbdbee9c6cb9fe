"""The findings at the top of the page; every number in them is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Mask
from sim.model.measures.registry import Measure, MeasureKind
from sim.output import format_count
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
    """A measure in one run: its value, its interval, and its worlds if not all."""

    value: str
    interval: str = ""
    worlds: str = ""


def summarise_runs(runs: Sequence[Run]) -> Iterator[str]:
    """Yield the first sentences: how often paired worlds diverge, and the size of the runs."""
    for pair in pair_runs(runs):
        yield from _explain_unpaired(pair) if pair.unpaired_reason else _summarise_divergence(pair)
    yield from describe_runs(runs)


def describe_runs(runs: Sequence[Run]) -> list[str]:
    """Return the size of the runs, each size once."""
    by_extent: dict[str, list[str]] = {}
    for run in runs:
        by_extent.setdefault(f"{describe_extent(run)} from {run.opening_date}", []).append(run.name)
    return [
        f"{join_names(names)}: {extent}{' each' if len(names) > 1 else ''}."
        for extent, names in by_extent.items()
    ]


@dataclass(frozen=True)
class OutcomeSummary:
    """An outcome that is defined in every world, and how often only one of a pair has it."""

    shares: str
    label: str
    divergence: str = ""


def summarise_outcomes(runs: Sequence[Run]) -> list[OutcomeSummary]:
    """Return the shares of each outcome that is defined in every world, and its divergence."""
    pairs = [pair for pair in pair_runs(runs) if not pair.unpaired_reason]
    measures = filter(_is_unconditional, _list_headline_measures(runs))
    return [
        OutcomeSummary(
            _format_shares(measure, runs), measure.label, _describe_divergence(measure, pairs)
        )
        for measure in measures
    ]


def _describe_divergence(measure: Measure, run_pairs: Sequence[PairedRuns]) -> str:
    """Return in how many pairs an outcome occurred on one side only."""
    return "; ".join(
        _describe_one_sided(difference.four_way, pair)
        for pair in run_pairs
        for difference in pair.differences
        if difference.measure.name == measure.name and difference.four_way
    )


def _describe_one_sided(four_way: FourWay, pair: PairedRuns) -> str:
    sides = ((pair.with_, four_way.provoked), (pair.without, four_way.deterred))
    counts = [f"{count:,} only in {run.name}" for run, count in sides if count]
    if not counts:
        return "the same in every pair"
    return f"of {four_way.pairs:,} pairs, {join_names(counts)}"


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
    yield (
        f"The worlds of {names} are not paired: {pair.unpaired_reason}. "
        "Only shares can be compared."
    )


def _summarise_divergence(pair: PairedRuns) -> Iterator[str]:
    """Yield in how many pairs the two scenarios differ in any outcome."""
    measures = [
        difference.measure
        for difference in pair.differences
        if difference.four_way and _is_unconditional(difference.measure)
    ]
    if not measures:
        return
    diverging = np.any([_find_diverging(measure, pair) for measure in measures], axis=0)
    yield (
        f"In {int(diverging.sum()):,} of {diverging.size:,} paired worlds "
        f"({format_percent(diverging.mean())}), {pair.with_.name} and {pair.without.name} differ "
        f"on at least one of {format_count(len(measures), 'outcome')}; "
        "in the others all are the same."
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
    """Return a row for each headline measure: its label, and a cell for each run."""
    return [
        (measure.label_with_unit, [_build_cell(measure, run) for run in runs])
        for measure in _list_headline_measures(runs)
    ]


def _build_cell(measure: Measure, run: Run) -> MeasureCell:
    metric = run.results.metrics.get(measure.name)
    if metric is None:
        return MeasureCell("not measured")
    if metric.value is None:
        return MeasureCell("no mean" if metric.worlds else "n/a")
    shown = format_percent if measure.kind is MeasureKind.HAPPENED else format_amount
    low = format_share if measure.kind is MeasureKind.HAPPENED else format_amount
    worlds = f"of {metric.worlds:,} worlds" if metric.worlds < run.worlds else ""
    if metric.low is None or metric.high is None:
        return MeasureCell(shown(metric.value), "one world only", worlds)
    return MeasureCell(shown(metric.value), f"{low(metric.low)} to {shown(metric.high)}", worlds)
