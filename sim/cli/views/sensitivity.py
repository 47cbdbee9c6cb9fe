"""What is shown of a sensitivity: how much is chance, and which assumptions move the rest."""

from __future__ import annotations

from math import isfinite

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.sensitivity import Index, Sensitivity
from sim.analysis.sensitivity.variance import Split
from sim.cli.numbers import amount, share
from sim.cli.output import Record
from sim.cli.views.compare import labelled
from sim.cli.views.sources import ranged
from sim.cli.wording import counted, indented
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import Kind
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval

_COLUMNS = {Method.SOBOL: ("Alone", "In all"), Method.MORRIS: ("Rises by", "Moves by")}
_MEANINGS = {
    Method.SOBOL: "Alone: share of the spread over points that the number explains by itself. "
    "In all: share that would be gone if it were known, what it does with others included.",
    Method.MORRIS: "Moves by: how far the measure moves when the number is moved over its range, "
    "mean size. Rises by: the same with its sign; where that is less, it goes both ways.",
}
STEADY = 0.9
"""Below it, so few worlds leave too much luck in the points."""


def show(found: Sensitivity, scenario: Scenario) -> None:
    """Print a sensitivity to stdout."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(f"\n{scenario.title}: {labelled(found.measure)}", style="bold", soft_wrap=True)
    console.print("\nWhere the spread between worlds comes from", style="bold")
    _say(console, *_split(found.split))
    console.print("\nWhich assumptions move it", style="bold")
    if not found.indices:
        _say(console, _unmoved(found))
        return
    console.print(_table(found))
    _say(console, _MEANINGS[found.method], _extent(found), *_doubt(found))


def records(found: Sensitivity) -> list[Record]:
    """Return a line for each factor, for a spreadsheet."""
    return [_record(found, index) for index in found.indices]


def _say(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(indented(line, console.width), soft_wrap=True)


def _split(split: Split) -> tuple[str, ...]:
    lived = f"{split.draws:,} draws of assumptions, each lived with {split.dice} dice"
    if not split.differing:
        return (f"Nowhere: it is the same in every world ({lived}).",)
    if not isfinite(split.assumptions.value):
        differ = counted(split.differing, "world differs", "worlds differ")
        return (f"Too rare to tell: only {differ} from the others ({lived}).",)
    parted = (("Assumptions", split.assumptions), ("chance", split.chance))
    told = (f"{name} {' ('.join(share(_metric(one, 1)))})" for name, one in parted)
    return (f"{', '.join(told)}; {lived}.",)


def _unmoved(found: Sensitivity) -> str:
    return (
        f"None of those varied: it is the same at all {found.points:,} points. If it is rare, "
        f"{found.worlds:,} worlds at each may be too few to see it: take more --worlds."
    )


def _table(found: Sensitivity) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Key, and what it says", ratio=1, overflow="fold")
    for column in _COLUMNS[found.method]:
        table.add_column(column, justify="right", no_wrap=True)
    for index in found.indices:
        cells = (_cell(found, one) for one in (index.alone, index.in_all))
        table.add_row(_said(index), *cells)
    return table


def _said(index: Index) -> str:
    return f"{index.key}: {ranged(index.number)} {index.number.unit}\n{index.meaning}".rstrip()


def _cell(found: Sensitivity, one: Interval) -> str:
    shares = found.method is Method.SOBOL or found.measure.kind is Kind.HAPPENED
    value, interval = (share if shares else amount)(_metric(one, found.points))
    if not isfinite(one.low):
        return f"{one.value * (100 if shares else 1):+.3g}{' %' if shares else ''}"
    return f"{value}\n{interval}"


def _metric(one: Interval, worlds: int) -> Metric:
    value, low, high = (x if isfinite(x) else None for x in one)
    return Metric("", "", value, low, high, worlds)


def _extent(found: Sensitivity) -> str:
    points = counted(found.points, "point", "points")
    return f"{points}, each lived in the same {counted(found.worlds, 'world', 'worlds')}."


def _doubt(found: Sensitivity) -> tuple[str, ...]:
    steady = f"Two halves of the worlds agree on the points to {found.steady:.2f} (1: entirely)."
    if found.steady >= STEADY:
        return (steady,)
    return (f"{steady} Much of what the points differ in is luck: take more --worlds.",)


def _record(found: Sensitivity, index: Index) -> Record:
    sobol, one = found.method is Method.SOBOL, index.alone
    alone, in_all = ("first_order", "total") if sobol else ("mu", "mu_star")
    return {
        "measure": found.measure.name,
        "key": index.key,
        "meaning": index.meaning,
        "low": index.number.low,
        "high": index.number.high,
        "unit": index.number.unit,
        "method": found.method.value,
        alone: one.value,
        **({f"{alone}_low": one.low, f"{alone}_high": one.high} if sobol else {}),
        in_all: index.in_all.value,
        f"{in_all}_low": index.in_all.low,
        f"{in_all}_high": index.in_all.high,
        **({} if sobol else {"sigma": index.uneven}),
        "points": found.points,
        "worlds": found.worlds,
        "months": found.months,
        "seed": found.seed,
        "steady": found.steady,
        "assumptions_share": found.split.assumptions.value,
        "assumptions_low": found.split.assumptions.low,
        "assumptions_high": found.split.assumptions.high,
    }
