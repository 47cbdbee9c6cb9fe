"""Which assumptions move a measure, and how far: Sobol's and Morris's indices through SALib.

A measure that is defined in some worlds only has at each point the mean over those of its worlds
that define it; a point with none has the mean of all, which moves no index. This is sensitivity
conditional on an event (Marrel and Chabridon 2021, Reliability Engineering and System Safety
214:107711). Linearised values are defined at every point too, but count each number that makes the
event likelier as one that acts together with all that move the measure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import rankdata

from sim.analysis.data.drawn_parameters import draw_parameters, uncertain_parameters
from sim.analysis.sensitivity.ensemble import simulate_nested, simulate_points
from sim.analysis.sensitivity.indices import estimate_indices, sample_unit_points
from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.variance import VarianceSplit, split_variance
from sim.errors import RequestError
from sim.experiment.blocks import OnProgress
from sim.experiment.limits import check_size
from sim.experiment.storage.results import find_measure
from sim.extras import check_installed
from sim.model.measures.registry import Measure, list_measures
from sim.scenario.checks.past import refuse_past
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import FloatArray, Vector
from sim.statistics.intervals import Interval
from sim.statistics.ratio import MIN_CASES, PartlyDefined, row_means, worlds_for_cases

_PARAMETER_DRAWS, _STREAMS_PER_DRAW = 250, 4
"""The nested sample from which the variance is decomposed and factors are selected."""


@dataclass(frozen=True)
class FactorIndex:
    """The effect of one factor.

    Attributes:
        key: the key of the number in the scenario.
        meaning: its description.
        number: the number with its range and unit.
        own_effect: Sobol: share of the variance over points that it explains by itself (S1).
            Morris: mean effect over its range (mu), without an interval.
        total_effect: Sobol: share of the variance that would vanish if it were known (ST). Morris:
            mean size of its effects (mu*). With 95% bootstrap intervals.
        effect_spread: Morris: how much the effect varies between points (sigma); None for Sobol.
        at_ends: mean of the measure over the points at which the number lies in the lowest third
            of its distribution, and in the highest; NaN where there are none.
    """

    key: str
    meaning: str
    number: Quantity
    own_effect: Interval
    total_effect: Interval
    effect_spread: float | None = None
    at_ends: tuple[float, float] = (np.nan, np.nan)


@dataclass(frozen=True)
class SensitivityResult:
    """The assumptions that move a measure.

    Attributes:
        measure: the measure.
        method: how factors were varied.
        variance_split: the share of the variance between worlds that is due to parameters.
        indices: one for each factor, the strongest first; empty if the measure never varied.
        point_count: number of points simulated.
        worlds_per_point: number of worlds at each.
        reliability: agreement of the points between two halves of the worlds, extrapolated to all
            of them; below 1, random draws leave noise in the indices.
        months: number of months simulated.
        seed: the random seed of worlds, points and bootstrap.
        defined_share: share of the worlds at the points in which the measure is defined.
        empty_points: number of points at which it is defined in no world.
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
    defined_share: float = 1.0
    empty_points: int = 0

    @property
    def warning(self) -> str:
        """Why there are no indices; empty where there are."""
        if self.indices:
            return ""
        points = f"{self.point_count:,} points"
        needed = worlds_for_cases(0, self.worlds_per_point, MIN_CASES)
        if self.defined_share:
            return (
                f"None of those varied: it is the same at all {points}. If it is rare, "
                f"{self.worlds_per_point:,} worlds per point may be too few: use --worlds "
                f"{needed:,} or more."
            )
        return (
            f"It is defined only where {self.measure.given}, which is so in no world of {points}: "
            f"use --worlds {needed:,} or more, or a setting that makes it likelier."
        )


@dataclass(frozen=True)
class SensitivityPlan:
    """The design of a sensitivity analysis.

    Attributes:
        method: how factors are varied.
        factors: keys of the numbers varied; if empty, the `top` most strongly related ones.
        top: number of factors selected.
        samples: Sobol: base samples, a power of two. Morris: paths through the grid.
        worlds: number of worlds at each point, at least two.
    """

    method: Method = Method.SOBOL
    factors: tuple[str, ...] = ()
    top: int = 5
    samples: int = 64
    worlds: int = 16

    def count_factors(self, scenario: Scenario) -> int:
        """Return the number of factors varied in a scenario."""
        return len(self.factors) or min(self.top, len(uncertain_parameters(scenario)))

    def point_count(self, factor_count: int) -> int:
        """Return the number of points."""
        return self.samples * (factor_count + (2 if self.method is Method.SOBOL else 1))


def check_plan(scenario: Scenario, measure_name: str, plan: SensitivityPlan) -> Measure:
    """Return the measure of that name, if the plan is valid.

    Raises:
        RequestError: there is no such measure or factor, the plan is invalid, the scenario has a
            past, or an extra is not installed.
    """
    check_installed("analysis", "SALib")
    refuse_past(scenario, "a sensitivity analysis")
    measures = {measure.name: measure for measure in list_measures(scenario)}
    measure = find_measure(measure_name, measures)
    for key in plan.factors:
        _check_factor(scenario, key)
    if plan.method is Method.SOBOL and plan.samples & (plan.samples - 1):
        raise RequestError(
            f"--samples {plan.samples}: Sobol's method needs a power of two\n"
            f"    allowed: {2 ** (plan.samples.bit_length() - 1)}, "
            f"{2 ** plan.samples.bit_length()} and so on"
        )
    check_size(plan.point_count(plan.count_factors(scenario)) * plan.worlds, scenario.months)
    return measure


