"""Draw populations: where actors lie, who borders whom, who are rivals, who are allies.

Only `random()` of Python's generator is used, whose numbers are the same in every version. Where a
rate says how many of something there are, that many are taken and chance says which: four small
populations are no place for luck about how many rivals there are at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import cos, dist, exp, radians, sin
from random import Random
from typing import TypeVar

from sim.validation.studies.patterns.population import rates

Pair = tuple[str, str]
_Item = TypeVar("_Item")

NAMES = (
    "alder", "birch", "cedar", "elm", "fir", "hazel", "juniper", "larch", "maple", "oak", "pine",
    "rowan",
)  # fmt: skip
SEED = 1816
SIZES = (10, 10, 11, 12)
"""Actors of each population of the family."""
GREAT_POWERS = 2
"""Major powers of each: two, so that every population has some and their rivalry is possible."""
LATITUDES, LONGITUDES = (30.0, 60.0), (0.0, 60.0)
"""Where capitals lie, degrees: a continent of about 3,300 by 4,500 km."""


@dataclass(frozen=True)
class Character:
    """One actor: place in degrees, strength, arms and regime."""

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
    """Actors and what is between them; all pairs are in the order of `actors`.

    Attributes:
        borders: who share a land border.
        rivals: who are strategic rivals, with the years of 100 in which they dispute anew, as a
            share; `others` are the relevant pairs that are no rivals.
        pacts: who promised each other aid, and what each's fate is worth to the other.
        assurances: who promised each other peace and to consult.
        garrisons: a major power and the ally with whom it keeps troops.
    """

    number: int
    actors: tuple[Character, ...]
    borders: frozenset[Pair]
    rivals: dict[Pair, float]
    others: dict[Pair, float]
    pacts: dict[Pair, tuple[float, float]]
    assurances: tuple[Pair, ...]
    garrisons: tuple[Pair, ...]


def family(seed: int = SEED) -> tuple[Population, ...]:
    """Return the populations of the family; their rivals' rates have the observed mean."""
    dice = Random(seed)
    drawn = [_population(number, size, dice) for number, size in enumerate(SIZES, start=1)]
    return tuple(_with_rates(drawn, dice))


def _population(number: int, size: int, dice: Random) -> Population:
    actors = tuple(_characters(size, dice))
    borders = frozenset(_neighbours(actors))
    great = {actor.code for actor in actors if actor.major_power}
    pairs = list(combinations((actor.code for actor in actors), 2))
    relevant = [pair for pair in pairs if pair in borders or great & set(pair)]
    rivals = _some(relevant, round(rates.RIVALS * size / 2), dice)
    peaceful = [pair for pair in relevant if pair not in rivals]
    allied = _some(peaceful, round(rates.DEFENCE_PARTNERS / rates.STATES * len(pairs)), dice)
    fewer = (rates.ANY_PARTNERS - rates.DEFENCE_PARTNERS) / rates.STATES
    rest = [pair for pair in peaceful if pair not in allied]
    return Population(
        number=number,
        actors=actors,
        borders=borders,
        rivals=dict.fromkeys(rivals, 0.0),
        others=dict.fromkeys(peaceful, 0.0),
        pacts={pair: (_between(0.2, 0.7, dice), _between(0.2, 0.7, dice)) for pair in allied},
        assurances=tuple(_some(rest, round(fewer * len(pairs)), dice)),
        garrisons=tuple(_garrisons(allied, great, dice)),
    )


def _characters(size: int, dice: Random) -> Iterator[Character]:
    codes = NAMES[:size]
    strong = _some(codes, GREAT_POWERS, dice)
    great = iter(_some(rates.GREAT, GREAT_POWERS, dice))
    for code in codes:
        free = dice.random() < rates.DEMOCRACIES
        major = code in strong
        small = rates.SMALL[int(dice.random() * len(rates.SMALL))]
        yield Character(
            code=code,
            latitude=_between(*LATITUDES, dice),
            longitude=_between(*LONGITUDES, dice),
            capability=next(great) if major else small,
            major_power=major,
            nuclear=(dice.random() < rates.NUCLEAR_AMONG_GREAT) and major,
            polyarchy=_between(0.6, 0.9, dice) if free else _between(0.1, 0.4, dice),
            ideal_point=_between(0.2, 1.8, dice) if free else _between(-1.2, 0.4, dice),
        )


def _neighbours(actors: Sequence[Character]) -> Iterator[Pair]:
    """Yield pairs between whom nobody else lies: no third capital within the circle on their line.

    Gabriel and Sokal (1969, Systematic Zoology 18:259).
    """
    at = {actor.code: _point(actor) for actor in actors}
    for one, other in combinations(at, 2):
        apart = dist(at[one], at[other]) ** 2
        others = [code for code in at if code not in (one, other)]
        if all(dist(at[one], at[k]) ** 2 + dist(at[other], at[k]) ** 2 > apart for k in others):
            yield one, other


def _point(actor: Character) -> tuple[float, float, float]:
    north, east = radians(actor.latitude), radians(actor.longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _garrisons(allied: list[Pair], great: set[str], dice: Random) -> Iterator[Pair]:
    for pair in allied:
        kept = dice.random() < rates.GARRISONS
        if kept and len(great & set(pair)) == 1:
            yield pair if pair[0] in great else (pair[1], pair[0])


def _with_rates(drawn: list[Population], dice: Random) -> Iterator[Population]:
    """Yield the populations with a rate of disputes for every pair."""
    often = [pair / 57 for pair in rates.PAIRS_OF_RIVALS]
    count = sum(len(population.rivals) for population in drawn)
    taken = [often[int(dice.random() * len(often))] for _ in range(count)]
    to_mean = iter(each * rates.RIVAL_ONSET * count / sum(taken) for each in taken)
    near, far = _by_contiguity(drawn)
    for each in drawn:
        yield replace(
            each,
            rivals={pair: round(next(to_mean), 4) for pair in each.rivals},
            others={pair: near if pair in each.borders else far for pair in each.others},
        )


def _by_contiguity(drawn: list[Population]) -> tuple[float, float]:
    """Return rates of neighbours and of others, no rivals, whose mean is the observed one."""
    pairs = [pair in each.borders for each in drawn for pair in each.others]
    share, ratio = sum(pairs) / len(pairs), exp(rates.CONTIGUITY)
    far = rates.OTHER_ONSET / (share * ratio + 1 - share)
    return round(far * ratio, 4), round(far, 4)


def _some(items: Sequence[_Item], count: int, dice: Random) -> list[_Item]:
    """Return `count` of the items by chance, in their own order."""
    keys = [dice.random() for _ in items]
    chosen = sorted(range(len(items)), key=keys.__getitem__)[:count]
    return [items[place] for place in sorted(chosen)]


def _between(low: float, high: float, dice: Random) -> float:
    return round(low + (high - low) * dice.random(), 2)
