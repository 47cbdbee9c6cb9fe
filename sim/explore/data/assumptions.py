"""The uncertain numbers that matter most, chosen by what they do to the headline outcomes.

Every world draws each number at a quantile of its range, independently of all others. The effect on
an outcome is the correlation of the outcome's ranks with that quantile over worlds (Spearman's, as
the quantiles are ranks). Of hundreds of numbers and a dozen outcomes some correlate by chance, so
that those called clear are controlled by the false discovery rate (Benjamini and Hochberg 1995,
Journal of the Royal Statistical Society B 57:289). Chosen are the number that moves each outcome
most, then those of the largest effects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.analysis.conditioning.learnt import count_discoveries
from sim.analysis.data.drawn_parameters import draw_quantiles, find_quantiles
from sim.explore.data.arrays import PackedArray
from sim.explore.data.labels import Labels
from sim.explore.sides import Sides
from sim.model.measures.registry import Measure
from sim.scenario.schema.quantity import Quantity
from sim.statistics.arrays import FloatArray, Mask, Vector

STEPS = 255
"""Steps of a quantile: a multiple of three, so that the thirds end between two steps."""
_CUTS = np.array([1 / 3, 2 / 3])
_EFFECTS_SHOWN = 6


@dataclass(frozen=True, eq=False)
class Target:
    """A headline outcome of one side.

    Attributes:
        measure: the outcome.
        side: the side, from 0.
        values: the outcome, (world,).
        defined: where it is defined, (world,).
    """

    measure: Measure
    side: int
    values: Vector
    defined: Mask

    @property
    def varies(self) -> bool:
        """Whether it differs between the worlds where it is defined."""
        values = self.values[self.defined]
        return len(values) > 2 and bool(np.ptp(values))

    def mean_of_thirds(self, quantiles: Vector) -> tuple[float, float]:
        """Return the mean where a number lies in its lowest and in its highest third."""
        low, high = quantiles < _CUTS[0], quantiles >= _CUTS[1]
        return self._mean(low), self._mean(high)

    def _mean(self, where: Mask) -> float:
        return float(self.values[where & self.defined].mean())


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
"""The effects of each number: clear ones first, then the largest."""


def list_assumptions(
    sides: Sides, headlines: Sequence[Measure], most: int
) -> Iterator[dict[str, Any]]:
    """Yield the entries of the numbers that matter most, those of the largest effects first.

    Args:
        sides: the runs.
        headlines: the outcomes on which effects are measured.
        most: how many numbers are chosen.
    """
    keys = dict.fromkeys(key for numbers in sides.numbers for key in numbers)
    effects = measure_effects(sides, keys, list_targets(sides, headlines))
    labels = [Labels(scenario) for scenario in sides.scenarios]
    for key in choose_keys(effects, most):
        side = next(place for place, numbers in enumerate(sides.numbers) if key in numbers)
        yield {
            "key": key,
            **labels[side].describe(key),
            **_describe_range(sides.numbers[side][key], key),
            "ranges": [_describe_range(n[key], key) if key in n else None for n in sides.numbers],
            **_describe_effects(effects[key], draw_quantiles(sides.first.seed, sides.worlds, key)),
        }


def list_targets(sides: Sides, headlines: Iterable[Measure]) -> list[Target]:
    """Return the headline outcomes of each side that differ between its worlds."""
    every = (
        _find_target(sides, measure, side)
        for measure in headlines
        for side in range(len(sides.results))
    )
    return [target for target in every if target.varies]


def measure_effects(sides: Sides, keys: Iterable[str], targets: Sequence[Target]) -> EffectsByKey:
    """Return what each number does to each outcome."""
    if not targets:
        return {key: [] for key in keys}
    scores = np.stack([_score(target) for target in targets])
    defined = np.stack([target.defined for target in targets]).astype(np.float64)
    found: EffectsByKey = {}
    for key in keys:  # one number is drawn at a time, since runs may be large
        quantiles = draw_quantiles(sides.first.seed, sides.worlds, key)
        rows = zip(targets, *_correlate(scores, defined, quantiles), strict=True)
        found[key] = [Effect(target, float(r), float(p)) for target, r, p in rows]
    return _mark_clear(found)


def choose_keys(effects: EffectsByKey, most: int) -> list[str]:
    """Return the numbers of the largest effects; each outcome that any moves has its largest."""
    leaders: dict[tuple[str, int], tuple[float, str]] = {}
    for key, found in effects.items():
        for effect in found:
            name = effect.target.measure.name, effect.target.side
            leaders[name] = max(leaders.get(name, (0.0, "")), (effect.size * effect.clear, key))
    first = {key for size, key in leaders.values() if size}
    order = sorted(effects, key=lambda key: (key not in first, *_rank(effects[key]), key))
    return sorted(order[:most], key=lambda key: (*_rank(effects[key]), key))


def pack_quantiles(quantiles: Vector) -> PackedArray:
    """Return quantiles, (world,), as steps; those of the lowest third are below 85, then 170."""
    return PackedArray((quantiles * STEPS).astype(np.uint8), "u1", 1 / STEPS)


def _rank(effects: list[Effect]) -> tuple[bool, float]:
    """Return by what numbers are sorted: those with a clear effect first, then by size."""
    return (not effects[0].clear, -effects[0].size) if effects else (True, 0.0)


def _find_target(sides: Sides, measure: Measure, side: int) -> Target:
    values = sides.values(measure.name, side).astype(np.float64)
    if not measure.given:
        return Target(measure, side, values, np.ones(len(values), dtype=bool))
    return Target(measure, side, values, sides.values(measure.given, side).astype(bool))


def _score(target: Target) -> Vector:
    """Return the ranks of an outcome, centred and of length 1; 0 where it is not defined, (world,).

    Equal values share the mean of their ranks.
    """
    _, place, counts = np.unique(
        target.values[target.defined], return_inverse=True, return_counts=True
    )
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    centred = ranks - ranks.mean()
    scores = np.zeros(len(target.values))
    scores[target.defined] = centred / np.linalg.norm(centred)
    return scores


def _correlate(scores: FloatArray, defined: FloatArray, quantiles: Vector) -> tuple[Vector, Vector]:
    """Return the correlation with a number's quantiles and its p-value, (target,) each.

    Args:
        scores: the ranks of the outcomes, (target, world).
        defined: 1 where they are defined, (target, world).
        quantiles: the quantiles, (world,).
    """
    from scipy.special import ndtr  # noqa: PLC0415  scipy takes a while to load

    count = defined.sum(axis=1)
    spread = defined @ quantiles**2 - (defined @ quantiles) ** 2 / count
    correlation = scores @ quantiles / np.sqrt(spread)
    return correlation, 2 * ndtr(-np.abs(correlation) * np.sqrt(count - 1))


def _mark_clear(effects: EffectsByKey) -> EffectsByKey:
    """Return the effects with those marked that are distinguished from chance, largest first."""
    p_values = sorted(effect.p_value for found in effects.values() for effect in found)
    count = count_discoveries(p_values)
    limit = p_values[count - 1] if count else -1.0
    return {
        key: sorted(
            (replace(effect, clear=effect.p_value <= limit) for effect in found),
            key=lambda effect: (not effect.clear, -effect.size),
        )
        for key, found in effects.items()
    }


def _describe_range(number: Quantity, key: str) -> dict[str, Any]:
    cuts = find_quantiles(number, key, _CUTS).tolist()
    return {"unit": number.unit, "low": number.low, "high": number.high, "cuts": cuts}


def _describe_effects(effects: list[Effect], quantiles: Vector) -> dict[str, Any]:
    shown = [_describe_effect(effect, quantiles) for effect in effects[:_EFFECTS_SHOWN]]
    return {
        "clear": any(effect.clear for effect in effects),
        "effect": shown[0] if shown else None,
        "effects": [effect for effect in shown if effect["clear"]],
        "quantile": pack_quantiles(quantiles),
    }


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
