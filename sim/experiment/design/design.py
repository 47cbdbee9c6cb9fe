"""The points of a sweep: every combination of what is varied, as a scenario of its own."""

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
    """One combination.

    Attributes:
        id: its id, made of all that decides its worlds.
        levels: the value of each factor.
        base: the scenario it is made from.
    """

    id: str
    levels: dict[str, FactorLevel]
    base: BaseScenario

    def build_scenario(self) -> Scenario:
        """Return it as a scenario, made anew each time, since there may be many."""
        return self.base.with_levels(_drop_scenario_factor(self.levels), check_consistency=False)

    def scenario_json(self) -> str:
        """Return its scenario as JSON."""
        return self.build_scenario().model_dump_json()


@dataclass(frozen=True)
class Design:
    """What a sweep consists of: all levels of all factors crossed, and with each point of a sample.

    Attributes:
        bases: the scenarios that points are made from.
        factors: what is varied.
        sample: what is sampled beside.
    """

    bases: tuple[BaseScenario, ...]
    factors: tuple[Factor, ...]
    sample: Sample

    @property
    def point_count(self) -> int:
        """How many points there are."""
        return prod(len(one.levels) for one in self.factors) * self.sample.point_count

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all factors, varied and sampled."""
        return (*(one.key for one in self.factors), *self.sample.keys)

    @cached_property
    def points(self) -> tuple[DesignPoint, ...]:
        """The points in order: the last factor moves first, and the sample before any.

        Raises:
            RequestError: in some point the parts do not fit together, or two points are the same.
        """
        found: dict[str, DesignPoint] = {}
        for levels, base in self._combine_levels():
            point = _make_point(levels, base)
            if point.id in found:
                first = _format_levels(found[point.id].levels)
                raise RequestError(
                    f"two points are the same: {first} and {_format_levels(levels)}\n"
                    "    they differ only in what is varied in both, or in words"
                )
            found[point.id] = point
        return tuple(found.values())

    def _combine_levels(self) -> list[tuple[dict[str, FactorLevel], BaseScenario]]:
        by_name = {base.loaded.name: base for base in self.bases}
        sampled = {name: self.sample.levels(base.loaded) for name, base in by_name.items()}
        found = []
        for combination in product(*(one.levels for one in self.factors)):
            levels = dict(zip((one.key for one in self.factors), combination, strict=True))
            name = str(levels.get(SCENARIO_FACTOR, self.bases[0].loaded.name))
            _check_consistency(levels, by_name[name])
            for at in range(self.sample.point_count):
                found.append((levels | _sampled_levels(sampled[name], at), by_name[name]))
        return found


def build_design(
    loaded: LoadedScenario,
    vary: Sequence[str] = (),
    sample_spec: str | None = None,
    over: Sequence[str] = (),
    settings: Sequence[str] = (),
) -> Design:
    """Return the design that a scenario and the options of the command ask for together.

    Raises:
        RequestError: a factor is not known, a value not possible, or there are too many points.
        ScenarioError: a scenario that is named cannot be used.
    """
    spec = loaded.scenario.sweep
    given = read_variations(loaded, vary)
    bases = load_base_scenarios(loaded, given, vary, list(settings))
    factors = tuple(build_factor(key, levels, bases) for key, levels in given.items())
    text = spec.sample if sample_spec is None else sample_spec
    _check_point_count(factors, text)
    taken = draw_sample(
        text, over or (spec.over if text else ()), bases, [one.key for one in factors]
    )
    return Design(tuple(map(BaseScenario.from_loaded, bases)), factors, taken)


def _check_point_count(factors: Sequence[Factor], sample_spec: str) -> None:
    sizes = [(one.key, len(one.levels)) for one in factors]
    count = sample_spec.partition(":")[2]
    if count.isdecimal():
        sizes.append((f"--sample {sample_spec}", int(count)))
    size = prod(count for _, count in sizes)
    if size > MAX_POINTS:
        crossed = " x ".join(f"{count:,}" for _, count in sizes)
        raise RequestError(
            f"{size:,} points ({crossed}) are too many for one sweep\n"
            f"    allowed: up to {MAX_POINTS:,}; a sample of as many, --sample lhs:1000, "
            "tells more than a grid"
        )


def _check_consistency(levels: dict[str, FactorLevel], base: BaseScenario) -> None:
    """See that the parts fit together with what is varied.

    What is sampled lies within ranges that do: every world draws such numbers.
    """
    try:
        base.with_levels(_drop_scenario_factor(levels))
    except ScenarioError as error:
        said = str(error).replace("--set ", "")
        raise RequestError(f"the point {_format_levels(levels)}:\n{said}") from None


def _make_point(levels: dict[str, FactorLevel], base: BaseScenario) -> DesignPoint:
    scenario = base.with_levels(_drop_scenario_factor(levels), check_consistency=False)
    return DesignPoint(compute_point_id(scenario), levels, base)


def _drop_scenario_factor(levels: dict[str, FactorLevel]) -> dict[str, FactorLevel]:
    return {key: level for key, level in levels.items() if key != SCENARIO_FACTOR}


def _sampled_levels(values_by_key: dict[str, Vector], index: int) -> dict[str, FactorLevel]:
    return {key: float(numbers[index]) for key, numbers in values_by_key.items()}


def _format_levels(levels: dict[str, FactorLevel]) -> str:
    return ", ".join(f"{key}={level}" for key, level in list(levels.items())[:6])
