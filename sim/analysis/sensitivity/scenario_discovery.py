"""Which combinations of assumptions lead to an outcome, as one or two rules in plain words.

Scenario discovery (Bryant and Lempert 2010, Technological Forecasting and Social Change 77:34): a
rule is a box in the space of assumptions. *Density* is the share of its worlds in which the outcome
came about, *coverage* the share of the outcome's worlds that lie in it. A classification tree
proposes the boxes in one half of the worlds; conditions that may be luck there are dropped; the
figures are of the other half, in which nothing was looked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from math import inf, isinf, isnan

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from sim.analysis.data.drawn_parameters import assumed, uncertain
from sim.analysis.data.run_reader import Reading
from sim.errors import RequestError
from sim.extras import check_installed
from sim.model.arrays import Mask, Vector
from sim.model.measures.registry import Kind, Measure
from sim.scenario.provenance.keys import parts
from sim.scenario.schema.quantity import Quantity
from sim.statistics.intervals import Interval, wilson

FEWEST = 20
"""Worlds with the outcome, and worlds without, that are needed to look for rules."""
SMALLEST = 0.05
"""Share of worlds that a rule must hold in."""
MOST_RULES = 2
LUCK = 0.05
"""How likely a condition may be to owe what it adds to luck, over all numbers that were tried."""


@dataclass(frozen=True)
class Condition:
    """A number lies above one end and not above the other; an end may be infinite."""

    key: str
    meaning: str
    number: Quantity
    above: float = -inf
    up_to: float = inf

    def holds(self, drawn: dict[str, Vector]) -> Mask:
        """Return in which worlds it holds, shape (world,)."""
        return (drawn[self.key] > self.above) & (drawn[self.key] <= self.up_to)


@dataclass(frozen=True)
class Rule:
    """A combination of assumptions, with figures of worlds in which it was not looked for.

    Attributes:
        conditions: all of them hold.
        worlds: share of all worlds in which they do.
        density: share of these worlds that have the outcome, with its 95 % interval.
        coverage: share of the outcome's worlds that these are, with its 95 % interval.
    """

    conditions: tuple[Condition, ...]
    worlds: float
    density: Interval
    coverage: Interval


@dataclass(frozen=True)
class Outcome:
    """What is looked for: that something happened, or that there was much or little of it.

    Attributes:
        measure: what is measured.
        above: for amounts, more than this.
        below: for amounts, less than this.
    """

    measure: Measure
    above: float = -inf
    below: float = inf

    def __str__(self) -> str:
        """Return it in words."""
        if self.measure.kind is Kind.HAPPENED:
            return self.measure.label
        edge = f"below {self.below:g}" if isinf(self.above) else f"above {self.above:g}"
        return f"{self.measure.label}, {edge} ({self.measure.unit})"


@dataclass(frozen=True)
class Discovery:
    """What leads to an outcome.

    Attributes:
        outcome: what was looked for.
        share: share of all worlds that have it, with its 95 % interval.
        worlds: how many worlds that is taken over.
        rules: the rules that hold good in worlds in which they were not looked for, densest first.
        rare: whether there were too few worlds with the outcome, or without it, to look for rules.
    """

    outcome: Outcome
    share: Interval
    worlds: int
    rules: tuple[Rule, ...] = ()
    rare: bool = False


def outcome(
    reading: Reading, name: str, above: float | None = None, below: float | None = None
) -> Outcome:
    """Return what is looked for in a measure; for an amount as a rule its highest quarter.

    Raises:
        RequestError: there is no such measure, or an edge makes no sense for it.
    """
    measure = reading.measure(name)
    if measure.kind is Kind.HAPPENED:
        if above is not None or below is not None:
            raise RequestError(f"--measure {name}: happens or does not, and has no above or below")
        return Outcome(measure)
    if above is not None and below is not None:
        raise RequestError("--above and --below: one of them at a time")
    for option, edge in (("--above", above), ("--below", below)):
        if edge is not None and isnan(edge):
            raise RequestError(f"{option} {edge}: is no number")
    if below is not None:
        return Outcome(measure, below=below)
    return Outcome(measure, above=_high(reading, measure) if above is None else above)


def discover(reading: Reading, wanted: Outcome, depth: int = 3) -> Discovery:
    """Look for combinations of at most `depth` assumptions that lead to an outcome.

    Raises:
        RequestError: what is needed is not installed.
        ResultsError: the results cannot be read.
    """
    check_installed("sklearn")
    told = _told(reading, wanted.measure)
    worlds, came = reading.worlds[told], _came(reading, wanted)[told]
    found = Discovery(wanted, wilson(int(came.sum()), max(len(came), 1)), len(came))
    learn = np.arange(len(worlds)) % 2 == 0
    if min(came[learn].sum(), (~came[learn]).sum()) < FEWEST:
        return replace(found, rare=True)
    drawn = assumed(reading.scenario, worlds)
    boxes = _boxes(reading, _part(drawn, learn), came[learn], depth)
    rules = (_tried(box, _part(drawn, ~learn), came[~learn]) for box in boxes)
    good = [rule for rule in rules if rule and rule.density.low > came[~learn].mean()]
    return replace(found, rules=tuple(good[:MOST_RULES]))


Box = tuple[Condition, ...]


def _high(reading: Reading, measure: Measure) -> float:
    """Return above what the highest quarter of an amount lies."""
    amounts = reading.column(measure.name)[_told(reading, measure)]
    amounts = amounts[np.isfinite(amounts)]
    if not len(amounts):
        where = f", since it means something only where {measure.given}" if measure.given else ""
        raise RequestError(f"--measure {measure.name}: no world tells it{where}")
    return float(np.quantile(amounts, 0.75))


def _told(reading: Reading, measure: Measure) -> Mask:
    """Return in which worlds the measure is told."""
    if measure.given:
        return reading.column(measure.given)
    return np.ones(len(reading.worlds), dtype=bool)


def _came(reading: Reading, wanted: Outcome) -> Mask:
    values = reading.column(wanted.measure.name)
    if wanted.measure.kind is Kind.HAPPENED:
        return values
    return (values > wanted.above) & (values < wanted.below)


def _part(drawn: dict[str, Vector], worlds: Mask) -> dict[str, Vector]:
    return {key: values[worlds] for key, values in drawn.items()}


def _boxes(reading: Reading, drawn: dict[str, Vector], came: Mask, depth: int) -> list[Box]:
    """Return boxes that are denser than all worlds, the densest first."""
    every, numbers = parts(reading.scenario), uncertain(reading.scenario)
    blank = {
        key: Condition(key, every[tuple(key.split("."))].meaning, numbers[key]) for key in drawn
    }
    boxes = (_without_luck(box, drawn, came) for box in _leaves(blank, drawn, came, depth))
    dense = {box: _density(box, drawn, came) for box in boxes if box}
    return sorted((b for b in dense if dense[b] > came.mean()), key=lambda box: -dense[box])


def _leaves(
    blank: dict[str, Condition], drawn: dict[str, Vector], came: Mask, depth: int
) -> list[Box]:
    """Return the leaves of a classification tree as boxes."""
    from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415  takes a while to load

    table = np.column_stack(list(drawn.values())).astype(np.float32)
    least = max(FEWEST, int(SMALLEST * len(came)))
    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=least, random_state=0)
    grown = tree.fit(table, came).tree_
    keys = list(drawn)

    def below(node: int, box: dict[str, Condition]) -> list[Box]:
        if grown.children_left[node] < 0:
            return [tuple(box.values())]
        key, edge = keys[grown.feature[node]], float(grown.threshold[node])
        old = box.get(key, blank[key])
        left = box | {key: replace(old, up_to=min(old.up_to, edge))}
        right = box | {key: replace(old, above=max(old.above, edge))}
        return [
            *below(grown.children_left[node], left),
            *below(grown.children_right[node], right),
        ]

    return below(0, {})


def _without_luck(box: Box, drawn: dict[str, Vector], came: Mask) -> Box:
    """Drop conditions until each adds more than luck would, the least telling first."""
    while box:
        chances = [_luck(box, one, drawn, came) for one in box]
        if max(chances) <= LUCK / len(drawn):
            break
        box = tuple(one for at, one in enumerate(box) if at != int(np.argmax(chances)))
    return box


def _luck(box: Box, one: Condition, drawn: dict[str, Vector], came: Mask) -> float:
    """Return how likely a condition adds so much by luck: Bryant and Lempert's quasi-p-value."""
    inside = _inside(box, drawn)
    base = _density(tuple(other for other in box if other is not one), drawn, came)
    return float(binom.sf(int(came[inside].sum()) - 1, int(inside.sum()), base))


def _density(box: Box, drawn: dict[str, Vector], came: Mask) -> float:
    return float(came[_inside(box, drawn)].mean())


def _inside(box: Box, drawn: dict[str, Vector]) -> Mask:
    everywhere = np.ones(len(next(iter(drawn.values()))), dtype=bool)
    return reduce(np.logical_and, (one.holds(drawn) for one in box), everywhere)


def _tried(box: Box, drawn: dict[str, Vector], came: NDArray[np.bool_]) -> Rule | None:
    """Return a box as a rule, with figures of these worlds; nothing if there are none in it."""
    inside = _inside(box, drawn)
    worlds, caught = int(inside.sum()), int((inside & came).sum())
    if not worlds or not came.any():
        return None
    coverage = wilson(caught, int(came.sum()))
    return Rule(box, float(inside.mean()), wilson(caught, worlds), coverage)
