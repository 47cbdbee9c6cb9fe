"""The uncertain numbers that matter most, chosen by what they do to the headline outcomes.

Every world draws each number at a quantile of its range, independently of all others. The effect on
an outcome is the correlation of ranks (Spearman) of quantile and outcome over worlds. Of hundreds
of numbers and a dozen outcomes some correlate by chance, so that those called clear are controlled
by the false discovery rate (Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B
57:289). Chosen are the number that moves each outcome most, then those of the largest effects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

from sim.analysis.conditioning.learnt import count_discoveries
from sim.analysis.data.drawn_parameters import (
    draw_quantiles,
    find_quantiles,
    uncertain_parameters,
)
from sim.explore.data.arrays import PackedArray
from sim.explore.data.labels import name_owner, shorten_meaning
from sim.explore.sides import Sides
from sim.model.measures.registry import Measure
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Mask, Vector

STEPS = 255
"""Steps of a quantile: a multiple of three, so that the thirds end between two steps."""
_CUTS = np.array([1 / 3, 2 / 3])
_EFFECTS_SHOWN = 6


@dataclass(frozen=True, eq=False)
class Target:
    """A headline outcome of one side, as ranks.

    Attributes:
        measure: the outcome.
        side: the side, from 0.
        values: the outcome where it is defined, (defined world,).
        defined: where it is defined, (world,).
        scores: the ranks, centred and of length 1, (defined world,).
    """

    measure: Measure
    side: int
    values: Vector
    defined: Mask
    scores: Vector

    def correlate(self, quantiles: Vector) -> float:
        """Return the correlation of ranks with a number's quantiles, (world,)."""
        return float(_score(quantiles[self.defined]) @ self.scores)

    def mean_of_thirds(self, quantiles: Vector) -> tuple[float, float]:
        """Return the mean where a number lies in its lowest and in its highest third."""
        drawn = quantiles[self.defined]
        low, high = drawn < _CUTS[0], drawn >= _CUTS[1]
        return float(self.values[low].mean()), float(self.values[high].mean())


@dataclass(frozen=True)
class Effect:
    """What a number does to an outcome.

    Attributes:
        target: the outcome.
        correlation: the correlation of ranks.
        p_value: the probability of so large a correlation by chance, taken alone.
        clear: whether it is distinguished from chance, allowing for all comparisons.
    """

    target: Target
    correlation: float
    p_value: float
    clear: bool = False

    @property
    def size(self) -> float:
        """The size of the correlation."""
        return abs(self.correlation)


EffectsByKey = dict[str, list[Effect]]
"""The effects of each number, the largest first."""


def list_assumptions(
    sides: Sides, headlines: Sequence[Measure], most: int
) -> Iterator[dict[str, Any]]:
    """Yield the entries of the numbers that matter most, those of the largest effects first.

    Args:
        sides: the runs.
        headlines: the outcomes on which effects are measured.
        most: how many numbers are chosen.
    """
    numbers = _collect_numbers(sides)
    effects = measure_effects(sides, numbers, list_targets(sides, headlines))
    for key in choose_keys(effects, most):
        scenario = numbers[key]
        yield _describe(sides, scenario, key, effects[key])


def list_targets(sides: Sides, headlines: Iterable[Measure]) -> list[Target]:
    """Return the headline outcomes of each side that differ between its worlds."""
    return [
        target
        for measure in headlines
        for side in range(len(sides.results))
        if (target := _find_target(sides, measure, side))
    ]


def measure_effects(sides: Sides, keys: Iterable[str], targets: Sequence[Target]) -> EffectsByKey:
    """Return what each number does to each outcome."""
    found: EffectsByKey = {}
    for key in keys:  # one number is drawn at a time, since runs may be large
        quantiles = draw_quantiles(sides.first.seed, sides.worlds, key)
        found[key] = [_measure_effect(target, quantiles) for target in targets]
    return _mark_clear(found)


def choose_keys(effects: EffectsByKey, most: int) -> list[str]:
    """Return the numbers of the largest effects; each outcome that any moves has its largest."""
    leaders: dict[tuple[str, int], tuple[float, str]] = {}
    for key, found in effects.items():
        for effect in found:
            name = effect.target.measure.name, effect.target.side
            leaders[name] = max(leaders.get(name, (0.0, "")), (effect.size * effect.clear, key))
    first = sorted({key for size, key in leaders.values() if size})
    order = sorted(effects, key=lambda key: (key not in first, *_rank(effects[key]), key))
    return sorted(order[:most], key=lambda key: (*_rank(effects[key]), key))


