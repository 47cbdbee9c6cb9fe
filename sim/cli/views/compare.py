"""What is shown of a comparison: inputs, figures side by side, and pairs of worlds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.comparison.compare import MeasureDifference, RunComparison, RunPair
from sim.analysis.comparison.inputs import ABSENT, DifferingInput
from sim.analysis.comparison.tables import FOUR_WAY_KINDS, side_letter
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import join_first_names
from sim.cli.views.why import format_setting
from sim.cli.wording import format_count, indent_paragraph
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.schema.quantity import Quantity
from sim.statistics.intervals import Interval
from sim.statistics.paired import FourWay

_CAVEATS = (
    "These are frequencies under the scenarios' assumptions, not forecasts.",
    "The intervals say how far so few worlds can be trusted, not whether the assumptions hold.",
)
_FEWER_WORLDS_NOTE = (
    "Fewer worlds: pairs need so many times fewer worlds than unrelated runs for an interval "
    "as narrow."
)
_SIDES_PER_TABLE = 4
"""Sides that fit beside each other on 80 columns."""
_FOUR_WAY_NOTE = "Provoked: it happened only in the world of {}. Deterred: only in that of {}."


def show_comparison(comparison: RunComparison) -> None:
    """Print a comparison to stdout, at most as wide as the terminal."""
    console = Console(highlight=False, markup=False, emoji=False)
    for place, side in enumerate(comparison.sides):
        print(f"{side_letter(place)}  {side.scenario.title}: {side.path}")
    _show_inputs(console, comparison)
    console.print("\nSide by side", style="bold")
    for places in _group_sides(comparison):
        console.print(_build_measure_table(comparison, places))
    _print_lines(console, _describe_left_out(comparison))
    for pair in comparison.pairs:
        _show_pair(console, comparison, pair)
    console.print("\nWhat it rests on", style="bold")
    _print_lines(console, _CAVEATS)


def _print_lines(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(indent_paragraph(line, console.width), soft_wrap=True)


def _show_inputs(console: Console, comparison: RunComparison) -> None:
    console.print("\nWhat they assume differently", style="bold")
    if not comparison.same_engine:
        changed = "The model itself has changed between these runs, and may be what differs."
        _print_lines(console, [changed])
    for places in _group_sides(comparison) if comparison.inputs else ():
        console.print(_build_input_table(comparison.inputs, places))
    if not comparison.inputs and comparison.same_engine:
        _print_lines(console, ["Nothing."])


def _group_sides(comparison: RunComparison) -> Iterator[range]:
    """Yield the places of as many sides as fit beside each other."""
    sides = len(comparison.sides)
    for first in range(0, sides, _SIDES_PER_TABLE):
        yield range(first, min(first + _SIDES_PER_TABLE, sides))


def _build_input_table(inputs: list[DifferingInput], side_indices: range) -> Table:
    table = _new_table("Key, and what it says", map(side_letter, side_indices))
    for one in inputs:
        values = (_format_input_value(one.values[place]) for place in side_indices)
        table.add_row(f"{one.key}\n{one.meaning}{_format_unit(one)}".rstrip(), *values)
    return table


def _format_unit(differing_input: DifferingInput) -> str:
    """Return the unit of a number; said once, since it is the same on all sides."""
    units = [value.unit for value in differing_input.values if isinstance(value, Quantity)]
    return f" ({units[0]})" if units else ""


def _format_input_value(value: object) -> str:
    if isinstance(value, Quantity):
        span = "" if value.is_fixed else f"\n{value.low:g} to {value.high:g}"
        return f"{value.value:.6g}{span}"
    return "not there" if value is ABSENT else format_setting(value)


def _build_measure_table(comparison: RunComparison, side_indices: range) -> Table:
    table = _new_table("What happened, 95 % interval", map(side_letter, side_indices))
    for measure in comparison.measures:
        cells = (_format_cell(measure, comparison.sides[place]) for place in side_indices)
        table.add_row(label_with_unit(measure), *cells)
    return table


def _format_cell(measure: Measure, side: Results) -> str:
    metric = side.metrics[measure.name]
    value, interval = (
        format_share_interval if measure.kind is MeasureKind.HAPPENED else format_mean_interval
    )(metric)
    return f"{value}\n{interval}".rstrip()


def label_with_unit(measure: Measure) -> str:
    """Return a measure's label with its unit, unless it is a share of worlds."""
    happened = measure.kind is MeasureKind.HAPPENED
    return measure.label if happened else f"{measure.label} ({measure.unit})"


def _describe_left_out(comparison: RunComparison) -> Iterator[str]:
    if names := comparison.left_out:
        yield f"Left out, not measured on every side: {join_first_names(names, 6)}."


