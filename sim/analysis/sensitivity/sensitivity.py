"""Which assumptions move a measure, and how far: Sobol's and Morris's indices through SALib."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import rankdata

from sim.analysis.data.drawn_parameters import assumed, uncertain
from sim.analysis.data.run_reader import known_measure
from sim.analysis.sensitivity.ensemble import Told, Values, at_points, nested
from sim.analysis.sensitivity.indices import design, indices
from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.variance import Split, split
from sim.errors import RequestError
from sim.extras import check_installed
from sim.model.arrays import Vector
from sim.model.measures.registry import Measure, measures
from sim.scenario.files.messages import nearest_name
from sim.scenario.provenance.keys import parts
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval

DRAWS, DICE = 250, 4
"""What the spread is split with, and the factors picked by."""


@dataclass(frozen=True)
class Index:
    """What one factor does.

    Attributes:
        key: the number's place in the scenario.
        meaning: what the number says.
        number: the number with its range and unit.
        alone: Sobol: share of the spread over points that it explains by itself (S1). Morris: how
            far the measure rises over its range, mean of the effects (mu); its interval is none.
        in_all: Sobol: share of the spread that would be gone if it were known (ST). Morris: how far
            the measure moves, mean of the effects' sizes (mu*). With 95 % bootstrap intervals.
        uneven: Morris: how much the effect differs from place to place (sigma); None for Sobol.
    """

    key: str
    meaning: str
    number: Quantity
    alone: Interval
    in_all: Interval
    uneven: float | None = None


@dataclass(frozen=True)
class Sensitivity:
    """What moves a measure.

    Attributes:
        measure: what is moved.
        method: how factors were varied.
        split: how much of the spread between worlds assumptions account for at all.
        indices: one for each factor, the strongest first; empty if the measure never moved.
        points: how many points were lived.
        worlds: how many worlds at each.
        steady: how far the points agree between two halves of the worlds, carried over to all of
            them, 1 entirely: what is missing to 1 is luck that so few worlds leave in the indices.
        months: for how long they were lived.
        seed: with which luck; it decides the points and the bootstrap as well.
    """

    measure: Measure
    method: Method
    split: Split
    indices: tuple[Index, ...]
    points: int
    worlds: int
    steady: float
    months: int
    seed: int


@dataclass(frozen=True)
class Plan:
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

    def points(self, factors: int) -> int:
        """Return how many points that makes."""
        return self.samples * (factors + (2 if self.method is Method.SOBOL else 1))


def check_plan(scenario: Scenario, name: str, plan: Plan) -> Measure:
    """Return the measure of that name, if the plan makes sense.

    Raises:
        RequestError: there is no such measure or factor, or the plan makes no sense; or what is
            needed is not installed.
    """
    check_installed("SALib")
    measure = known_measure(name, {one.name: one for one in measures(scenario)})
    if measure.given:
        raise RequestError(
            f"--measure {name}: is told of some worlds only, those with {measure.given}\n"
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


def lives(plan: Plan, scenario: Scenario) -> int:
    """Return how many worlds a plan has lived in all."""
    factors = len(plan.factors) or min(plan.top, len(uncertain(scenario)))
    return DRAWS * DICE + plan.points(factors) * plan.worlds


def sensitivity(
    scenario: Scenario,
    name: str,
    plan: Plan = Plan(),
    told: Told = lambda _: None,
    workers: int | None = None,
) -> Sensitivity:
    """Find out which of the plan's factors move a measure, and how far.

    `told` hears how many worlds have been lived; `workers` are processes to live with, None as many
    as there are processors, if that pays.

    Raises:
        RequestError: the plan makes no sense, or asks for more than may be asked at once.
        LivingError: some worlds could not be lived.
        WorkerError: the workers are gone.
    """
    measure = check_plan(scenario, name, plan)
    spread = nested(scenario, [measure], DRAWS, DICE, told, workers)[name]
    if not plan.factors:
        plan = replace(plan, factors=strongest(scenario, spread.mean(axis=1), plan.top))
    unit = design(plan.method, plan.factors, plan.samples, scenario.seed)
    points = dict(zip(plan.factors, unit.T, strict=True))

    def told_on(lived: int) -> None:
        told(spread.size + lived)

    values = at_points(scenario, measure, points, plan.worlds, told_on, workers)
    return Sensitivity(
        measure=measure,
        method=plan.method,
        split=split(spread, scenario.seed),
        indices=_indices(scenario, plan, unit, values.mean(axis=1)),
        points=len(values),
        worlds=plan.worlds,
        steady=steadiness(values),
        months=scenario.months,
        seed=scenario.seed,
    )


def strongest(scenario: Scenario, means: Values, top: int) -> tuple[str, ...]:
    """Return the keys of the uncertain numbers that go most with a measure, the strongest first.

    `means` holds the measure under the assumptions of world 0, 1 and so on, shape (draw,). Ranks
    are compared, so that the form of a relation does not matter; each further number is the one
    that goes most with what those before it leave unexplained (forward selection).
    """
    drawn = assumed(scenario, np.arange(len(means)))
    numbers = np.column_stack([_ranks(values) for values in drawn.values()])
    left, known = _ranks(means), np.zeros((len(means), 0))
    picked: list[int] = []
    for _ in range(min(top, len(drawn))):
        sizes = abs(numbers.T @ left)
        sizes[picked] = -1
        picked.append(int(sizes.argmax()))
        new = _unit(numbers[:, picked[-1]] - known @ (known.T @ numbers[:, picked[-1]]))
        left, known = left - new * (new @ left), np.column_stack([known, new])
    return tuple(list(drawn)[at] for at in picked)


def _ranks(values: Vector) -> Vector:
    """Return ranks with mean 0 and length 1; all alike, they are 0."""
    return _unit(rankdata(values) - (len(values) + 1) / 2)


def _unit(values: Vector) -> Vector:
    """Return numbers brought to length 1; those that are next to nothing, rounding, as 0."""
    length = float(np.linalg.norm(values))
    return values / length if length > 1e-9 else np.zeros(len(values))


def steadiness(values: Values) -> float:
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
    if key in (known := uncertain(scenario)):
        return
    numbers = dict(scenario.quantities())
    if key in numbers:
        raise RequestError(f"--factors {key}: has no range, every world has {numbers[key].value:g}")
    nearest = nearest_name(key, known)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    raise RequestError(
        f"--factors {key}: is not an uncertain number of this scenario\n"
        f"    allowed: one of {len(known)}; `sim sources` lists them{hint}"
    )


def _indices(scenario: Scenario, plan: Plan, unit: Vector, means: Vector) -> tuple[Index, ...]:
    if means.min() == means.max():
        return ()
    every, numbers = parts(scenario), uncertain(scenario)
    found = indices(plan.method, plan.factors, unit, means, scenario.seed)
    rows = (
        Index(key, every[tuple(key.split("."))].meaning, numbers[key], *one)
        for key, one in zip(plan.factors, found, strict=True)
    )
    return tuple(sorted(rows, key=lambda index: -index.in_all.value))
