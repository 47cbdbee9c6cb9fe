"""What is shown of a comparison: inputs, figures side by side, and pairs of worlds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.comparison.compare import Comparison, Difference, Pair
from sim.analysis.comparison.inputs import ABSENT, Input
from sim.analysis.comparison.tables import KINDS, letter
from sim.analysis.data.run_reader import Reading
from sim.cli.numbers import amount, share
from sim.cli.output import counted_out
from sim.cli.views.why import shown
from sim.cli.wording import counted, indented
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import Kind, Measure
from sim.scenario.schema.quantity import Quantity
from sim.statistics.intervals import Interval
from sim.statistics.paired import FourWay

CAVEATS = (
    "These are frequencies under the scenarios' assumptions, not forecasts.",
    "The intervals say how far so few worlds can be trusted, not whether the assumptions hold.",
)
FEWER = (
    "Fewer worlds: pairs need so many times fewer worlds than unrelated runs for an interval "
    "as narrow."
)
ABREAST = 4
"""Sides that fit beside each other on 80 columns."""
FOUR = "Provoked: it happened only in the world of {}. Deterred: only in that of {}."


def show(comparison: Comparison) -> None:
    """Print a comparison to stdout, at most as wide as the terminal."""
    console = Console(highlight=False, markup=False, emoji=False)
    for place, side in enumerate(comparison.sides):
        print(f"{letter(place)}  {side.scenario.title}: {side.folder}")
    _show_inputs(console, comparison)
    console.print("\nSide by side", style="bold")
    for places in _abreast(comparison):
        console.print(_side_by_side(comparison, places))
    _say(console, _left_out(comparison))
    for pair in comparison.pairs:
        _show_pair(console, comparison, pair)
    console.print("\nWhat it rests on", style="bold")
    _say(console, CAVEATS)


def _say(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(indented(line, console.width), soft_wrap=True)


def _show_inputs(console: Console, comparison: Comparison) -> None:
    console.print("\nWhat they assume differently", style="bold")
    if not comparison.one_engine:
        changed = "The model itself has changed between these runs, and may be what differs."
        _say(console, [changed])
    for places in _abreast(comparison) if comparison.inputs else ():
        console.print(_inputs(comparison.inputs, places))
    if not comparison.inputs and comparison.one_engine:
        _say(console, ["Nothing."])


def _abreast(comparison: Comparison) -> Iterator[range]:
    """Yield the places of as many sides as fit beside each other."""
    sides = len(comparison.sides)
    for first in range(0, sides, ABREAST):
        yield range(first, min(first + ABREAST, sides))


def _inputs(inputs: list[Input], places: range) -> Table:
    table = _table("Key, and what it says", map(letter, places))
    for one in inputs:
        values = (_value(one.values[place]) for place in places)
        table.add_row(f"{one.key}\n{one.meaning}{_unit(one)}".rstrip(), *values)
    return table


def _unit(one: Input) -> str:
    """Return the unit of a number; said once, since it is the same on all sides."""
    units = [value.unit for value in one.values if isinstance(value, Quantity)]
    return f" ({units[0]})" if units else ""


def _value(value: object) -> str:
    if isinstance(value, Quantity):
        span = "" if value.certain else f"\n{value.low:g} to {value.high:g}"
        return f"{value.value:.6g}{span}"
    return "not there" if value is ABSENT else shown(value)


def _side_by_side(comparison: Comparison, places: range) -> Table:
    table = _table("What happened, 95 % interval", map(letter, places))
    for measure in comparison.shown:
        cells = (_cell(measure, comparison.sides[place]) for place in places)
        table.add_row(labelled(measure), *cells)
    return table


def _cell(measure: Measure, side: Reading) -> str:
    metric = side.metrics[measure.name]
    value, interval = (share if measure.kind is Kind.HAPPENED else amount)(metric)
    return f"{value}\n{interval}".rstrip()


def labelled(measure: Measure) -> str:
    """Return a measure's label with its unit, unless it is a share of worlds."""
    happened = measure.kind is Kind.HAPPENED
    return measure.label if happened else f"{measure.label} ({measure.unit})"


def _left_out(comparison: Comparison) -> Iterator[str]:
    if names := comparison.left_out:
        yield f"Left out, not measured on every side: {counted_out(names, 6)}."


