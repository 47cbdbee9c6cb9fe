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

from sim.analysis.data.drawn_parameters import draw_parameters, uncertain_parameters
from sim.errors import RequestError
from sim.experiment.storage.results import Results
from sim.extras import check_installed
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.statistics.arrays import Mask, Vector
from sim.statistics.intervals import Interval, wilson_interval

MIN_WORLDS = 20
"""Worlds with the outcome, and worlds without, that are needed to look for rules."""
_MIN_WORLD_SHARE = 0.05
"""Share of worlds that a rule must hold in."""
_MAX_RULES = 2
_SIGNIFICANCE = 0.05
"""How likely a condition may be to owe what it adds to luck, over all numbers that were tried."""


@dataclass(frozen=True)
class Condition:
    """A number lies above one end and not above the other; an end may be infinite."""

    key: str
    meaning: str
    number: Quantity
    above: float = -inf
    up_to: float = inf

    def holds(self, parameters: dict[str, Vector]) -> Mask:
        """Return in which worlds it holds, shape (world,)."""
        return (parameters[self.key] > self.above) & (parameters[self.key] <= self.up_to)


@dataclass(frozen=True)
class DiscoveredRule:
    """A combination of assumptions, with figures of worlds in which it was not looked for.

    Attributes:
        conditions: all of them hold.
        world_share: share of all worlds in which they do.
        density: share of these worlds that have the outcome, with its 95 % interval.
        coverage: share of the outcome's worlds that these are, with its 95 % interval.
    """

    conditions: tuple[Condition, ...]
    world_share: float
    density: Interval
    coverage: Interval


