"""The findings at the top of the page; every number in them is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.association import describe_association
from sim.analysis.comparison.sentences import (
    format_change,
    format_change_interval,
    write_findings,
    write_heading,
)
from sim.model.arrays import Mask
from sim.model.measures.registry import Measure, MeasureKind
from sim.output import format_count
from sim.report.figures.aggregates import PairedRuns, list_constructed, pair_runs
from sim.report.run_view import Run
from sim.report.words import (
    describe_extent,
    format_amount,
    format_percent,
    format_share,
    join_names,
)
from sim.statistics.paired import FourWay

_MAX_LINES = 4
"""Outcomes listed under a heading; the table has all."""


@dataclass(frozen=True)
class MeasureCell:
    """A measure in one run: its value, its interval, and its worlds if not all."""

    value: str
    interval: str = ""
    worlds: str = ""


def summarise_runs(runs: Sequence[Run]) -> Iterator[str]:
    """Yield the first sentences: findings, how often pairs diverge, and the size of the runs."""
    if len(runs) == 1:
        yield from _notice(runs[0])
    for pair in pair_runs(runs):
        yield " ".join([f"{_write_heading(pair)}.", *write_findings(pair.findings)])
        yield from _explain_unpaired(pair) if pair.unpaired_reason else _summarise_divergence(pair)
    yield from describe_runs(runs)


def _notice(run: Run) -> Iterator[str]:
    """Yield which outcomes of a run go together most, if any do."""
    if sentence := describe_association(run.results, run.headline_measures):
        yield f"What to notice: {sentence}"


def _write_heading(pair: PairedRuns) -> str:
    return write_heading(pair.findings, pair.with_.name, pair.without.name)


@dataclass(frozen=True)
class VerdictColumn:
    """What became of some outcomes: a heading, and a line for each of the first."""

    title: str
    lines: list[str]


def build_verdicts(runs: Sequence[Run]) -> list[tuple[str, list[VerdictColumn]]]:
    """Return for each pair of runs what changes, what does not, and what the rules put in."""
    return [(_write_heading(pair), list(_build_columns(pair))) for pair in pair_runs(runs)]


def _build_columns(pair: PairedRuns) -> Iterator[VerdictColumn]:
    findings = pair.findings
    subject = {0: "", 1: "the treaty "}.get(findings.treaties, "the treaties ")
    verb = "change" if findings.treaties > 1 else "changes"
    negation = "do not change" if findings.treaties > 1 else "does not change"
    moved = [
        f"{found.measure.short}: {format_change(found)} ({format_change_interval(found)})"
        for found in findings.moved
    ]
    same = [f"{found.measure.short}: the same in every pair" for found in findings.unmoved]
    unclear = [f"{found.measure.short}: no clear difference" for found in findings.unclear]
    rules = [
        f"{measure.short} (rule: {rule})"
        for rule, measures in findings.constructed.items()
        for measure in measures
    ]
    for title, lines in (
        (f"What {subject}{verb}", moved),
        (f"What {subject}{negation}", [*same, *unclear]),
        ("Put in by the rules, not findings", rules),
    ):
        yield VerdictColumn(title, _shorten(lines) or ["nothing"])


def _shorten(lines: list[str]) -> list[str]:
    """Return the first lines, and how many more there are."""
    more = len(lines) - _MAX_LINES
    return [*lines[:_MAX_LINES], f"{more} more in the table"] if more > 0 else lines


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
    constructed = list_constructed(runs)
    measures = [
        measure
        for measure in _list_headline_measures(runs)
        if _is_unconditional(measure) and measure.name not in constructed
    ]
    return [
        OutcomeSummary(
            _format_shares(measure, runs), measure.phrase, _describe_divergence(measure, pairs)
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
    sides = ((pair.with_, four_way.added), (pair.without, four_way.averted))
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
    """Return a row for each headline measure: its short name, and a cell for each run."""
    constructed = list_constructed(runs)
    return [
        (
            measure.short_with_unit
            + (" (differs by construction)" if measure.name in constructed else ""),
            [_build_cell(measure, run) for run in runs],
        )
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
