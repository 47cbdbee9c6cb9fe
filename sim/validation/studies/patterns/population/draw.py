"""Draws populations: the places of actors, borders, rivals and allies.

Only `random()` of Python's generator is used, whose numbers are the same in every version. Where a
rate determines how many of something there are, exactly that many are drawn: with four small
populations the number of rivals itself must not be random.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import cos, dist, exp, radians, sin
from random import Random
from typing import TypeVar

from sim.validation.studies.patterns.population import rates

ActorPair = tuple[str, str]
_Item = TypeVar("_Item")

ACTOR_CODES = (
    "alder", "birch", "cedar", "elm", "fir", "hazel", "juniper", "larch", "maple", "oak", "pine",
    "rowan",
)  # fmt: skip
_FAMILY_SEED = 1816
POPULATION_SIZES = (10, 10, 11, 12)
"""Actors of each population of the family."""
_MAJOR_POWERS = 2
"""Major powers of a population: two, so that their rivalry is possible."""
_LATITUDES, _LONGITUDES = (30.0, 60.0), (0.0, 60.0)
"""Ranges of capitals in degrees: a continent of about 3,300 by 4,500 km."""


@dataclass(frozen=True)
class DrawnActor:
    """One actor: place in degrees, capability, weapons and regime."""

    code: str
    latitude: float
    longitude: float
    capability: float
    major_power: bool
    nuclear: bool
    polyarchy: float
    ideal_point: float


@dataclass(frozen=True)
class Population:
    """Actors and their relations; all pairs are in the order of `actors`.

    Attributes:
        borders: pairs with a land border.
        rival_rates: strategic rivals, with their share of years with a new dispute.
        other_rates: the same for relevant pairs that are not rivals.
        pacts: pairs with a defence pact, and the worth of each to the other.
        assurances: pairs with a pact of nonaggression and consultation.
        garrisons: major powers, and allies in which they station troops.
    """

    number: int
    actors: tuple[DrawnActor, ...]
    borders: frozenset[ActorPair]
    rival_rates: dict[ActorPair, float]
    other_rates: dict[ActorPair, float]
    pacts: dict[ActorPair, tuple[float, float]]
    assurances: tuple[ActorPair, ...]
    garrisons: tuple[ActorPair, ...]


def draw_family(seed: int = _FAMILY_SEED) -> tuple[Population, ...]:
    """Return the populations of the family; the rates of rivals have the observed mean."""
    generator = Random(seed)
    drawn = [
        _draw_population(number, size, generator)
        for number, size in enumerate(POPULATION_SIZES, start=1)
    ]
    return tuple(_assign_rates(drawn, generator))


def _draw_population(number: int, size: int, generator: Random) -> Population:
    actors = tuple(_draw_actors(size, generator))
    borders = frozenset(_neighbouring_pairs(actors))
    great = {actor.code for actor in actors if actor.major_power}
    pairs = list(combinations((actor.code for actor in actors), 2))
    relevant = [pair for pair in pairs if pair in borders or great & set(pair)]
    rivals = _draw_some(relevant, round(rates.RIVALS_PER_STATE * size / 2), generator)
    peaceful = [pair for pair in relevant if pair not in rivals]
    allied = _draw_some(
        peaceful, round(rates.DEFENCE_PARTNERS / rates.STATE_COUNT * len(pairs)), generator
    )
    fewer = (rates.ANY_PARTNERS - rates.DEFENCE_PARTNERS) / rates.STATE_COUNT
    rest = [pair for pair in peaceful if pair not in allied]
    return Population(
        number=number,
        actors=actors,
        borders=borders,
        rival_rates=dict.fromkeys(rivals, 0.0),
        other_rates=dict.fromkeys(peaceful, 0.0),
        pacts={
            pair: (_draw_between(0.2, 0.7, generator), _draw_between(0.2, 0.7, generator))
            for pair in allied
        },
        assurances=tuple(_draw_some(rest, round(fewer * len(pairs)), generator)),
        garrisons=tuple(_draw_garrisons(allied, great, generator)),
    )


def _draw_actors(size: int, generator: Random) -> Iterator[DrawnActor]:
    codes = ACTOR_CODES[:size]
    strong = _draw_some(codes, _MAJOR_POWERS, generator)
    great = iter(_draw_some(rates.MAJOR_POWER_CAPABILITIES, _MAJOR_POWERS, generator))
    for code in codes:
        free = generator.random() < rates.DEMOCRACY_SHARE
        major = code in strong
        small = rates.MINOR_STATE_CAPABILITIES[
            int(generator.random() * len(rates.MINOR_STATE_CAPABILITIES))
        ]
        yield DrawnActor(
            code=code,
            latitude=_draw_between(*_LATITUDES, generator),
            longitude=_draw_between(*_LONGITUDES, generator),
            capability=next(great) if major else small,
            major_power=major,
            nuclear=(generator.random() < rates.NUCLEAR_SHARE_OF_MAJOR_POWERS) and major,
            polyarchy=_draw_between(0.6, 0.9, generator)
            if free
            else _draw_between(0.1, 0.4, generator),
            ideal_point=_draw_between(0.2, 1.8, generator)
            if free
            else _draw_between(-1.2, 0.4, generator),
        )


def _neighbouring_pairs(actors: Sequence[DrawnActor]) -> Iterator[ActorPair]:
    """Yield neighbours: pairs with no third capital within the circle on the line between them.

    Gabriel and Sokal (1969, Systematic Zoology 18:259).
    """
    places = {actor.code: _unit_vector(actor) for actor in actors}
    for (first, a), (second, b) in combinations(places.items(), 2):
        squared = dist(a, b) ** 2
        others = [place for code, place in places.items() if code not in (first, second)]
        if all(dist(a, c) ** 2 + dist(b, c) ** 2 > squared for c in others):
            yield first, second


def _unit_vector(actor: DrawnActor) -> tuple[float, float, float]:
    north, east = radians(actor.latitude), radians(actor.longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _draw_garrisons(
    allied: list[ActorPair], major_powers: set[str], generator: Random
) -> Iterator[ActorPair]:
    for pair in allied:
        has_garrison = generator.random() < rates.GARRISON_SHARE
        if has_garrison and len(major_powers & set(pair)) == 1:
            yield pair if pair[0] in major_powers else (pair[1], pair[0])


def _assign_rates(populations: list[Population], generator: Random) -> Iterator[Population]:
    """Yield the populations with a rate of disputes for every pair."""
    observed = [pair / 57 for pair in rates.RIVAL_PAIR_ONSET_YEARS]
    count = sum(len(population.rival_rates) for population in populations)
    drawn = [observed[int(generator.random() * len(observed))] for _ in range(count)]
    scaled = iter(rate * rates.RIVAL_ONSET_RATE * count / sum(drawn) for rate in drawn)
    near, far = _rates_by_contiguity(populations)
    for population in populations:
        borders = population.borders
        yield replace(
            population,
            rival_rates={pair: round(next(scaled), 4) for pair in population.rival_rates},
            other_rates={pair: near if pair in borders else far for pair in population.other_rates},
        )


def _rates_by_contiguity(populations: list[Population]) -> tuple[float, float]:
    """Return rates of neighbours and of other pairs that are not rivals, with the observed mean."""
    borders = [
        pair in population.borders for population in populations for pair in population.other_rates
    ]
    share, ratio = sum(borders) / len(borders), exp(rates.CONTIGUITY_LOG_ODDS)
    far = rates.OTHER_ONSET_RATE / (share * ratio + 1 - share)
    return round(far * ratio, 4), round(far, 4)


def _draw_some(items: Sequence[_Item], count: int, generator: Random) -> list[_Item]:
    """Return `count` randomly drawn items, in their own order."""
    keys = [generator.random() for _ in items]
    chosen = sorted(range(len(items)), key=keys.__getitem__)[:count]
    return [items[place] for place in sorted(chosen)]


def _draw_between(low: float, high: float, generator: Random) -> float:
    return round(low + (high - low) * generator.random(), 2)
