"""Which combinations of assumptions lead to an outcome, as one or two rules.

Scenario discovery (Bryant and Lempert 2010, Technological Forecasting and Social Change 77:34): a
rule is a box in the space of parameters. *Density* is the share of its worlds with the outcome,
*coverage* the share of the worlds with the outcome that lie in it. A classification tree (CART)
proposes the boxes in one half of the worlds. Conditions that are not significant there are dropped.
Density and coverage are estimated in the other half, which the search did not use.
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
from sim.statistics.ratio import worlds_for_cases

MIN_WORLDS = 20
"""The number of worlds with the outcome, and of worlds without, that a search needs."""
_MIN_WORLD_SHARE = 0.05
"""The smallest share of worlds in which a rule must hold."""
_MAX_RULES = 2
_SIGNIFICANCE = 0.05
"""The largest probability that a condition is due to chance, over all parameters tried."""


@dataclass(frozen=True)
class Condition:
    """A range of one parameter: above one bound, up to the other; a bound may be infinite."""

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
    """A combination of conditions, evaluated in worlds that the search did not use.

    Attributes:
        conditions: the conditions, all of which hold.
        world_share: share of all worlds in which they hold.
        density: share of these worlds that have the outcome, with its 95% interval.
        coverage: share of the worlds with the outcome in which they hold, with its 95% interval.
    """

    conditions: tuple[Condition, ...]
    world_share: float
    density: Interval
    coverage: Interval


@dataclass(frozen=True)
class TargetOutcome:
    """The outcome to explain: that something happened, or that an amount is large or small.

    Attributes:
        measure: the measure.
        above: for amounts, the lower bound.
        below: for amounts, the upper bound.
    """

    measure: Measure
    above: float = -inf
    below: float = inf

    def __str__(self) -> str:
        """Return it in words."""
        if self.measure.kind is MeasureKind.HAPPENED:
            return self.measure.short
        edge = f"below {self.below:g}" if isinf(self.above) else f"above {self.above:g}"
        return f"{self.measure.short}, {edge} ({self.measure.unit})"


@dataclass(frozen=True)
class Discovery:
    """The rules that lead to an outcome.

    Attributes:
        outcome: the outcome.
        share: share of all worlds that have it, with its 95% interval.
        worlds: number of worlds in which it is defined.
        rules: the rules confirmed in the second half of the worlds, densest first.
        too_few_worlds: whether too few worlds had the outcome, or too few had not, for a search.
        worlds_needed: about how many worlds of such a run would hold enough of both.
    """

    outcome: TargetOutcome
    share: Interval
    worlds: int
    rules: tuple[DiscoveredRule, ...] = ()
    too_few_worlds: bool = False
    worlds_needed: int = 0


def define_outcome(
    run: Results, name: str, above: float | None = None, below: float | None = None
) -> TargetOutcome:
    """Return the outcome to explain; by default the highest quarter of an amount.

    Raises:
        RequestError: there is no such measure, or a bound is not possible for it.
    """
    measure = run.measure(name)
    if measure.kind is MeasureKind.HAPPENED:
        if above is not None or below is not None:
            raise RequestError(f"--measure {name}: happens or does not, and has no above or below")
        return TargetOutcome(measure)
    if above is not None and below is not None:
        raise RequestError("--above and --below: only one of them is allowed")
    for option, bound in (("--above", above), ("--below", below)):
        if bound is not None and isnan(bound):
            raise RequestError(f"{option} {bound}: is not a number")
    if below is not None:
        return TargetOutcome(measure, below=below)
    return TargetOutcome(measure, above=_upper_quartile(run, measure) if above is None else above)


def discover_rules(run: Results, target: TargetOutcome, max_conditions: int = 3) -> Discovery:
    """Search for combinations of at most `max_conditions` conditions that lead to an outcome.

    Raises:
        RequestError: the extra `analysis` is not installed.
        ResultsError: the results cannot be read.
    """
    check_installed("analysis", "sklearn")
    defined = _defined_worlds(run, target.measure)
    worlds, occurred = run.worlds[defined], _outcome_worlds(run, target)[defined]
    share = wilson_interval(int(occurred.sum()), max(len(occurred), 1))
    discovery = Discovery(target, share, len(occurred))
    search = np.arange(len(worlds)) % 2 == 0
    if min(occurred[search].sum(), (~occurred[search]).sum()) < MIN_WORLDS:
        fewer = int(min(occurred.sum(), (~occurred).sum()))
        needed = worlds_for_cases(fewer, len(run.worlds), 2 * MIN_WORLDS)
        return replace(discovery, too_few_worlds=True, worlds_needed=needed)
    drawn = draw_parameters(run.scenario, worlds)
    boxes = _find_boxes(run, _select_worlds(drawn, search), occurred[search], max_conditions)
    test = ~search
    rules = (_evaluate_box(box, _select_worlds(drawn, test), occurred[test]) for box in boxes)
    confirmed = [rule for rule in rules if rule and rule.density.low > occurred[test].mean()]
    return replace(discovery, rules=tuple(confirmed[:_MAX_RULES]))


_Box = tuple[Condition, ...]


def _upper_quartile(run: Results, measure: Measure) -> float:
    """Return the lower bound of the highest quarter of an amount."""
    amounts = run.column(measure.name)[_defined_worlds(run, measure)]
    amounts = amounts[np.isfinite(amounts)]
    if not len(amounts):
        condition = f", since it is defined only where {measure.given}" if measure.given else ""
        raise RequestError(f"--measure {measure.name}: is defined in no world{condition}")
    return float(np.quantile(amounts, 0.75))


def _defined_worlds(run: Results, measure: Measure) -> Mask:
    """Return the worlds in which the measure is defined."""
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
    nodes, numbers = index_nodes(run.scenario), uncertain_parameters(run.scenario)
    unbounded = {
        key: Condition(key, nodes[tuple(key.split("."))].meaning, numbers[key])
        for key in parameters
    }
    boxes = (
        _prune_box(box, parameters, occurred)
        for box in _tree_boxes(unbounded, parameters, occurred, max_conditions)
    )
    density = {box: _box_density(box, parameters, occurred) for box in boxes if box}
    denser = (box for box in density if density[box] > occurred.mean())
    return sorted(denser, key=lambda box: -density[box])


def _tree_boxes(
    unbounded: dict[str, Condition],
    parameters: dict[str, Vector],
    occurred: Mask,
    max_conditions: int,
) -> list[_Box]:
    """Return the leaves of a classification tree as boxes."""
    from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415  takes a while to load

    table = np.column_stack(list(parameters.values())).astype(np.float32)
    smallest = max(MIN_WORLDS, int(_MIN_WORLD_SHARE * len(occurred)))
    classifier = DecisionTreeClassifier(
        max_depth=max_conditions, min_samples_leaf=smallest, random_state=0
    )
    tree = classifier.fit(table, occurred).tree_
    keys = list(parameters)

    def leaves(node: int, box: dict[str, Condition]) -> list[_Box]:
        if tree.children_left[node] < 0:
            return [tuple(box.values())]
        key, bound = keys[tree.feature[node]], float(tree.threshold[node])
        old = box.get(key, unbounded[key])
        left = box | {key: replace(old, up_to=min(old.up_to, bound))}
        right = box | {key: replace(old, above=max(old.above, bound))}
        return [
            *leaves(tree.children_left[node], left),
            *leaves(tree.children_right[node], right),
        ]

    return leaves(0, {})


def _prune_box(box: _Box, parameters: dict[str, Vector], occurred: Mask) -> _Box:
    """Drop conditions until each is significant, the least significant first."""
    while box:
        p_values = [_quasi_p_value(box, condition, parameters, occurred) for condition in box]
        if max(p_values) <= _SIGNIFICANCE / len(parameters):
            break
        weakest = int(np.argmax(p_values))
        box = (*box[:weakest], *box[weakest + 1 :])
    return box


def _quasi_p_value(
    box: _Box, condition: Condition, parameters: dict[str, Vector], occurred: Mask
) -> float:
    """Return the probability that a condition adds as much by chance (Bryant and Lempert 2010)."""
    inside = _worlds_in_box(box, parameters)
    base = _box_density(
        tuple(other for other in box if other is not condition), parameters, occurred
    )
    return float(binom.sf(int(occurred[inside].sum()) - 1, int(inside.sum()), base))


def _box_density(box: _Box, parameters: dict[str, Vector], occurred: Mask) -> float:
    return float(occurred[_worlds_in_box(box, parameters)].mean())


def _worlds_in_box(box: _Box, parameters: dict[str, Vector]) -> Mask:
    everywhere = np.ones(len(next(iter(parameters.values()))), dtype=bool)
    masks = (condition.holds(parameters) for condition in box)
    return reduce(np.logical_and, masks, everywhere)


def _evaluate_box(
    box: _Box, parameters: dict[str, Vector], occurred: NDArray[np.bool_]
) -> DiscoveredRule | None:
    """Return a box as a rule, evaluated in these worlds; None if it cannot be."""
    inside = _worlds_in_box(box, parameters)
    worlds, hits = int(inside.sum()), int((inside & occurred).sum())
    if not worlds or not occurred.any():
        return None
    coverage = wilson_interval(hits, int(occurred.sum()))
    return DiscoveredRule(box, float(inside.mean()), wilson_interval(hits, worlds), coverage)
