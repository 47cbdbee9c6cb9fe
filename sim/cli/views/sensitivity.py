"""What is shown of a sensitivity: how much is chance, and which assumptions move the rest."""

from __future__ import annotations

from math import isfinite

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.sensitivity import FactorIndex, SensitivityResult
from sim.analysis.sensitivity.variance import VarianceSplit
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import OutputRecord
from sim.cli.views.compare import label_with_unit
from sim.cli.views.sources import format_value_range
from sim.cli.wording import format_count, indent_paragraph
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import MeasureKind
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval

_COLUMN_HEADINGS = {Method.SOBOL: ("Alone", "In all"), Method.MORRIS: ("Rises by", "Moves by")}
_METHOD_NOTES = {
    Method.SOBOL: "Alone: share of the spread over points that the number explains by itself. "
    "In all: share that would be gone if it were known, what it does with others included.",
    Method.MORRIS: "Moves by: how far the measure moves when the number is moved over its range, "
    "mean size. Rises by: the same with its sign; where that is less, it goes both ways.",
}
_MIN_AGREEMENT = 0.9
"""Below it, so few worlds leave too much luck in the points."""


def show_sensitivity(sensitivity: SensitivityResult, scenario: Scenario) -> None:
    """Print a sensitivity to stdout."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(
        f"\n{scenario.title}: {label_with_unit(sensitivity.measure)}", style="bold", soft_wrap=True
    )
    console.print("\nWhere the spread between worlds comes from", style="bold")
    _print_lines(console, *_describe_split(sensitivity.variance_split))
    console.print("\nWhich assumptions move it", style="bold")
    if not sensitivity.indices:
        _print_lines(console, _explain_no_effect(sensitivity))
        return
    console.print(_build_table(sensitivity))
    _print_lines(
        console,
        _METHOD_NOTES[sensitivity.method],
        _describe_sample(sensitivity),
        *_describe_agreement(sensitivity),
    )


def build_sensitivity_records(sensitivity: SensitivityResult) -> list[OutputRecord]:
    """Return a line for each factor, for a spreadsheet."""
    return [_build_record(sensitivity, index) for index in sensitivity.indices]


def _print_lines(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(indent_paragraph(line, console.width), soft_wrap=True)


def _describe_split(split: VarianceSplit) -> tuple[str, ...]:
    lived = f"{split.parameter_draws:,} draws of assumptions, each lived with {split.streams} dice"
    if not split.differing_worlds:
        return (f"Nowhere: it is the same in every world ({lived}).",)
    if not isfinite(split.parameter_share.value):
        differ = format_count(split.differing_worlds, "world differs", "worlds differ")
        return (f"Too rare to tell: only {differ} from the others ({lived}).",)
    parted = (("Assumptions", split.parameter_share), ("chance", split.draw_share))
    told = (
        f"{name} {' ('.join(format_share_interval(_as_metric(one, 1)))})" for name, one in parted
    )
    return (f"{', '.join(told)}; {lived}.",)


def _explain_no_effect(sensitivity: SensitivityResult) -> str:
    return (
        f"None of those varied: it is the same at all {sensitivity.point_count:,} points. If it is rare, "
        f"{sensitivity.worlds_per_point:,} worlds at each may be too few to see it: take more --worlds."
    )


def _build_table(sensitivity: SensitivityResult) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Key, and what it says", ratio=1, overflow="fold")
    for column in _COLUMN_HEADINGS[sensitivity.method]:
        table.add_column(column, justify="right", no_wrap=True)
    for index in sensitivity.indices:
        cells = (_format_index(sensitivity, one) for one in (index.own_effect, index.total_effect))
        table.add_row(_describe_parameter(index), *cells)
    return table


def _describe_parameter(index: FactorIndex) -> str:
    return f"{index.key}: {format_value_range(index.number)} {index.number.unit}\n{index.meaning}".rstrip()


def _format_index(sensitivity: SensitivityResult, estimate: Interval) -> str:
    shares = sensitivity.method is Method.SOBOL or sensitivity.measure.kind is MeasureKind.HAPPENED
    value, interval = (format_share_interval if shares else format_mean_interval)(
        _as_metric(estimate, sensitivity.point_count)
    )
    if not isfinite(estimate.low):
        return f"{estimate.value * (100 if shares else 1):+.3g}{' %' if shares else ''}"
    return f"{value}\n{interval}"


def _as_metric(estimate: Interval, worlds: int) -> Metric:
    value, low, high = (x if isfinite(x) else None for x in estimate)
    return Metric("", "", value, low, high, worlds)


def _describe_sample(sensitivity: SensitivityResult) -> str:
    points = format_count(sensitivity.point_count, "point", "points")
    return f"{points}, each lived in the same {format_count(sensitivity.worlds_per_point, 'world', 'worlds')}."


def _describe_agreement(sensitivity: SensitivityResult) -> tuple[str, ...]:
    steady = f"Two halves of the worlds agree on the points to {sensitivity.reliability:.2f} (1: entirely)."
    if sensitivity.reliability >= _MIN_AGREEMENT:
        return (steady,)
    return (f"{steady} Much of what the points differ in is luck: take more --worlds.",)


def _build_record(sensitivity: SensitivityResult, index: FactorIndex) -> OutputRecord:
    sobol, one = sensitivity.method is Method.SOBOL, index.own_effect
    alone, in_all = ("first_order", "total") if sobol else ("mu", "mu_star")
    return {
        "measure": sensitivity.measure.name,
        "key": index.key,
        "meaning": index.meaning,
        "low": index.number.low,
        "high": index.number.high,
        "unit": index.number.unit,
        "method": sensitivity.method.value,
        alone: one.value,
        **({f"{alone}_low": one.low, f"{alone}_high": one.high} if sobol else {}),
        in_all: index.total_effect.value,
        f"{in_all}_low": index.total_effect.low,
        f"{in_all}_high": index.total_effect.high,
        **({} if sobol else {"sigma": index.effect_spread}),
        "points": sensitivity.point_count,
        "worlds": sensitivity.worlds_per_point,
        "months": sensitivity.months,
        "seed": sensitivity.seed,
        "steady": sensitivity.reliability,
        "assumptions_share": sensitivity.variance_split.parameter_share.value,
        "assumptions_low": sensitivity.variance_split.parameter_share.low,
        "assumptions_high": sensitivity.variance_split.parameter_share.high,
    }
