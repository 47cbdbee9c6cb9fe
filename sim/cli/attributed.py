"""What is shown of an attribution: a table for every measure, and how to read it."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.analysis.attribution import GROUPS, Plan, Split
from sim.cli.written import Record
from sim.experiment.intervals import Interval
from sim.model.measures import Kind

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
    names = [side.stem for side in plan.sides]
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
    for name, share in _parts(split):
        scaled = Interval(*(100 * figure for figure in share)) if happened else share
        found.add_row(name, *_figures(scaled))
    return found


def _figures(share: Interval) -> tuple[str, str]:
    if share == (0, 0, 0):
        return "none", ""
    value, low, high = (f"{round(figure, 2) + 0.0:+.2f}" for figure in share)
    return value, f"{low} to {high}"


def _meanings(plan: Plan) -> list[str]:
    joint = [
        f"{name} is switched with {', '.join(GROUPS[name][1:])}."
        for name in plan.mechanisms
        if len(GROUPS.get(name, ())) > 1
    ]
    return [*_MEANINGS, *joint]