def _rank(effects: list[Effect]) -> tuple[bool, float]:
    """Return by what numbers are sorted: those with a clear effect first, then by size."""
    if not effects:
        return True, 0.0
    return not effects[0].clear, -effects[0].size


def _collect_numbers(sides: Sides) -> dict[str, Scenario]:
    """Return the uncertain numbers of all sides, each with the first scenario that has it."""
    numbers: dict[str, Scenario] = {}
    for scenario in sides.scenarios:
        for key in uncertain_parameters(scenario):
            numbers.setdefault(key, scenario)
    return numbers


def _find_target(sides: Sides, measure: Measure, side: int) -> Target | None:
    results = sides.results[side]
    values = results.column(measure.name).astype(np.float64)
    defined = (
        results.column(measure.given).astype(bool) if measure.given else np.ones(len(values), bool)
    )
    values = values[defined]
    if len(values) < 3 or not np.ptp(values):
        return None
    return Target(measure, side, values, defined, _score(values))


def _score(values: Vector) -> Vector:
    """Return ranks, centred and of length 1; equal values share the mean of their ranks."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    centred = ranks - ranks.mean()
    scores: Vector = centred / np.linalg.norm(centred)
    return scores


def _measure_effect(target: Target, quantiles: Vector) -> Effect:
    correlation = target.correlate(quantiles)
    z_value = abs(correlation) * sqrt(len(target.values) - 1)
    return Effect(target, correlation, 2 * NormalDist().cdf(-z_value))


def _mark_clear(effects: EffectsByKey) -> EffectsByKey:
    """Return the effects with those marked that are distinguished from chance, largest first."""
    p_values = sorted(effect.p_value for found in effects.values() for effect in found)
    count = count_discoveries(p_values)
    limit = p_values[count - 1] if count else -1.0
    return {
        key: sorted(
            (
                Effect(effect.target, effect.correlation, effect.p_value, effect.p_value <= limit)
                for effect in found
            ),
            key=lambda effect: (not effect.clear, -effect.size),
        )
        for key, found in effects.items()
    }


def _describe(sides: Sides, scenario: Scenario, key: str, effects: list[Effect]) -> dict[str, Any]:
    nodes, parts = index_nodes(scenario), tuple(key.split("."))
    number = uncertain_parameters(scenario)[key]
    quantiles = draw_quantiles(sides.first.seed, sides.worlds, key)
    shown = [_describe_effect(effect, quantiles) for effect in effects[:_EFFECTS_SHOWN]]
    return {
        "key": key,
        "label": shorten_meaning(nodes[parts].meaning),
        "owner": name_owner(scenario, nodes, parts),
        "meaning": " ".join(nodes[parts].meaning.split()),
        **_describe_range(number, key),
        "ranges": _list_ranges(sides, key),
        "clear": any(effect.clear for effect in effects),
        "effect": shown[0] if shown else None,
        "effects": [effect for effect in shown if effect["clear"]],
        "quantile": pack_quantiles(quantiles),
    }


def pack_quantiles(quantiles: Vector) -> PackedArray:
    """Return quantiles, (world,), as steps; those of the lowest third are below 85, then 170."""
    return PackedArray((quantiles * STEPS).astype(np.uint8), "u1", 1 / STEPS)


def _describe_range(number: Quantity, key: str) -> dict[str, Any]:
    cuts = find_quantiles(number, key, _CUTS).tolist()
    return {"unit": number.unit, "low": number.low, "high": number.high, "cuts": cuts}


def _list_ranges(sides: Sides, key: str) -> list[dict[str, Any] | None]:
    """Return the range of a number on each side; none where it is certain or absent."""
    numbers = [uncertain_parameters(scenario).get(key) for scenario in sides.scenarios]
    return [_describe_range(number, key) if number else None for number in numbers]


def _describe_effect(effect: Effect, quantiles: Vector) -> dict[str, Any]:
    low, high = effect.target.mean_of_thirds(quantiles)
    return {
        "outcome": effect.target.measure.name,
        "side": effect.target.side,
        "low": low,
        "high": high,
        "correlation": effect.correlation,
        "clear": effect.clear,
    }
