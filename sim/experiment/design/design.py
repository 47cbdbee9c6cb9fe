"""The points of a sweep: every combination of what is varied, as a scenario of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from sim.errors import RequestError, ScenarioError
from sim.experiment.base import Base
from sim.experiment.design.factors import SCENARIO, Factor, factor, scenarios, varied
from sim.experiment.design.samples import Sample, sample
from sim.experiment.limits import MOST_POINTS
from sim.experiment.storage.fingerprint import point_id
from sim.model.arrays import Vector
from sim.scenario.load import Loaded
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.sweep import Level


@dataclass(frozen=True)
class Point:
    """One combination.

    Attributes:
        id: its id, made of all that decides its worlds.
        levels: the value of each factor.
        base: the scenario it is made from.
    """

    id: str
    levels: dict[str, Level]
    base: Base

    def scenario(self) -> Scenario:
        """Return it as a scenario, made anew each time, since there may be many."""
        return self.base.with_levels(_set(self.levels), fitting=False)

    def text(self) -> str:
        """Return its scenario as JSON."""
        return self.scenario().model_dump_json()


@dataclass(frozen=True)
class Design:
    """What a sweep consists of: all levels of all factors crossed, and with each point of a sample.

    Attributes:
        bases: the scenarios that points are made from.
        factors: what is varied.
        sample: what is sampled beside.
    """

    bases: tuple[Base, ...]
    factors: tuple[Factor, ...]
    sample: Sample

    @property
    def size(self) -> int:
        """How many points there are."""
        return prod(len(one.levels) for one in self.factors) * self.sample.size

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all factors, varied and sampled."""
        return (*(one.key for one in self.factors), *self.sample.keys)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points in order: the last factor moves first, and the sample before any.

        Raises:
            RequestError: in some point the parts do not fit together, or two points are the same.
        """
        found: dict[str, Point] = {}
        for levels, base in self._combinations():
            point = _point(levels, base)
            if point.id in found:
                first = _named(found[point.id].levels)
                raise RequestError(
                    f"two points are the same: {first} and {_named(levels)}\n"
                    "    they differ only in what is varied in both, or in words"
                )
            found[point.id] = point
        return tuple(found.values())

    def _combinations(self) -> list[tuple[dict[str, Level], Base]]:
        by_name = {base.loaded.name: base for base in self.bases}
        sampled = {name: self.sample.levels(base.loaded) for name, base in by_name.items()}
        found = []
        for combination in product(*(one.levels for one in self.factors)):
            levels = dict(zip((one.key for one in self.factors), combination, strict=True))
            name = str(levels.get(SCENARIO, self.bases[0].loaded.name))
            _check_fit(levels, by_name[name])
            for at in range(self.sample.size):
                found.append((levels | _at(sampled[name], at), by_name[name]))
        return found


def design(
    loaded: Loaded,
    vary: Sequence[str] = (),
    sampled: str | None = None,
    over: Sequence[str] = (),
    settings: Sequence[str] = (),
) -> Design:
    """Return the design that a scenario and the options of the command ask for together.

    Raises:
        RequestError: a factor is not known, a value not possible, or there are too many points.
        ScenarioError: a scenario that is named cannot be used.
    """
    spec = loaded.scenario.sweep
    given = varied(loaded, vary)
    bases = scenarios(loaded, given, vary, list(settings))
    factors = tuple(factor(key, levels, bases) for key, levels in given.items())
    text = spec.sample if sampled is None else sampled
    _check_size(factors, text)
    taken = sample(text, over or (spec.over if text else ()), bases, [one.key for one in factors])
    return Design(tuple(map(Base.of, bases)), factors, taken)


def _check_size(factors: Sequence[Factor], sampled: str) -> None:
    sizes = [(one.key, len(one.levels)) for one in factors]
    count = sampled.partition(":")[2]
    if count.isdecimal():
        sizes.append((f"--sample {sampled}", int(count)))
    size = prod(count for _, count in sizes)
    if size > MOST_POINTS:
        crossed = " x ".join(f"{count:,}" for _, count in sizes)
        raise RequestError(
            f"{size:,} points ({crossed}) are too many for one sweep\n"
            f"    allowed: up to {MOST_POINTS:,}; a sample of as many, --sample lhs:1000, "
            "tells more than a grid"
        )


def _check_fit(levels: dict[str, Level], base: Base) -> None:
    """See that the parts fit together with what is varied.

    What is sampled lies within ranges that do: every world draws such numbers.
    """
    try:
        base.with_levels(_set(levels))
    except ScenarioError as error:
        said = str(error).replace("--set ", "")
        raise RequestError(f"the point {_named(levels)}:\n{said}") from None


def _point(levels: dict[str, Level], base: Base) -> Point:
    scenario = base.with_levels(_set(levels), fitting=False)
    return Point(point_id(scenario), levels, base)


def _set(levels: dict[str, Level]) -> dict[str, Level]:
    return {key: level for key, level in levels.items() if key != SCENARIO}


def _at(sampled: dict[str, Vector], index: int) -> dict[str, Level]:
    return {key: float(numbers[index]) for key, numbers in sampled.items()}


def _named(levels: dict[str, Level]) -> str:
    return ", ".join(f"{key}={level}" for key, level in list(levels.items())[:6])
