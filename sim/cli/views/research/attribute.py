"""Renders the result of `sim attribute`: a table for every measure, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, isfinite, log10

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.analysis.attribution.attribution import Attribution
from sim.analysis.attribution.factorial import AttributionPlan
from sim.analysis.attribution.mechanisms import mechanism_switches
from sim.analysis.attribution.tables import list_shares
from sim.model.measures.registry import MeasureKind
from sim.output import TOO_FEW, format_figure
from sim.statistics.intervals import Interval
from sim.statistics.ratio import MIN_CASES, worlds_for_cases

_READING_NOTES = (
    "Difference: the first scenario minus the second, mean over pairs of worlds.",
    (
        "A mechanism's share is what switching it on in both scenarios adds to the difference, "
        "averaged over all orders of switching the others (Shapley). Shares and other ways add up "
        "to the total."
    ),
    "The 95% intervals bootstrap entire worlds; they say nothing about the assumptions.",
)


def render_attribution(plan: AttributionPlan, splits: list[Attribution]) -> RenderableType:
    """Return the splits for the terminal."""
    names = plan.side_names
    head = Text(f"\nWhat makes {names[0]} differ from {names[1]}", style="bold")
    notes: list[RenderableType] = [
        Padding(line, (0, 0, 0, 2)) for line in _list_reading_notes(plan)
    ]
    defined = [split for split in splits if split.is_defined]
    tables = [part for split in defined if split.any_difference for part in _build_parts(split)]
    undefined = [_explain_undefined(split) for split in splits if not split.is_defined]
    return Group(
        head,
        *tables,
        *undefined,
        *_describe_unaffected(defined),
        Text("How to read it", style="bold"),
        *notes,
    )


def _describe_unaffected(splits: list[Attribution]) -> list[RenderableType]:
    """Return a line on the measures in which no pair of worlds differs, whatever is switched."""
    alike = [split for split in splits if not split.any_difference]
    if not alike:
        return []
    labels = "; ".join(split.measure.short for split in alike)
    notes = [note for split in alike for note in _list_notes(split)]
    return [f"The same in every pair of worlds: {labels}.\n", *notes]


def _build_parts(split: Attribution) -> list[RenderableType]:
    """Return the table of one measure, and what a reader must know of its condition."""
    return [_build_table(split), *_list_notes(split)]


def _list_notes(split: Attribution) -> list[RenderableType]:
    notes = (*_describe_held_on(split), *_describe_few_cases(split))
    return [Padding(note, (0, 0, 1, 2)) for note in notes]


def _describe_held_on(split: Attribution) -> Iterator[str]:
    if split.held_on:
        yield (
            f"Always on: {', '.join(split.held_on)}. Without it {split.measure.given} is in no "
            "world, and there is nothing to compare."
        )


def _describe_few_cases(split: Attribution) -> Iterator[str]:
    if split.measure.given and split.fewest_cases < MIN_CASES:
        needed = worlds_for_cases(split.fewest_cases, split.worlds, MIN_CASES)
        yield (
            f"Too few cases: in one of the runs {split.measure.given} is in only "
            f"{split.fewest_cases:,} of {split.worlds:,} worlds. About --worlds {needed:,} would "
            "be needed."
        )


def _explain_undefined(split: Attribution) -> str:
    needed = worlds_for_cases(0, split.worlds, MIN_CASES)
    return (
        f"{split.measure.short}: n/a. In one of the runs {split.measure.given} is in none of "
        f"{split.worlds:,} worlds. If it is only rare, at least --worlds {needed:,} would be "
        f"needed; else split {split.measure.given}.\n"
    )


def _build_table(split: Attribution) -> Table:
    happened = split.measure.kind is MeasureKind.HAPPENED
    unit = "percentage points" if happened else split.measure.unit
    table = Table(
        box=SIMPLE_HEAD,
        pad_edge=False,
        header_style="bold",
        title=f"{split.measure.short} ({unit})",
        title_justify="left",
        title_style="",
    )
    table.add_column("Mechanism", min_width=20)
    table.add_column("Difference", justify="right", no_wrap=True)
    table.add_column("95% interval", justify="right", no_wrap=True)
    parts = [(name, _scale_share(share, happened)) for name, share in list_shares(split)]
    digits = _choose_decimals([figure for _, share in parts for figure in share])
    for name, share in parts:
        table.add_row(name, *_format_share(share, digits))
    return table


def _scale_share(share: Interval, happened: bool) -> Interval:
    return Interval(*(100 * figure for figure in share)) if happened else share


def _choose_decimals(figures: list[float]) -> int:
    """Return the decimals that give the largest number of a table three significant figures."""
    largest = max((abs(figure) for figure in figures if isfinite(figure)), default=0.0)
    return max(0, 2 - floor(log10(largest))) if largest else 0


def _format_share(share: Interval, decimals: int) -> tuple[str, str]:
    if share == (0, 0, 0):
        return "none", ""
    value, low, high = (
        format_figure(round(figure, decimals) + 0.0, f"+.{decimals}f") for figure in share
    )
    return value, f"{low} to {high}" if isfinite(share.low) else TOO_FEW


def _list_reading_notes(plan: AttributionPlan) -> list[str]:
    joint = [
        f"{name}: the switch{'es' * (len(switches) > 1)} {', '.join(switches)}."
        for name in plan.mechanisms
        if (switches := mechanism_switches(name)) != (name,)
    ]
    return [*_READING_NOTES, *joint]
