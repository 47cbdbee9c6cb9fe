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
from sim.report.figures.aggregates import PairedRuns, list_constructed
from sim.report.run_view import Run
from sim.report.words import (
    describe_extent,
    format_amount,
    format_percent,
    format_share,
    join_names,
)

_FREQUENCIES = {"In half of worlds or more": 0.5, "In some worlds": 0.05, "In few worlds": 0.0}
"""The columns of a run alone, with the least share of worlds of each."""
_MAX_LINES = 4
"""Outcomes listed under a heading; the table has all."""


@dataclass(frozen=True)
class MeasureCell:
    """A measure in one run: its value, its interval, and its worlds if not all."""

    value: str
    interval: str = ""
    worlds: str = ""
    ends: tuple[float, float, float] | None = None
    """Of a share: the low end, the share and the high end, in per cent."""


def summarise_runs(runs: Sequence[Run], pairs: Sequence[PairedRuns]) -> Iterator[str]:
    """Yield the sentences below the columns: what to notice, and how often pairs diverge."""
    if not pairs:
        yield from _notice(runs[0])
    for place, pair in enumerate(pairs):
        if place:
            yield f"{_write_heading(pair)}. {next(write_findings(pair.findings))}"
        yield from _explain_unpaired(pair) if pair.unpaired_reason else _summarise_divergence(pair)


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


def build_verdicts(
    runs: Sequence[Run], pairs: Sequence[PairedRuns]
) -> list[tuple[str, list[VerdictColumn]]]:
    """Return for each pair what changes, what does not, and what the rules put in.

    Of one run alone: what happens in most worlds, in some, and in few.
    """
    if not pairs:
        return [(f"What happens in {runs[0].name}", list(_group_by_frequency(runs[0])))]
    return [(_write_heading(pair), list(_build_columns(pair))) for pair in pairs]


def _group_by_frequency(run: Run) -> Iterator[VerdictColumn]:
    lines: dict[str, list[str]] = {title: [] for title in _FREQUENCIES}
    for measure in run.headline_outcomes:
        cell, metric = _build_cell(measure, run), run.results.metrics.get(measure.name)
        if metric and metric.value is not None:
            title = next(title for title, least in _FREQUENCIES.items() if metric.value >= least)
            lines[title].append(f"{measure.short}: {cell.value} ({cell.interval})")
    for title, found in lines.items():
        yield VerdictColumn(title, _shorten(found) or ["nothing"])


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


def _is_unconditional(measure: Measure) -> bool:
    return measure.kind is MeasureKind.HAPPENED and not measure.given


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


@dataclass(frozen=True)
class OutcomeRow:
    """A headline measure in every run."""

    name: str
    is_share: bool
    constructed: bool
    cells: list[MeasureCell]


def build_headline_rows(runs: Sequence[Run]) -> list[OutcomeRow]:
    """Return a row for each headline measure, the shares of worlds first."""
    constructed = list_constructed(runs)
    rows = [
        OutcomeRow(
            measure.short_with_unit,
            measure.kind is MeasureKind.HAPPENED,
            measure.name in constructed,
            [_build_cell(measure, run) for run in runs],
        )
        for measure in _list_headline_measures(runs)
    ]
    return sorted(rows, key=lambda row: not row.is_share)


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
    ends = (metric.low, metric.value, metric.high)
    places = tuple(round(100 * end, 2) for end in ends) if shown is format_percent else None
    interval = f"{low(metric.low)} to {shown(metric.high)}"
    return MeasureCell(shown(metric.value), interval, worlds, places)  # type: ignore[arg-type]
