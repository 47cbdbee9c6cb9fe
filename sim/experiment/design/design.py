"""The points of a sweep: every combination of levels, each as a scenario of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from sim.errors import RequestError, ScenarioError
from sim.experiment.base import BaseScenario
from sim.experiment.design.factors import (
    SCENARIO_FACTOR,
    Factor,
    build_factor,
    load_base_scenarios,
    read_variations,
)
from sim.experiment.design.samples import Sample, draw_sample
from sim.experiment.limits import MAX_POINTS
from sim.experiment.storage.run_key import compute_point_id
from sim.model.arrays import Vector
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.sweep import FactorLevel


@dataclass(frozen=True)
class DesignPoint:
    """A combination of levels.

    Attributes:
        id: its id, derived from everything that determines its worlds.
        levels: the level of each factor.
        base: the scenario it is made from.
    """

    id: str
    levels: dict[str, FactorLevel]
    base: BaseScenario

    def build_scenario(self) -> Scenario:
        """Return the point as a scenario; built on each call, since there may be many points."""
        return self.base.with_levels(_drop_scenario_factor(self.levels), check_consistency=False)

    def scenario_json(self) -> str:
        """Return the scenario of the point as JSON."""
        return self.build_scenario().model_dump_json()


@dataclass(frozen=True)
class Design:
    """The design of a sweep: all levels of all factors, crossed with every point of a sample.

    Attributes:
        bases: the scenarios that points are made from.
        factors: the factors that are varied.
        sample: the sample over uncertain numbers.
    """

    bases: tuple[BaseScenario, ...]
    factors: tuple[Factor, ...]
    sample: Sample

    @property
    def point_count(self) -> int:
        """The number of points."""
        return prod(len(factor.levels) for factor in self.factors) * self.sample.point_count

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all factors, varied and sampled."""
        return (*(factor.key for factor in self.factors), *self.sample.keys)

    @cached_property
    def points(self) -> tuple[DesignPoint, ...]:
        """The points in order: the sample varies fastest, then the last factor.

        Raises:
            RequestError: a point is inconsistent, or two points are the same.
        """
        points: dict[str, DesignPoint] = {}
        for levels, base in self._combine_levels():
            point = _make_point(levels, base)
            if point.id in points:
                first = _format_levels(points[point.id].levels)
                raise RequestError(
                    f"two points are the same: {first} and {_format_levels(levels)}\n"
                    "    their levels give the same scenario, apart from descriptive texts"
                )
            points[point.id] = point
        return tuple(points.values())

    def _combine_levels(self) -> list[tuple[dict[str, FactorLevel], BaseScenario]]:
        by_name = {base.loaded.name: base for base in self.bases}
        sampled = {name: self.sample.levels(base.loaded) for name, base in by_name.items()}
        combinations = []
        for combination in product(*(factor.levels for factor in self.factors)):
            levels = dict(zip((factor.key for factor in self.factors), combination, strict=True))
            name = str(levels.get(SCENARIO_FACTOR, self.bases[0].loaded.name))
            _check_consistency(levels, by_name[name])
            for index in range(self.sample.point_count):
                combinations.append((levels | _sampled_levels(sampled[name], index), by_name[name]))
        return combinations


def build_design(
    loaded: LoadedScenario,
    vary: Sequence[str] = (),
    sample_spec: str | None = None,
    over: Sequence[str] = (),
    settings: Sequence[str] = (),
) -> Design:
    """Return the design that a scenario and the options of a command specify together.

    Raises:
        RequestError: a factor is unknown, a level not allowed, or there are too many points.
        ScenarioError: a scenario given as a level cannot be used.
    """
    spec = loaded.scenario.sweep
    variations = read_variations(loaded, vary)
    bases = load_base_scenarios(loaded, variations, vary, list(settings))
    factors = tuple(build_factor(key, levels, bases) for key, levels in variations.items())
    sample_text = spec.sample if sample_spec is None else sample_spec
    _check_point_count(factors, sample_text)
    sample = draw_sample(
        sample_text,
        over or (spec.over if sample_text else ()),
        bases,
        [factor.key for factor in factors],
    )
    return Design(tuple(map(BaseScenario.from_loaded, bases)), factors, sample)


def _check_point_count(factors: Sequence[Factor], sample_spec: str) -> None:
    sizes = [(factor.key, len(factor.levels)) for factor in factors]
    count = sample_spec.partition(":")[2]
    if count.isdecimal():
        sizes.append((f"--sample {sample_spec}", int(count)))
    size = prod(count for _, count in sizes)
    if size > MAX_POINTS:
        crossed = " x ".join(f"{count:,}" for _, count in sizes)
        raise RequestError(
            f"{size:,} points ({crossed}) are too many for one sweep\n"
            f"    allowed: up to {MAX_POINTS:,}; a sample of as many, --sample lhs:1000, "
            "is more informative than a grid"
        )


def _check_consistency(levels: dict[str, FactorLevel], base: BaseScenario) -> None:
    """Require that a scenario with these levels is consistent.

    Sampled numbers need no check: they lie within ranges from which every world draws.
    """
    try:
        base.with_levels(_drop_scenario_factor(levels))
    except ScenarioError as error:
        message = str(error).replace("--set ", "")
        raise RequestError(f"the point {_format_levels(levels)}:\n{message}") from None


def _make_point(levels: dict[str, FactorLevel], base: BaseScenario) -> DesignPoint:
    scenario = base.with_levels(_drop_scenario_factor(levels), check_consistency=False)
    return DesignPoint(compute_point_id(scenario), levels, base)


def _drop_scenario_factor(levels: dict[str, FactorLevel]) -> dict[str, FactorLevel]:
    return {key: level for key, level in levels.items() if key != SCENARIO_FACTOR}


def _sampled_levels(values_by_key: dict[str, Vector], index: int) -> dict[str, FactorLevel]:
    return {key: float(numbers[index]) for key, numbers in values_by_key.items()}


def _format_levels(levels: dict[str, FactorLevel]) -> str:
    return ", ".join(f"{key}={level}" for key, level in list(levels.items())[:6])
