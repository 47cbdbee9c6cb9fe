"""Renders the result of `sim levers`: what moves a measure most, and what moves none."""

from __future__ import annotations

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.analysis.sensitivity.known_levers import KnownLevers
from sim.analysis.sensitivity.levers import Lever, LeverEffect, Levers
from sim.cli.output import open_console, print_paragraphs, print_wrapped
from sim.cli.views.explain.sources import format_value_range
from sim.model.measures.registry import MeasureKind
from sim.output import format_count
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.scenario import Scenario
from sim.statistics.ratio import MIN_CASES


def show_levers(result: Levers, scenario: Scenario, top: int | None) -> None:
    """Print the numbers that move a measure most to stdout; all of them where `top` is None."""
    console = open_console()
    console.print(f"\n{scenario.title}: what moves a measure", style="bold", soft_wrap=True)
    if result.moving:
        console.print(_build_table(result.moving[:top]))
    print_paragraphs(console, _list_notes(result))
    if top is None:
        _print_keys(result.unsure, "Too little to distinguish from chance")
    _print_keys(result.idle, "Not one world differs in any measure")


def show_known_levers(known: KnownLevers, scenario: Scenario, top: int | None) -> None:
    """Print the table at hand, those that move most measures first; all where `top` is None."""
    console = open_console()
    console.print(f"\n{known.title}", style="bold", soft_wrap=True)
    meanings = {node.name: node.meaning for node in index_nodes(scenario).values()}
    levers = sorted(known.levers, key=lambda lever: -lever.moved)
    for lever in levers[:top]:
        console.print()
        print_wrapped(console, f"{lever.key}: {lever.range}", style="bold")
        meaning = " ".join(meanings.get(lever.key, "").split())
        effect = f"Moves {format_count(lever.moved, 'measure', 'measures')}; most: {lever.effect}"
        print_paragraphs(console, filter(None, (meaning, effect)))
    shown = min(top or len(levers), len(levers))
    hints = (
        f"{shown} of {len(levers)}, those that move most measures first; --all shows all.",
        "Change one: sim run pact --set KEY=VALUE. What it rests on: sim why pact KEY.",
        "This table was computed beforehand; --again simulates it, in about ten minutes.",
    )
    console.print()
    print_paragraphs(console, (*known.notes[:1], *hints))


def describe_counts(result: Levers) -> str:
    """Return how many numbers move a measure, may move one, and move none."""
    numbers = format_count(len(result.levers), "number varies", "numbers vary")
    return (
        f"{numbers}: {len(result.moving)} move a measure, {len(result.unsure)} change some worlds "
        f"but no measure beyond chance, {len(result.idle)} change no world."
    )


def describe_method(result: Levers) -> tuple[str, ...]:
    """Return how the numbers were compared, and what that cannot see."""
    design = (
        f"Each number at the low and at the high end of its range, in the same {result.worlds:,} "
        "worlds, which differ in all other numbers: Morris's elementary effects with a step of "
        f"the whole range. {format_count(len(result.measures), 'measure')}, "
        f"{format_count(result.months, 'month')}, seed {result.seed}."
    )
    reading = (
        "Moves by: the difference in standard deviations of the measure between worlds. Intervals "
        f"and tests allow for all {result.comparisons:,} comparisons (Bonferroni)."
    )
    limits = (
        "It cannot see an effect that both ends of a range share, nor how numbers act together "
        "except on average (`sim sensitivity` can)."
    )
    return design, reading, limits


def format_ends(effect: LeverEffect) -> tuple[str, str]:
    """Return the means of the measure at either end, events in per cent."""
    if effect.measure.kind is MeasureKind.HAPPENED:
        return f"{100 * effect.low:.1f}%", f"{100 * effect.high:.1f}%"
    return f"{effect.low:.3g}", f"{effect.high:.3g}"


def format_difference(effect: LeverEffect) -> str:
    """Return the interval of the difference."""
    if effect.measure.kind is MeasureKind.HAPPENED:
        return f"{100 * effect.difference.low:+.1f} to {100 * effect.difference.high:+.1f} pp"
    return f"{effect.difference.low:+.3g} to {effect.difference.high:+.3g}"


def _build_table(levers: Iterable[Lever]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Number, and what it moves most", ratio=1, overflow="fold")
    for heading in ("Low", "High", "Moves by"):
        table.add_column(heading, justify="right", no_wrap=True)
    for lever in levers:
        effect = lever.effects[0]
        low, high = format_ends(effect)
        name = f"{lever.key}: {format_value_range(lever.number)}\n{effect.measure.short_with_unit}"
        table.add_row(name, low, high, f"{effect.size:+.2f}\n{format_difference(effect)}")
    return table


def _list_notes(result: Levers) -> tuple[str, ...]:
    conditional = [measure for measure in result.measures if measure.given]
    note = (
        "A measure that only some worlds define is compared over these, if both ends have "
        f"{MIN_CASES} or more."
    )
    return (describe_counts(result), *describe_method(result), *([note] if conditional else ()))


def _print_keys(levers: Iterable[Lever], heading: str) -> None:
    if keys := [lever.key for lever in levers]:
        console = open_console()
        console.print(f"\n{heading}", style="bold")
        for key in keys:
            console.print(f"  {key}", soft_wrap=True)
