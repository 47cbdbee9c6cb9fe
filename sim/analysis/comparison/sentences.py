"""Findings in sentences: what changed most, by how much, and what did not change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from sim.analysis.comparison.compare import MeasureDifference
from sim.analysis.comparison.findings import PairFindings
from sim.analysis.comparison.past_inputs import shared_draws
from sim.experiment.storage.metrics import Metric
from sim.model.measures.needs import RULES_PAGE
from sim.model.measures.registry import Measure, MeasureKind
from sim.output import format_count
from sim.statistics.paired import FourWay
from sim.statistics.rounding import RoundedInterval, format_exact, round_interval

_MAX_MOVED, _MAX_UNMOVED = 3, 4
"""Measures named in a sentence; the table has all."""


def write_heading(findings: PairFindings, with_name: str, without_name: str) -> str:
    """Return the heading of the findings, with what they rest on."""
    worlds = len(findings.with_.worlds)
    method = (
        f"{format_count(worlds, 'pair')} of worlds with "
        f"{shared_draws(findings.with_.scenario, findings.without.scenario)}"
        if findings.is_paired
        else "worlds not paired"
    )
    if findings.treaties:
        verb = "treaty changes" if findings.treaties == 1 else "treaties change"
        return f"What the {verb} ({method})"
    return f"What changes from {without_name} to {with_name} ({method})"


def write_findings(findings: PairFindings) -> Iterator[str]:
    """Yield at most three sentences: what moved most, what else moved, and what did not."""
    count = format_count(findings.compared, "outcome")
    if not findings.compared:
        yield "No outcome is left to compare."
    elif len(findings.unmoved) == findings.compared:
        yield f"No pair of worlds differs in any of {count}."
    else:
        yield _write_largest(findings) if findings.moved else f"None of {count} changes clearly."
        if len(findings.moved) > 1:
            yield _write_others(findings)
        if findings.unmoved or findings.unclear:
            yield " ".join(_write_unmoved(findings))


def write_construction(findings: PairFindings) -> str:
    """Return the outcomes that only one side can have, with their rules; empty without any."""
    parts = [
        f"{join_phrases(_name_conditions(measures), _MAX_UNMOVED)} (rule: {rule})"
        for rule, measures in findings.constructed.items()
    ]
    if not parts:
        return ""
    return f"By construction, not findings: {'; '.join(parts)}. See {RULES_PAGE}."


def _name_conditions(measures: Sequence[Measure]) -> list[str]:
    """Return measures in words, without those that are defined only where another one is true."""
    names = {measure.name for measure in measures}
    return [measure.phrase for measure in measures if measure.given not in names]


def write_four_way(measure: Measure, four_way: FourWay, *, by_treaty: bool) -> str:
    """Return in how many pairs an outcome occurred on both sides, on one of them, and on none."""
    cause = " by the treaty" if by_treaty else ""
    return (
        f"{measure.short}: of {format_count(four_way.pairs, 'pair')}, in both worlds in "
        f"{four_way.both:,}, added{cause} in {four_way.added:,}, averted{cause} in "
        f"{four_way.averted:,}, in neither in {four_way.neither:,}."
    )


def format_change(difference: MeasureDifference) -> str:
    """Return a difference with its sign, shares in percentage points."""
    rounded = _round_change(difference)
    sign = "+" if difference.change.value > 0 and set(rounded.value) - set("0.,") else ""
    return f"{sign}{rounded.value}{_suffix(difference)}"


def format_change_interval(difference: MeasureDifference) -> str:
    """Return the interval of a difference; empty where it is not defined."""
    if not isfinite(difference.change.low) or not isfinite(difference.change.high):
        return ""
    rounded = _round_change(difference)
    return f"{rounded.low} to {rounded.high}{_suffix(difference)}"


def join_phrases(phrases: Sequence[str], limit: int) -> str:
    """Return phrases in a row, the last after "and", or how many more there are."""
    more = [f"{len(phrases) - limit} more"] if len(phrases) > limit else []
    shown = [*phrases[:limit], *more]
    separator = "; " if any(", " in phrase for phrase in shown) else ", "
    return " and ".join(filter(None, [separator.join(shown[:-1]), shown[-1]]))


def _write_largest(findings: PairFindings) -> str:
    largest = findings.moved[0]
    name = largest.measure.name
    before, after = (
        _format_value(largest.measure, side.metrics[name])
        for side in (findings.without, findings.with_)
    )
    size = f"{_spell_out(format_change(largest))}; 95% interval {format_change_interval(largest)}"
    return (
        f"{_subject(findings)} {_verb(findings)} {largest.measure.phrase} most: "
        f"from {before} to {after}{_format_unit(largest.measure)} ({size})."
    )


def _write_others(findings: PairFindings) -> str:
    others = [f"{found.measure.phrase} ({format_change(found)})" for found in findings.moved[1:]]
    pronoun = "They" if findings.treaties > 1 else "It"
    return f"{pronoun} also {_verb(findings)} {join_phrases(others, _MAX_MOVED)}."


def _write_unmoved(findings: PairFindings) -> Iterator[str]:
    pronoun, verb = ("They", "leave") if findings.treaties > 1 else ("It", "leaves")
    if same := [found.measure.phrase for found in findings.unmoved]:
        yield f"{pronoun} {verb} {join_phrases(same, _MAX_UNMOVED)} the same in every pair."
    if unclear := [found.measure.phrase for found in findings.unclear]:
        yield f"No clear difference in {join_phrases(unclear, _MAX_UNMOVED)}."


def _subject(findings: PairFindings) -> str:
    return {0: "The change", 1: "The treaty"}.get(findings.treaties, "The treaties")


def _verb(findings: PairFindings) -> str:
    return {0: "moves", 1: "changes"}.get(findings.treaties, "change")


def _spell_out(size: str) -> str:
    """Return a size with percentage points written out, as where they are first used."""
    return size.replace(" pp", " percentage points")


def _format_value(measure: Measure, metric: Metric) -> str:
    """Return the value of a measure on one side."""
    happened = measure.kind is MeasureKind.HAPPENED
    scale, suffix = (100, "%") if happened else (1, "")
    if metric.value is None:
        return "n/a"
    if metric.low is None or metric.high is None:
        return f"{format_exact(metric.value * scale)}{suffix}"
    ends = (metric.value, metric.low, metric.high)
    return f"{round_interval(*(end * scale for end in ends)).value}{suffix}"


def _format_unit(measure: Measure) -> str:
    """Return the unit that follows a value in a sentence; none for shares, scales and indices."""
    unit = measure.short_with_unit.removeprefix(measure.short).removeprefix(", ")
    return f" {unit}" if unit[:1].isalpha() else ""


def _round_change(difference: MeasureDifference) -> RoundedInterval:
    """Return a difference and its interval as text, shares in percentage points."""
    scale = 100 if difference.measure.kind is MeasureKind.HAPPENED else 1
    value, low, high = (end * scale for end in difference.change)
    if not isfinite(low) or not isfinite(high):
        return RoundedInterval(format_exact(value), "", "")
    return round_interval(value, low, high)


def _suffix(difference: MeasureDifference) -> str:
    return " pp" if difference.measure.kind is MeasureKind.HAPPENED else ""
