"""Which assumptions move a measure, and how far: Sobol's and Morris's indices through SALib."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import rankdata

from sim.analysis.data.drawn_parameters import draw_parameters, uncertain_parameters
from sim.analysis.sensitivity.ensemble import (
    FloatArray,
    simulate_nested,
    simulate_points,
)
from sim.analysis.sensitivity.indices import estimate_indices, sample_unit_points
from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.variance import VarianceSplit, split_variance
from sim.errors import RequestError
from sim.experiment.blocks import OnProgress
from sim.experiment.storage.results import find_measure
from sim.extras import check_installed
from sim.model.measures.registry import Measure, list_measures
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector
from sim.statistics.intervals import Interval

_PARAMETER_DRAWS, _STREAMS_PER_DRAW = 250, 4
"""What the spread is split with, and the factors picked by."""


@dataclass(frozen=True)
class FactorIndex:
    """What one factor does.

    Attributes:
        key: the number's place in the scenario.
        meaning: what the number says.
        number: the number with its range and unit.
        own_effect: Sobol: share of the spread over points that it explains by itself (S1). Morris: how
            far the measure rises over its range, mean of the effects (mu); its interval is none.
        total_effect: Sobol: share of the spread that would be gone if it were known (ST). Morris: how far
            the measure moves, mean of the effects' sizes (mu*). With 95 % bootstrap intervals.
        effect_spread: Morris: how much the effect differs from place to place (sigma); None for Sobol.
    """

    key: str
    meaning: str
    number: Quantity
    own_effect: Interval
    total_effect: Interval
    effect_spread: float | None = None


@dataclass(frozen=True)
class SensitivityResult:
    """What moves a measure.

    Attributes:
        measure: what is moved.
        method: how factors were varied.
        variance_split: how much of the spread between worlds assumptions account for at all.
        indices: one for each factor, the strongest first; empty if the measure never moved.
        point_count: how many points were lived.
        worlds_per_point: how many worlds at each.
        reliability: how far the points agree between two halves of the worlds, carried over to all of
            them, 1 entirely: what is missing to 1 is luck that so few worlds leave in the indices.
        months: for how long they were lived.
        seed: with which luck; it decides the points and the bootstrap as well.
    """

    measure: Measure
    method: Method
    variance_split: VarianceSplit
    indices: tuple[FactorIndex, ...]
    point_count: int
    worlds_per_point: int
    reliability: float
    months: int
    seed: int


@dataclass(frozen=True)
class SensitivityPlan:
    """How the sensitivity is looked into.

    Attributes:
        method: how factors are varied.
        factors: keys of the numbers varied; if empty, the `top` that go most with the measure.
        top: how many factors are picked.
        samples: Sobol: base samples, a power of two. Morris: paths through the grid.
        worlds: worlds lived at each point, at least two.
    """

    method: Method = Method.SOBOL
    factors: tuple[str, ...] = ()
    top: int = 5
    samples: int = 64
    worlds: int = 16

    def point_count(self, factor_count: int) -> int:
        """Return how many points that makes."""
        return self.samples * (factor_count + (2 if self.method is Method.SOBOL else 1))


def check_plan(scenario: Scenario, measure_name: str, plan: SensitivityPlan) -> Measure:
    """Return the measure of that name, if the plan makes sense.

    Raises:
        RequestError: there is no such measure or factor, or the plan makes no sense; or what is
            needed is not installed.
    """
    check_installed("analysis", "SALib")
    measure = find_measure(measure_name, {one.name: one for one in list_measures(scenario)})
    if measure.given:
        raise RequestError(
            f"--measure {measure_name}: is told of some worlds only, those with {measure.given}\n"
            f"    allowed: a measure that every world has, such as {measure.given}"
        )
    for key in plan.factors:
        _check_factor(scenario, key)
    if plan.method is Method.SOBOL and plan.samples & (plan.samples - 1):
        raise RequestError(
            f"--samples {plan.samples}: Sobol's samples come in powers of two\n"
            f"    allowed: {2 ** (plan.samples.bit_length() - 1)}, "
            f"{2 ** plan.samples.bit_length()} and so on"
        )
    return measure


def count_worlds(plan: SensitivityPlan, scenario: Scenario) -> int:
    """Return how many worlds a plan has lived in all."""
    factors = len(plan.factors) or min(plan.top, len(uncertain_parameters(scenario)))
    return _PARAMETER_DRAWS * _STREAMS_PER_DRAW + plan.point_count(factors) * plan.worlds


def analyse_sensitivity(
    scenario: Scenario,
    measure_name: str,
    plan: SensitivityPlan = SensitivityPlan(),
    on_progress: OnProgress = lambda _: None,
    workers: int | None = None,
) -> SensitivityResult:
    """Find out which of the plan's factors move a measure, and how far.

    `on_progress` hears how many worlds have been lived; `workers` are processes to live with, None as many
    as there are processors, if that pays.

    Raises:
        RequestError: the plan makes no sense, or asks for more than may be asked at once.
        LivingError: some worlds could not be lived.
        WorkerError: the workers are gone.
    """
    measure = check_plan(scenario, measure_name, plan)
    spread = simulate_nested(
        scenario, [measure], _PARAMETER_DRAWS, _STREAMS_PER_DRAW, on_progress, workers
    )[measure_name]
    if not plan.factors:
        plan = replace(plan, factors=select_factors(scenario, spread.mean(axis=1), plan.top))
    unit = sample_unit_points(plan.method, plan.factors, plan.samples, scenario.seed)
    points = dict(zip(plan.factors, unit.T, strict=True))

    def told_on(lived: int) -> None:
        on_progress(spread.size + lived)

    values = simulate_points(scenario, measure, points, plan.worlds, told_on, workers)
    return SensitivityResult(
        measure=measure,
        method=plan.method,
        variance_split=split_variance(spread, scenario.seed),
        indices=_factor_indices(scenario, plan, unit, values.mean(axis=1)),
        point_count=len(values),
        worlds_per_point=plan.worlds,
        reliability=split_half_reliability(values),
        months=scenario.months,
        seed=scenario.seed,
    )


def select_factors(scenario: Scenario, means: FloatArray, top: int) -> tuple[str, ...]:
    """Return the keys of the uncertain numbers that go most with a measure, the strongest first.

    `means` holds the measure under the assumptions of world 0, 1 and so on, shape (draw,). Ranks
    are compared, so that the form of a relation does not matter; each further number is the one
    that goes most with what those before it leave unexplained (forward selection).
    """
    drawn = draw_parameters(scenario, np.arange(len(means)))
    numbers = np.column_stack([_unit_ranks(values) for values in drawn.values()])
    left, known = _unit_ranks(means), np.zeros((len(means), 0))
    picked: list[int] = []
    for _ in range(min(top, len(drawn))):
        sizes = abs(numbers.T @ left)
        sizes[picked] = -1
        picked.append(int(sizes.argmax()))
        new = _normalise(numbers[:, picked[-1]] - known @ (known.T @ numbers[:, picked[-1]]))
        left, known = left - new * (new @ left), np.column_stack([known, new])
    return tuple(list(drawn)[at] for at in picked)


def _unit_ranks(values: Vector) -> Vector:
    """Return ranks with mean 0 and length 1; all alike, they are 0."""
    return _normalise(rankdata(values) - (len(values) + 1) / 2)


def _normalise(values: Vector) -> Vector:
    """Return numbers brought to length 1; those that are next to nothing, rounding, as 0."""
    length = float(np.linalg.norm(values))
    return values / length if length > 1e-9 else np.zeros(len(values))


def split_half_reliability(values: FloatArray) -> float:
    """Return how far points (point, world) agree between two halves of worlds, for all of them.

    The correlation of the halves, carried over to twice as many worlds (Spearman 1910, Brown 1910,
    both British Journal of Psychology 3).
    """
    one, other = values[:, ::2].mean(axis=1), values[:, 1::2].mean(axis=1)
    if one.std() == 0 or other.std() == 0:
        return 0.0
    agree = max(float(np.corrcoef(one, other)[0, 1]), 0.0)
    return 2 * agree / (1 + agree)


def _check_factor(scenario: Scenario, key: str) -> None:
    if key in (known := uncertain_parameters(scenario)):
        return
    numbers = dict(scenario.iter_quantities())
    if key in numbers:
        raise RequestError(f"--factors {key}: has no range, every world has {numbers[key].value:g}")
    nearest = find_nearest_name(key, known)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    raise RequestError(
        f"--factors {key}: is not an uncertain number of this scenario\n"
        f"    allowed: one of {len(known)}; `sim sources` lists them{hint}"
    )


def _factor_indices(
    scenario: Scenario, plan: SensitivityPlan, unit_points: Vector, means: Vector
) -> tuple[FactorIndex, ...]:
    if means.min() == means.max():
        return ()
    every, numbers = index_nodes(scenario), uncertain_parameters(scenario)
    found = estimate_indices(plan.method, plan.factors, unit_points, means, scenario.seed)
    rows = (
        FactorIndex(key, every[tuple(key.split("."))].meaning, numbers[key], *one)
        for key, one in zip(plan.factors, found, strict=True)
    )
    return tuple(sorted(rows, key=lambda index: -index.total_effect.value))
