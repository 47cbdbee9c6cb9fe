"""Renders what `sim find` found: keys with value and meaning, and measures."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from sim.cli.output import open_console, print_paragraphs, print_wrapped
from sim.cli.views.explain.sources import format_value_range
from sim.model.measures.registry import Measure
from sim.output import format_count
from sim.scenario.provenance.keys import ScenarioNode
from sim.scenario.schema.quantity import Quantity

_SHOWN = 12
"""Keys, and measures, shown unless all are asked for."""


def show_found(
    scenario: str, nodes: Sequence[ScenarioNode], measures: Sequence[Measure], *, every: bool
) -> None:
    """Print keys and measures, and what can be done with them."""
    console, limit = open_console(), None if every else _SHOWN
    if nodes:
        heading = f"{format_count(len(nodes), 'key', 'keys')} to change"
        console.print(f"\n{heading}", style="bold")
    for node in nodes[:limit]:
        print_wrapped(console, f"{node.name}: {_format_value(node)}")
        print_paragraphs(console, filter(None, (" ".join(node.meaning.split()),)))
    if measures:
        heading = f"{format_count(len(measures), 'measure', 'measures')} to look at"
        console.print(f"\n{heading}", style="bold")
    for measure in measures[:limit]:
        print_wrapped(console, f"{measure.name}: {measure.short_with_unit}")
    _show_next(console, scenario, nodes, cut=not every and max(len(nodes), len(measures)) > _SHOWN)


def _show_next(
    console: Console, scenario: str, nodes: Sequence[ScenarioNode], *, cut: bool
) -> None:
    console.print()
    if cut:
        print_wrapped(console, f"The first {_SHOWN} of each are shown; --all shows the rest.")
    if nodes:
        key = nodes[0].name
        for hint in ("What it rests on:", f"  sim why {scenario} {key}"):
            console.print(hint, soft_wrap=True)
        for hint in ("Change it in one run:", f"  sim run {scenario} --set {key}=VALUE"):
            console.print(hint, soft_wrap=True)


def _format_value(node: ScenarioNode) -> str:
    value = node.value
    if isinstance(value, Quantity):
        return f"{format_value_range(value)} {value.unit}".strip()
    return str(value).lower() if isinstance(value, bool) else str(value)