@dataclass(frozen=True)
class TargetOutcome:
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
        if self.measure.kind is MeasureKind.HAPPENED:
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
        too_few_worlds: whether there were too few worlds with the outcome, or without it, to look for rules.
    """

    outcome: TargetOutcome
    share: Interval
    worlds: int
    rules: tuple[DiscoveredRule, ...] = ()
    too_few_worlds: bool = False


def define_outcome(
    run: Results, name: str, above: float | None = None, below: float | None = None
) -> TargetOutcome:
    """Return what is looked for in a measure; for an amount as a rule its highest quarter.

    Raises:
        RequestError: there is no such measure, or an edge makes no sense for it.
    """
    measure = run.measure(name)
    if measure.kind is MeasureKind.HAPPENED:
        if above is not None or below is not None:
            raise RequestError(f"--measure {name}: happens or does not, and has no above or below")
        return TargetOutcome(measure)
    if above is not None and below is not None:
        raise RequestError("--above and --below: one of them at a time")
    for option, edge in (("--above", above), ("--below", below)):
        if edge is not None and isnan(edge):
            raise RequestError(f"{option} {edge}: is no number")
    if below is not None:
        return TargetOutcome(measure, below=below)
    return TargetOutcome(measure, above=_upper_quartile(run, measure) if above is None else above)


def discover_rules(run: Results, target: TargetOutcome, max_conditions: int = 3) -> Discovery:
    """Look for combinations of at most `max_conditions` assumptions that lead to an outcome.

    Raises:
        RequestError: what is needed is not installed.
        ResultsError: the results cannot be read.
    """
    check_installed("analysis", "sklearn")
    told = _defined_worlds(run, target.measure)
    worlds, came = run.worlds[told], _outcome_worlds(run, target)[told]
    found = Discovery(target, wilson_interval(int(came.sum()), max(len(came), 1)), len(came))
    learn = np.arange(len(worlds)) % 2 == 0
    if min(came[learn].sum(), (~came[learn]).sum()) < MIN_WORLDS:
        return replace(found, too_few_worlds=True)
    drawn = draw_parameters(run.scenario, worlds)
    boxes = _find_boxes(run, _select_worlds(drawn, learn), came[learn], max_conditions)
    rules = (_evaluate_box(box, _select_worlds(drawn, ~learn), came[~learn]) for box in boxes)
    good = [rule for rule in rules if rule and rule.density.low > came[~learn].mean()]
    return replace(found, rules=tuple(good[:_MAX_RULES]))


_Box = tuple[Condition, ...]


def _upper_quartile(run: Results, measure: Measure) -> float:
    """Return above what the highest quarter of an amount lies."""
    amounts = run.column(measure.name)[_defined_worlds(run, measure)]
    amounts = amounts[np.isfinite(amounts)]
    if not len(amounts):
        where = f", since it means something only where {measure.given}" if measure.given else ""
        raise RequestError(f"--measure {measure.name}: no world tells it{where}")
    return float(np.quantile(amounts, 0.75))


def _defined_worlds(run: Results, measure: Measure) -> Mask:
    """Return in which worlds the measure is told."""
    if measure.given:
        return run.column(measure.given)
    return np.ones(len(run.worlds), dtype=bool)


def _outcome_worlds(run: Results, target: TargetOutcome) -> Mask:
    values = run.column(target.measure.name)
    if target.measure.kind is MeasureKind.HAPPENED:
        return values
    return (values > target.above) & (values < target.below)


def _select_worlds(parameters: dict[str, Vector], mask: Mask) -> dict[str, Vector]:
    return {key: values[mask] for key, values in parameters.items()}


def _find_boxes(
    run: Results, parameters: dict[str, Vector], occurred: Mask, max_conditions: int
) -> list[_Box]:
    """Return boxes that are denser than all worlds, the densest first."""
    every, numbers = index_nodes(run.scenario), uncertain_parameters(run.scenario)
    blank = {
        key: Condition(key, every[tuple(key.split("."))].meaning, numbers[key])
        for key in parameters
    }
    boxes = (
        _prune_box(box, parameters, occurred)
        for box in _tree_boxes(blank, parameters, occurred, max_conditions)
    )
    dense = {box: _box_density(box, parameters, occurred) for box in boxes if box}
    return sorted((b for b in dense if dense[b] > occurred.mean()), key=lambda box: -dense[box])


def _tree_boxes(
    unbounded: dict[str, Condition],
    parameters: dict[str, Vector],
    occurred: Mask,
    max_conditions: int,
) -> list[_Box]:
    """Return the leaves of a classification tree as boxes."""
    from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415  takes a while to load

    table = np.column_stack(list(parameters.values())).astype(np.float32)
    least = max(MIN_WORLDS, int(_MIN_WORLD_SHARE * len(occurred)))
    tree = DecisionTreeClassifier(max_depth=max_conditions, min_samples_leaf=least, random_state=0)
    grown = tree.fit(table, occurred).tree_
    keys = list(parameters)

    def below(node: int, box: dict[str, Condition]) -> list[_Box]:
        if grown.children_left[node] < 0:
            return [tuple(box.values())]
        key, edge = keys[grown.feature[node]], float(grown.threshold[node])
        old = box.get(key, unbounded[key])
        left = box | {key: replace(old, up_to=min(old.up_to, edge))}
        right = box | {key: replace(old, above=max(old.above, edge))}
        return [
            *below(grown.children_left[node], left),
            *below(grown.children_right[node], right),
        ]

    return below(0, {})


def _prune_box(box: _Box, parameters: dict[str, Vector], occurred: Mask) -> _Box:
    """Drop conditions until each adds more than luck would, the least telling first."""
    while box:
        chances = [_quasi_p_value(box, one, parameters, occurred) for one in box]
        if max(chances) <= _SIGNIFICANCE / len(parameters):
            break
        box = tuple(one for at, one in enumerate(box) if at != int(np.argmax(chances)))
    return box


def _quasi_p_value(
    box: _Box, condition: Condition, parameters: dict[str, Vector], occurred: Mask
) -> float:
    """Return how likely a condition adds so much by luck: Bryant and Lempert's quasi-p-value."""
    inside = _worlds_in_box(box, parameters)
    base = _box_density(
        tuple(other for other in box if other is not condition), parameters, occurred
    )
    return float(binom.sf(int(occurred[inside].sum()) - 1, int(inside.sum()), base))


def _box_density(box: _Box, parameters: dict[str, Vector], occurred: Mask) -> float:
    return float(occurred[_worlds_in_box(box, parameters)].mean())


def _worlds_in_box(box: _Box, parameters: dict[str, Vector]) -> Mask:
    everywhere = np.ones(len(next(iter(parameters.values()))), dtype=bool)
    return reduce(np.logical_and, (one.holds(parameters) for one in box), everywhere)


def _evaluate_box(
    box: _Box, parameters: dict[str, Vector], occurred: NDArray[np.bool_]
) -> DiscoveredRule | None:
    """Return a box as a rule, with figures of these worlds; nothing if there are none in it."""
    inside = _worlds_in_box(box, parameters)
    worlds, caught = int(inside.sum()), int((inside & occurred).sum())
    if not worlds or not occurred.any():
        return None
    coverage = wilson_interval(caught, int(occurred.sum()))
    return DiscoveredRule(box, float(inside.mean()), wilson_interval(caught, worlds), coverage)