def count_worlds(plan: SensitivityPlan, scenario: Scenario) -> int:
    """Return the number of worlds that a plan simulates in total."""
    points = plan.point_count(plan.count_factors(scenario))
    return _PARAMETER_DRAWS * _STREAMS_PER_DRAW + points * plan.worlds


def analyse_sensitivity(
    scenario: Scenario,
    measure_name: str,
    plan: SensitivityPlan = SensitivityPlan(),
    on_progress: OnProgress = lambda _: None,
    workers: int | None = None,
) -> SensitivityResult:
    """Estimate how far the plan's factors move a measure.

    `on_progress` is called with the number of worlds simulated so far. `workers` is the number of
    processes; with None, that of processors if several save time.

    Raises:
        RequestError: the plan is invalid, or larger than one request may be.
        SimulationError: the simulation of some worlds failed.
        WorkerError: the workers terminated unexpectedly.
    """
    measure = check_plan(scenario, measure_name, plan)
    nested = simulate_nested(
        scenario, [measure], _PARAMETER_DRAWS, _STREAMS_PER_DRAW, on_progress, workers
    )[measure_name]
    if not plan.factors:
        plan = replace(plan, factors=select_factors(scenario, row_means(nested), plan.top))
    unit = sample_unit_points(plan.method, plan.factors, plan.samples, scenario.seed)
    points = dict(zip(plan.factors, unit.T, strict=True))

    def report_further(simulated: int) -> None:
        on_progress(nested.values.size + simulated)

    simulated = simulate_points(scenario, measure, points, plan.worlds, report_further, workers)
    return SensitivityResult(
        measure=measure,
        method=plan.method,
        variance_split=split_variance(nested, scenario.seed),
        indices=_factor_indices(scenario, plan, unit, row_means(simulated)),
        point_count=len(unit),
        worlds_per_point=plan.worlds,
        reliability=split_half_reliability(simulated),
        months=scenario.months,
        seed=scenario.seed,
        defined_share=float(simulated.defined.mean()),
        empty_points=int((~simulated.defined.any(axis=1)).sum()),
    )


def select_factors(scenario: Scenario, means: FloatArray, top: int) -> tuple[str, ...]:
    """Return the uncertain numbers most strongly related to a measure, the strongest first.

    `means` holds the measure under the parameters of world 0, 1 and so on, shape (draw,). Ranks are
    compared, so that only the direction of a relation matters. Each further number is the one most
    strongly related to the residual of those before it (forward selection).
    """
    drawn = draw_parameters(scenario, np.arange(len(means)))
    numbers = np.column_stack([_unit_ranks(values) for values in drawn.values()])
    residual, basis = _unit_ranks(means), np.zeros((len(means), 0))
    selected: list[int] = []
    for _ in range(min(top, len(drawn))):
        strengths = abs(numbers.T @ residual)
        strengths[selected] = -1
        selected.append(int(strengths.argmax()))
        column = numbers[:, selected[-1]]
        direction = _normalise(column - basis @ (basis.T @ column))
        residual = residual - direction * (direction @ residual)
        basis = np.column_stack([basis, direction])
    keys = list(drawn)
    return tuple(keys[index] for index in selected)


def _unit_ranks(values: Vector) -> Vector:
    """Return ranks with mean 0 and length 1; if all values are equal, zeros."""
    return _normalise(rankdata(values) - (len(values) + 1) / 2)


def _normalise(values: Vector) -> Vector:
    """Return a vector scaled to length 1; zeros if it is zero up to rounding."""
    length = float(np.linalg.norm(values))
    return values / length if length > 1e-9 else np.zeros(len(values))


def split_half_reliability(column: PartlyDefined) -> float:
    """Return the reliability of point means, from a measure (point, world).

    The correlation of two halves of the worlds, extrapolated to all of them (Spearman 1910, Brown
    1910, both British Journal of Psychology 3).
    """
    first_half, second_half = (
        row_means(PartlyDefined(column.values[:, half::2], column.defined[:, half::2]))
        for half in (0, 1)
    )
    if not min(first_half.std(), second_half.std()) > 0:  # or not a number: defined nowhere
        return 0.0
    correlation = max(float(np.corrcoef(first_half, second_half)[0, 1]), 0.0)
    return 2 * correlation / (1 + correlation)


def _check_factor(scenario: Scenario, key: str) -> None:
    if key in (known := uncertain_parameters(scenario)):
        return
    numbers = dict(scenario.iter_quantities())
    if key in numbers:
        raise RequestError(
            f"--factors {key}: has no range; it is {numbers[key].value:g} in every world"
        )
    nearest = find_nearest_name(key, known)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    raise RequestError(
        f"--factors {key}: is not an uncertain number of this scenario\n"
        f"    allowed: one of {len(known)}; `sim sources` lists them{hint}"
    )


def _factor_indices(
    scenario: Scenario, plan: SensitivityPlan, unit_points: Vector, means: Vector
) -> tuple[FactorIndex, ...]:
    if not means.min() < means.max():  # the same everywhere, or defined nowhere
        return ()
    nodes, numbers = index_nodes(scenario), uncertain_parameters(scenario)
    effects = estimate_indices(plan.method, plan.factors, unit_points, means, scenario.seed)
    indices = (
        FactorIndex(
            key, nodes[tuple(key.split("."))].meaning, numbers[key], *effect, _at_ends(unit, means)
        )
        for key, effect, unit in zip(plan.factors, effects, unit_points.T, strict=True)
    )
    return tuple(sorted(indices, key=lambda index: -index.total_effect.value))


def _at_ends(unit: Vector, means: Vector) -> tuple[float, float]:
    """Return the mean over points in the lowest third of a number, and in the highest."""
    low, high = (
        float(means[third].mean()) if third.any() else np.nan
        for third in (unit < 1 / 3, unit > 2 / 3)
    )
    return low, high
