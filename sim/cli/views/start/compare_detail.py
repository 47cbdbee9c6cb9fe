"""Renders the details of `sim compare`: inputs in full, measures side by side, and all pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite
from textwrap import shorten

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.comparison.compare import MeasureDifference, RunComparison, RunPair
from sim.analysis.comparison.differing_input import ABSENT, DifferingInput
from sim.analysis.comparison.past_inputs import shared_draws
from sim.analysis.comparison.sentences import format_change, format_change_interval
from sim.analysis.comparison.tables import FOUR_WAY_KINDS, side_letter
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import print_paragraphs
from sim.cli.views.explain.why import format_setting
from sim.experiment.storage.metrics import Metric
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.output import TOO_FEW, format_count
from sim.scenario.schema.quantity import Quantity
from sim.statistics.intervals import Interval
from sim.statistics.paired import FourWay

_FEWER_WORLDS_NOTE = (
    "Fewer worlds: how many times fewer worlds pairs need than unrelated runs for an interval "
    "of the same width."
)
_ENGINE_WARNING = "The model has changed between these runs, which may explain differences."
_MAX_INPUTS, _MAX_VALUE = 3, 24
"""Assumptions in the short list, and characters of a value there."""
_SIDES_PER_TABLE = 4
"""Sides that fit side by side in 80 columns."""
_FOUR_WAY_NOTES = {
    True: "Added by the treaty: it happened only in the world of {}. Averted: only in that of {}.",
    False: "Added: it happened only in the world of {}. Averted: only in that of {}.",
}
"""By whether the sides differ in a treaty."""


def show_detail(console: Console, comparison: RunComparison) -> None:
    """Print the assumptions that differ, measures with their intervals, and all pairs of worlds."""
    _show_inputs(console, comparison)
    console.print("\nSide by side", style="bold")
    for side_indices in _group_sides(comparison):
        console.print(_build_measure_table(comparison, side_indices))
    for pair in comparison.pairs:
        _show_pair(console, comparison, pair)


def summarise_inputs(comparison: RunComparison) -> Iterator[str]:
    """Yield how many assumptions differ and the first of them, and what to do about several."""
    if not comparison.same_engine:
        yield _ENGINE_WARNING
    inputs = comparison.inputs
    if not inputs:
        yield "The scenarios make the same assumptions."
        return
    shown = [_summarise_input(differing) for differing in inputs[:_MAX_INPUTS]]
    more = [f"and {len(inputs) - _MAX_INPUTS} more"] if len(inputs) > _MAX_INPUTS else []
    verb = "assumption differs" if len(inputs) == 1 else "assumptions differ"
    yield f"{len(inputs):,} {verb}: {'; '.join([*shown, *more])}."
    if len(inputs) > 1:
        yield "To learn which one matters: sim attribute, or change one at a time."


def _summarise_input(differing: DifferingInput) -> str:
    """Return a key with its value on each side."""
    values = [
        f"{value.value:.6g}" if isinstance(value, Quantity) else _format_input_value(value)
        for value in differing.values
    ]
    shortened = [shorten(value, _MAX_VALUE, placeholder=" ...") for value in values]
    return f"{differing.key} ({', '.join(shortened)})"


def _show_inputs(console: Console, comparison: RunComparison) -> None:
    console.print("\nAssumptions that differ", style="bold")
    if not comparison.same_engine:
        print_paragraphs(console, [_ENGINE_WARNING])
    for side_indices in _group_sides(comparison) if comparison.inputs else ():
        console.print(_build_input_table(comparison.inputs, side_indices))
    if not comparison.inputs and comparison.same_engine:
        print_paragraphs(console, ["None."])


def _group_sides(comparison: RunComparison) -> Iterator[range]:
    """Yield the indices of as many sides as fit side by side."""
    sides = len(comparison.sides)
    for first in range(0, sides, _SIDES_PER_TABLE):
        yield range(first, min(first + _SIDES_PER_TABLE, sides))


def _build_input_table(inputs: list[DifferingInput], side_indices: range) -> Table:
    table = _new_table("Key and meaning", map(side_letter, side_indices))
    for differing in inputs:
        values = (_format_input_value(differing.values[index]) for index in side_indices)
        label = f"{differing.key}\n{differing.meaning}{_format_unit(differing)}"
        table.add_row(label.rstrip(), *values)
    return table


def _format_unit(differing_input: DifferingInput) -> str:
    """Return the unit of a number, which is the same on all sides."""
    units = [value.unit for value in differing_input.values if isinstance(value, Quantity)]
    return f" ({units[0]})" if units else ""


def _format_input_value(value: object) -> str:
    if isinstance(value, Quantity):
        span = "" if value.is_fixed else f"\n{value.low:g} to {value.high:g}"
        return f"{value.value:.6g}{span}"
    return "absent" if value is ABSENT else format_setting(value)


def _build_measure_table(comparison: RunComparison, side_indices: range) -> Table:
    table = _new_table("Outcome, 95% interval", map(side_letter, side_indices))
    for measure in comparison.measures:
        cells = (_format_cell(measure, comparison.sides[index]) for index in side_indices)
        table.add_row(measure.short_with_unit, *cells)
    return table


def _format_cell(measure: Measure, side: Results) -> str:
    metric = side.metrics[measure.name]
    value, interval = (
        format_share_interval if measure.kind is MeasureKind.HAPPENED else format_mean_interval
    )(metric)
    return f"{value}\n{interval}".rstrip()


def _show_pair(console: Console, comparison: RunComparison, pair: RunPair) -> None:
    other, base = side_letter(pair.other_index), side_letter(pair.base_index)
    method = "paired worlds" if pair.paired else "unrelated runs"
    sides = f"{other} with, {base} without" if pair.added_treaties else f"{other} against {base}"
    console.print(f"\n{sides}: {method}", style="bold")
    print_paragraphs(console, _describe_pair(comparison, pair))
    console.print(_build_difference_table(pair))
    print_paragraphs(console, [_FEWER_WORLDS_NOTE] if pair.paired else [])
    if paired_outcomes := [difference for difference in pair.differences if difference.four_way]:
        console.print(_build_four_way_table(paired_outcomes))
        note = _FOUR_WAY_NOTES[bool(pair.added_treaties)].format(other, base)
        print_paragraphs(console, [note])


def _describe_pair(comparison: RunComparison, pair: RunPair) -> Iterator[str]:
    other, base = side_letter(pair.other_index), side_letter(pair.base_index)
    if pair.added_treaties:
        specs = comparison.sides[pair.other_index].scenario.treaties
        names = "; ".join(f"{specs[code].name} ({code})" for code in pair.added_treaties)
        yield f"{other} has what {base} lacks: {names}. Differences are {other} minus {base}."
    else:
        yield f"{base} was named first and is the baseline. Differences are {other} minus {base}."
    if pair.paired:
        worlds = comparison.sides[pair.base_index].worlds
        yield (
            f"{format_count(len(worlds), 'pair')} of worlds: world {worlds[0]} of {other} and "
            f"world {worlds[0]} of {base} have {_shared_draws(comparison, pair)} (common random "
            "numbers), and "
            "so on. Differences are due to the scenarios, not to chance."
        )
    else:
        yield (
            f"The worlds are not paired: {pair.unpaired_reason}. The intervals are wider than "
            "necessary; run both with the same --worlds and --seed to pair them."
        )


def _shared_draws(comparison: RunComparison, pair: RunPair) -> str:
    sides = (comparison.sides[place].scenario for place in (pair.other_index, pair.base_index))
    return shared_draws(*sides)


def _build_difference_table(pair: RunPair) -> Table:
    columns = [
        f"{side_letter(pair.other_index)} minus {side_letter(pair.base_index)}",
        "95% interval",
    ]
    table = _new_table("Difference in", [*columns, "Fewer worlds"] if pair.paired else columns)
    for difference in pair.differences:
        cells = (*format_difference(difference), format_fewer_worlds(difference))
        table.add_row(difference.measure.short_with_unit, *cells[: len(table.columns) - 1])
    return table


def format_difference(difference: MeasureDifference) -> tuple[str, str]:
    """Return a difference and its interval, shares in percentage points."""
    if not difference.worlds:
        return "n/a", ""
    if difference.identical:
        interval = format_change_interval(difference) if difference.four_way else ""
        return "the same in\nevery world", interval
    if not isfinite(difference.change.value):
        return "no mean", ""
    return format_change(difference), format_change_interval(difference) or TOO_FEW


def format_fewer_worlds(difference: MeasureDifference) -> str:
    """Return how many times fewer worlds pairs need."""
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
    columns = [kind.capitalize() for kind in FOUR_WAY_KINDS]
    table = _new_table("Number of pairs, with its share of all", columns)
    for difference in differences:
        if difference.four_way:
            table.add_row(
                difference.measure.short_with_unit,
                *(_format_four_way_count(difference.four_way, kind) for kind in FOUR_WAY_KINDS),
            )
    return table


def _format_four_way_count(four_way: FourWay, kind: str) -> str:
    """Return a number of pairs, and below it the interval of its share."""
    share: Interval = four_way.share(kind)
    _, interval = format_share_interval(Metric(kind, "", *share, worlds=four_way.pairs))
    return f"{getattr(four_way, kind):,}\n{interval}"


def _new_table(first_heading: str, headings: Iterable[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(first_heading, ratio=1, overflow="fold")
    for column in headings:
        table.add_column(column, justify="right")
    return table
