"""What is shown of an attribution: a table for every measure, and how to read it."""

from __future__ import annotations

from math import floor, log10

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.analysis.attribution.attribution import Split
from sim.analysis.attribution.factorial import Plan
from sim.analysis.attribution.mechanisms import switches
from sim.cli.output import Record
from sim.model.measures.registry import Kind
from sim.statistics.intervals import Interval

WHOLE, OTHER = "all together", "by other ways"
_MEANINGS = (
    "Difference: the first scenario less the second, mean over pairs of worlds.",
    (
        "A mechanism's share is what the difference gains when it is at work in both, averaged "
        "over all orders of switching the others (Shapley). Shares and other ways add up to all "
        "together."
    ),
    "Intervals of 95 % are a bootstrap of whole worlds; they say nothing about the assumptions.",
)


def table(plan: Plan, splits: list[Split]) -> RenderableType:
    """Return the splits, for a screen."""
    names = plan.names
    head = Text(f"\nWhat makes {names[0]} differ from {names[1]}", style="bold")
    notes: list[RenderableType] = [Padding(line, (0, 0, 0, 2)) for line in _meanings(plan)]
    tables = [_table(split) for split in splits if split.differs]
    return Group(head, *tables, *_alike(splits), Text("How to read it", style="bold"), *notes)


def records(splits: list[Split]) -> list[Record]:
    """Return the same line by line, in full figures."""
    return [
        {"measure": split.measure.name, "unit": split.measure.unit, "part": name, **share._asdict()}
        for split in splits
        for name, share in _parts(split)
    ]


def _parts(split: Split) -> list[tuple[str, Interval]]:
    return [*split.shares.items(), (OTHER, split.other), (WHOLE, split.whole)]


def _alike(splits: list[Split]) -> list[RenderableType]:
    """Return a line on the measures in which no pair of worlds differs, whatever is at work."""
    alike = [split.measure.label for split in splits if not split.differs]
    return [f"No pair of worlds differs in: {'; '.join(alike)}.\n"] if alike else []


def _table(split: Split) -> Table:
    happened = split.measure.kind is Kind.HAPPENED
    unit = "percentage points" if happened else split.measure.unit
    found = Table(
        box=SIMPLE_HEAD,
        pad_edge=False,
        header_style="bold",
        title=f"{split.measure.label} ({unit})",
        title_justify="left",
        title_style="",
    )
    found.add_column("Mechanism", min_width=20)
    found.add_column("Difference", justify="right", no_wrap=True)
    found.add_column("95 % interval", justify="right", no_wrap=True)
    parts = [(name, _scaled(share, happened)) for name, share in _parts(split)]
    digits = _digits([figure for _, share in parts for figure in share])
    for name, share in parts:
        found.add_row(name, *_figures(share, digits))
    return found


def _scaled(share: Interval, happened: bool) -> Interval:
    return Interval(*(100 * figure for figure in share)) if happened else share


def _digits(figures: list[float]) -> int:
    """Return the decimals that leave the largest figure of a table three figures that count."""
    largest = max(map(abs, figures))
    return max(0, 2 - floor(log10(largest))) if largest else 0


def _figures(share: Interval, digits: int) -> tuple[str, str]:
    if share == (0, 0, 0):
        return "none", ""
    value, low, high = (f"{round(figure, digits) + 0.0:+.{digits}f}" for figure in share)
    return value, f"{low} to {high}"


def _meanings(plan: Plan) -> list[str]:
    joint = [
        f"{name}: the switch{'es' * (len(put) > 1)} {', '.join(put)}."
        for name in plan.mechanisms
        if (put := switches(name)) != (name,)
    ]
    return [*_MEANINGS, *joint]
