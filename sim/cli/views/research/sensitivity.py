"""Renders the result of `sim sensitivity`: the share of chance, and the assumptions that matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.sensitivity import FactorIndex, SensitivityResult
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import open_console, print_paragraphs
from sim.cli.views.explain.sources import format_value_range
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import MeasureKind
from sim.output import format_count, format_figure
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval

_COLUMN_HEADINGS = {Method.SOBOL: ("Alone", "In all"), Method.MORRIS: ("Rises by", "Moves by")}
_METHOD_NOTES = {
    Method.SOBOL: "Alone: share of the spread between points that the number explains by itself. "
    "In all: share that would vanish if the number were known, interactions included.",
    Method.MORRIS: "Moves by: mean absolute change of the measure when the number moves over its "
    "range. Rises by: the signed mean; where it is smaller, the effect goes in both directions.",
}
_CLIP_NOTE = (
    "Shares and intervals are bounded at 0 and 100%; estimates from a sample may lie beyond."
)
_MIN_AGREEMENT = 0.9
"""Below it, too few worlds leave too much chance in the points."""


def show_sensitivity(sensitivity: SensitivityResult, scenario: Scenario) -> None:
    """Print a sensitivity analysis to stdout."""
    console = open_console()
    title = f"\n{scenario.title}: {sensitivity.measure.short_with_unit}"
    console.print(title, style="bold", soft_wrap=True)
    console.print("\nWhere the spread between worlds comes from", style="bold")
    print_paragraphs(console, _describe_split(sensitivity))
    console.print("\nWhich assumptions move it", style="bold")
    if not sensitivity.indices:
        print_paragraphs(console, [sensitivity.warning])
        return
    shown = [index for index in sensitivity.indices if index.total_effect.low > 0]
    if shown:
        console.print(_build_table(sensitivity, shown))
    print_paragraphs(console, _list_notes(sensitivity, shown))


def _list_notes(sensitivity: SensitivityResult, shown: Sequence[FactorIndex]) -> Iterator[str]:
    if left_out := [index.key for index in sensitivity.indices if index not in shown]:
        yield f"No clear effect: {', '.join(left_out)}."
    if shown:
        yield _METHOD_NOTES[sensitivity.method]
        if sensitivity.method is Method.SOBOL:
            yield _CLIP_NOTE
    if sensitivity.measure.given:
        yield _describe_condition(sensitivity)
    yield _describe_sample(sensitivity)
    yield from _describe_agreement(sensitivity)


def _describe_condition(sensitivity: SensitivityResult) -> str:
    empty = (
        f"; at {format_count(sensitivity.empty_points, 'point')} in none, which count as average"
        if sensitivity.empty_points
        else ""
    )
    return (
        f"It is defined only where {sensitivity.measure.given}: in "
        f"{100 * sensitivity.defined_share:.3g}% of the worlds at the points{empty}. Each point "
        "has the share or mean over these."
    )


def _describe_split(sensitivity: SensitivityResult) -> tuple[str, ...]:
    split = sensitivity.variance_split
    sample = (
        f"{split.parameter_draws:,} draws of assumptions, each simulated with {split.streams} "
        "random streams"
    )
    if sensitivity.measure.given:
        sample += (
            f"; {sensitivity.measure.given} in {split.defined_worlds:,} of these "
            f"{split.worlds:,} worlds"
        )
    if not isfinite(split.parameter_share.value):
        return (f"{_explain_no_split(sensitivity)} ({sample}).",)
    shares = (("Assumptions", split.parameter_share), ("chance", split.draw_share))
    parts = (
        f"{name} {' ('.join(format_share_interval(_as_metric(share, 1)))})"
        for name, share in shares
    )
    return (f"{', '.join(parts)}; {sample}.",)


def _explain_no_split(sensitivity: SensitivityResult) -> str:
    split = sensitivity.variance_split
    if not split.differing_worlds and split.defined_worlds == split.worlds:
        return "Nothing: it is the same in every world"
    differ = format_count(split.differing_worlds, "world differs", "worlds differ")
    needed = "" if split.differing_worlds else "at least "
    return (
        f"Too rare to tell: only {differ} from the others; {needed}about "
        f"{split.worlds_needed:,} worlds would be needed"
    )


def _build_table(sensitivity: SensitivityResult, shown: Sequence[FactorIndex]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Key and meaning", ratio=1, overflow="fold")
    for column in _COLUMN_HEADINGS[sensitivity.method]:
        table.add_column(column, justify="right", no_wrap=True)
    for index in shown:
        cells = (_format_index(sensitivity, x) for x in (index.own_effect, index.total_effect))
        table.add_row(_describe_parameter(index), *cells)
    return table


def _describe_parameter(index: FactorIndex) -> str:
    value_range = f"{format_value_range(index.number)} {index.number.unit}"
    return f"{index.key}: {value_range}\n{index.meaning}".rstrip()


def _format_index(sensitivity: SensitivityResult, estimate: Interval) -> str:
    shares = sensitivity.method is Method.SOBOL or sensitivity.measure.kind is MeasureKind.HAPPENED
    if sensitivity.method is Method.SOBOL:
        estimate = Interval(*(min(max(bound, 0.0), 1.0) for bound in estimate))
    value, interval = (format_share_interval if shares else format_mean_interval)(
        _as_metric(estimate, sensitivity.point_count)
    )
    if not isfinite(estimate.value):
        return ""
    if not isfinite(estimate.low):
        return f"{estimate.value * (100 if shares else 1):+.3g}{'%' if shares else ''}"
    return f"{value}\n{interval}"


def _as_metric(estimate: Interval, worlds: int) -> Metric:
    value, low, high = (x if isfinite(x) else None for x in estimate)
    return Metric("", "", value, low, high, worlds)


def _describe_sample(sensitivity: SensitivityResult) -> str:
    points = format_count(sensitivity.point_count, "point")
    worlds = format_count(sensitivity.worlds_per_point, "world")
    return f"{points}, each simulated in the same {worlds}."


def _describe_agreement(sensitivity: SensitivityResult) -> tuple[str, ...]:
    agreement = (
        "Two halves of the worlds agree on the points to "
        f"{format_figure(sensitivity.reliability, '.2f')} (1: entirely)."
    )
    if sensitivity.reliability >= _MIN_AGREEMENT:
        return (agreement,)
    return (f"{agreement} Much of the difference between points is chance: use more --worlds.",)