def _show_pair(console: Console, comparison: Comparison, pair: Pair) -> None:
    other, base = letter(pair.other), letter(pair.base)
    how = "world by world" if pair.paired else "as unrelated runs"
    who = f"{other} with, {base} without" if pair.treaties else f"{other} against {base}"
    console.print(f"\n{who}: {how}", style="bold")
    _say(console, _terms(comparison, pair))
    console.print(_differences(pair))
    _say(console, [FEWER] if pair.paired else [])
    if four := [one for one in pair.differences if one.four]:
        console.print(_four_ways(four))
        _say(console, [FOUR.format(other, base)])
        console.print()
        _say(console, (in_words(one, other, base) for one in four if not one.same))


def _terms(comparison: Comparison, pair: Pair) -> Iterator[str]:
    other, base = letter(pair.other), letter(pair.base)
    if pair.treaties:
        specs = comparison.sides[pair.other].scenario.treaties
        names = "; ".join(f"{specs[code].name} ({code})" for code in pair.treaties)
        yield f"{other} has what {base} has not: {names}. Differences are {other} minus {base}."
    else:
        yield f"{base} was named first and is the base. Differences are {other} minus {base}."
    if pair.paired:
        worlds = comparison.sides[pair.base].worlds
        yield (
            f"{counted(len(worlds), 'pair', 'pairs')} of worlds: world {worlds[0]} of {other} and "
            f"world {worlds[0]} of {base} have the same luck, and so on, so that what differs is "
            "not the dice's doing."
        )
    else:
        yield (
            f"Worlds are not pairs: {pair.strangers}. The intervals are wider than they need be; "
            "run both with the same --worlds and --seed to have pairs."
        )


def _differences(pair: Pair) -> Table:
    columns = [f"{letter(pair.other)} minus {letter(pair.base)}", "95 % interval"]
    table = _table("What differs", [*columns, "Fewer worlds"] if pair.paired else columns)
    for one in pair.differences:
        cells = (*change(one), fewer(one))
        table.add_row(labelled(one.measure), *cells[: len(table.columns) - 1])
    return table


def change(one: Difference) -> tuple[str, str]:
    """Return a difference and its interval, shares in percentage points."""
    if not one.worlds:
        return "no such world", ""
    if one.same:
        return "the same in\nevery world", _interval(one) if one.four else ""
    if not isfinite(one.change.value):
        return "no mean", ""
    value, _ = amount(_metric(one))
    sign = "+" if one.change.value > 0 and set(value) - set("0.,") else ""
    return f"{sign}{value}{_points(one)}", _interval(one)


def _interval(one: Difference) -> str:
    return f"{amount(_metric(one))[1]}{_points(one)}"


def _points(one: Difference) -> str:
    return " pp" if one.measure.kind is Kind.HAPPENED else ""


def _metric(one: Difference) -> Metric:
    """Return a difference as a metric, shares in per cent, so that it is rounded like one."""
    scale = 100 if one.measure.kind is Kind.HAPPENED else 1
    value, low, high = (x * scale if isfinite(x) else None for x in one.change)
    return Metric(one.measure.name, one.measure.unit, value, low, high, one.worlds)


def fewer(one: Difference) -> str:
    """Return how many times fewer worlds pairs need, in words."""
    if one.same or one.fewer is None or one.fewer != one.fewer:
        return ""
    return f"{one.fewer:,.{0 if one.fewer >= 10 else 1}f} times" if isfinite(one.fewer) else "any"


def _four_ways(differences: Iterable[Difference]) -> Table:
    columns = [f"{kind.capitalize()}\nin per cent" for kind in KINDS]
    table = _table("Pairs in which it happened", columns)
    for one in differences:
        if one.four:
            table.add_row(labelled(one.measure), *(_kind(one.four, kind) for kind in KINDS))
    return table


def _kind(four: FourWay, kind: str) -> str:
    found: Interval = four.share(kind)
    _, interval = share(Metric(kind, "", *found, worlds=four.pairs))
    return f"{getattr(four, kind):,}\n{interval.removesuffix(' %')}"


def in_words(one: Difference, other: str, base: str) -> str:
    """Return a four-way table as a sentence."""
    four = one.four
    assert four is not None
    return (
        f"Of {counted(four.pairs, 'pair', 'pairs')} of worlds, {one.measure.label}: "
        f"in both in {four.both:,}, only with {other} in {four.provoked:,} (provoked), "
        f"only with {base} in {four.deterred:,} (deterred), in neither in {four.neither:,}."
    )


def _table(first: str, columns: Iterable[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(first, ratio=1, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right")
    return table