def _show_pair(console: Console, comparison: RunComparison, pair: RunPair) -> None:
    other, base = side_letter(pair.other_index), side_letter(pair.base_index)
    how = "world by world" if pair.paired else "as unrelated runs"
    who = f"{other} with, {base} without" if pair.added_treaties else f"{other} against {base}"
    console.print(f"\n{who}: {how}", style="bold")
    _print_lines(console, _describe_pair(comparison, pair))
    console.print(_build_difference_table(pair))
    _print_lines(console, [_FEWER_WORLDS_NOTE] if pair.paired else [])
    if four := [one for one in pair.differences if one.four_way]:
        console.print(_build_four_way_table(four))
        _print_lines(console, [_FOUR_WAY_NOTE.format(other, base)])
        console.print()
        _print_lines(
            console, (_describe_four_way(one, other, base) for one in four if not one.identical)
        )


def _describe_pair(comparison: RunComparison, pair: RunPair) -> Iterator[str]:
    other, base = side_letter(pair.other_index), side_letter(pair.base_index)
    if pair.added_treaties:
        specs = comparison.sides[pair.other_index].scenario.treaties
        names = "; ".join(f"{specs[code].name} ({code})" for code in pair.added_treaties)
        yield f"{other} has what {base} has not: {names}. Differences are {other} minus {base}."
    else:
        yield f"{base} was named first and is the base. Differences are {other} minus {base}."
    if pair.paired:
        worlds = comparison.sides[pair.base_index].worlds
        yield (
            f"{format_count(len(worlds), 'pair', 'pairs')} of worlds: world {worlds[0]} of {other} and "
            f"world {worlds[0]} of {base} have the same luck, and so on, so that what differs is "
            "not the dice's doing."
        )
    else:
        yield (
            f"Worlds are not pairs: {pair.unpaired_reason}. The intervals are wider than they need be; "
            "run both with the same --worlds and --seed to have pairs."
        )


def _build_difference_table(pair: RunPair) -> Table:
    columns = [
        f"{side_letter(pair.other_index)} minus {side_letter(pair.base_index)}",
        "95 % interval",
    ]
    table = _new_table("What differs", [*columns, "Fewer worlds"] if pair.paired else columns)
    for one in pair.differences:
        cells = (*format_difference(one), format_fewer_worlds(one))
        table.add_row(label_with_unit(one.measure), *cells[: len(table.columns) - 1])
    return table


def format_difference(difference: MeasureDifference) -> tuple[str, str]:
    """Return a difference and its interval, shares in percentage points."""
    if not difference.worlds:
        return "no such world", ""
    if difference.identical:
        return "the same in\nevery world", _format_interval(
            difference
        ) if difference.four_way else ""
    if not isfinite(difference.change.value):
        return "no mean", ""
    value, _ = format_mean_interval(_as_metric(difference))
    sign = "+" if difference.change.value > 0 and set(value) - set("0.,") else ""
    return f"{sign}{value}{_choose_suffix(difference)}", _format_interval(difference)


def _format_interval(difference: MeasureDifference) -> str:
    return f"{format_mean_interval(_as_metric(difference))[1]}{_choose_suffix(difference)}"


def _choose_suffix(difference: MeasureDifference) -> str:
    return " pp" if difference.measure.kind is MeasureKind.HAPPENED else ""


def _as_metric(difference: MeasureDifference) -> Metric:
    """Return a difference as a metric, shares in per cent, so that it is rounded like one."""
    scale = 100 if difference.measure.kind is MeasureKind.HAPPENED else 1
    value, low, high = (x * scale if isfinite(x) else None for x in difference.change)
    return Metric(
        difference.measure.name, difference.measure.unit, value, low, high, difference.worlds
    )


def format_fewer_worlds(difference: MeasureDifference) -> str:
    """Return how many times fewer worlds pairs need, in words."""
    if (
        difference.identical
        or difference.efficiency is None
        or difference.efficiency != difference.efficiency
    ):
        return ""
    return (
        f"{difference.efficiency:,.{0 if difference.efficiency >= 10 else 1}f} times"
        if isfinite(difference.efficiency)
        else "any"
    )


def _build_four_way_table(differences: Iterable[MeasureDifference]) -> Table:
    columns = [f"{kind.capitalize()}\nin per cent" for kind in FOUR_WAY_KINDS]
    table = _new_table("Pairs in which it happened", columns)
    for one in differences:
        if one.four_way:
            table.add_row(
                label_with_unit(one.measure),
                *(_format_four_way_count(one.four_way, kind) for kind in FOUR_WAY_KINDS),
            )
    return table


def _format_four_way_count(four_way: FourWay, kind: str) -> str:
    found: Interval = four_way.share(kind)
    _, interval = format_share_interval(Metric(kind, "", *found, worlds=four_way.pairs))
    return f"{getattr(four_way, kind):,}\n{interval.removesuffix(' %')}"


def _describe_four_way(difference: MeasureDifference, other: str, base: str) -> str:
    """Return a four-way table as a sentence."""
    four = difference.four_way
    assert four is not None
    return (
        f"Of {format_count(four.pairs, 'pair', 'pairs')} of worlds, {difference.measure.label}: "
        f"in both in {four.both:,}, only with {other} in {four.provoked:,} (provoked), "
        f"only with {base} in {four.deterred:,} (deterred), in neither in {four.neither:,}."
    )


def _new_table(first_heading: str, headings: Iterable[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(first_heading, ratio=1, overflow="fold")
    for column in headings:
        table.add_column(column, justify="right")
    return table
