"""What the outcomes depend on: the assumptions that matter most, each from low to high."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.analysis.sensitivity.thirds import ThirdsEffect, find_strongest_assumptions
from sim.model.measures.registry import MeasureKind
from sim.report.run_view import Run
from sim.report.words import format_percent, format_roughly
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.provenance.owners import name_owner, shorten_meaning


@dataclass(frozen=True)
class Hinge:
    """An assumption and the outcome that it moves most, as text and as places on a line.

    Attributes:
        name: what the number is.
        owner: whose it is.
        key: its key.
        outcome: the outcome.
        low, high: the outcome in worlds that draw the number low and high.
        low_range, high_range: what low and high mean.
        unit: the number's unit.
        low_place, high_place: places on the line, in per cent of its length.
    """

    name: str
    owner: str
    key: str
    outcome: str
    low: str
    high: str
    low_range: str
    high_range: str
    unit: str
    low_place: float
    high_place: float


def list_hinges(run: Run) -> list[Hinge]:
    """Return the three assumptions that matter most to whether the headline outcomes occur."""
    outcomes = run.headline_outcomes or run.headline_measures
    nodes = index_nodes(run.scenario)
    return [
        _build_hinge(
            effect,
            shorten_meaning(nodes[tuple(effect.key.split("."))].meaning),
            name_owner(run.scenario, nodes, tuple(effect.key.split("."))),
        )
        for effect in find_strongest_assumptions(run.results, outcomes)
    ]


def _build_hinge(effect: ThirdsEffect, name: str, owner: str) -> Hinge:
    happened = effect.measure.kind is MeasureKind.HAPPENED
    show = format_percent if happened else format_roughly
    ends = (effect.low.value, effect.high.value)
    length = 1.0 if happened else 1.2 * max(map(abs, ends)) or 1.0
    low_place, high_place = (round(100 * abs(end) / length, 1) for end in ends)
    low_range, high_range = _describe_thirds(effect)
    low, high = map(show, ends)
    return Hinge(
        name, owner, effect.key, effect.measure.short, low, high,
        low_range, high_range, effect.number.unit, low_place, high_place,
    )  # fmt: skip


def _describe_thirds(effect: ThirdsEffect) -> Iterator[str]:
    for word, cut in zip(("below", "above"), effect.cuts, strict=True):
        yield f"{word} {format_roughly(cut)}"
