"""T12: networks of allies that no country would attack or change (Jackson and Nei 2015)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import win_chance
from sim.validation.studies.published.comparison import PublishedResult, ResultSpec

_Link = tuple[int, int]
_Links = frozenset[_Link]
_Attack = tuple[tuple[int, ...], int]
"""A coalition, and the country it would defeat."""

_SEED = 2015


class NetworkCounts(NamedTuple):
    """How many networks there are, and how many of them satisfy each further condition.

    Attributes:
        networks: all networks of that many countries.
        safe: those in which no country is vulnerable.
        closed: those of the safe ones in which no two could become allies and defeat a country.
        stable: those of the closed ones in which no country could drop an ally and stay safe.
    """

    networks: int
    safe: int
    closed: int
    stable: int


def war_stable_result(spec: ResultSpec) -> PublishedResult:
    """Return how many networks of a few countries are war-stable."""
    counts: dict[tuple[int, float], NetworkCounts] = {}

    def figure(quantity: str, countries: int = 0, defence: float = 1.0, **random: Any) -> int:
        if random:
            return _count_stable_draws(**random)
        case = countries, defence
        if case not in counts:
            counts[case] = count_networks(np.ones(countries), defence)
        return int(getattr(counts[case], quantity))

    return spec.compare(figure)


def _count_stable_draws(random_countries: list[int], draws: int) -> int:
    """Return with how many random strengths some network is war-stable."""
    generator = np.random.default_rng(_SEED)
    strengths = [
        generator.uniform(0.5, 1.5, size) for size in random_countries for _ in range(draws)
    ]
    return sum(count_networks(strength, 1.0).stable > 0 for strength in strengths)


def count_networks(strength: Vector, defence_advantage: float) -> NetworkCounts:
    """Return how many networks among countries of these strengths satisfy each condition.

    A coalition of allies prevails over a country and its other allies if its chance is above that
    of a coalition with `defence_advantage` times their strength.
    """
    pairs = list(combinations(range(len(strength)), 2))
    networks = [frozenset(chosen) for size in range(len(pairs) + 1)
                for chosen in combinations(pairs, size)]  # fmt: skip
    safe = [
        links for links in networks if not _successful_attacks(links, strength, defence_advantage)
    ]
    closed = [
        links for links in safe if not _has_tempting_link(links, pairs, strength, defence_advantage)
    ]
    stable = [
        links for links in closed if not _has_expendable_link(links, strength, defence_advantage)
    ]
    return NetworkCounts(len(networks), len(safe), len(closed), len(stable))


def _successful_attacks(links: _Links, strength: Vector, defence_advantage: float) -> list[_Attack]:
    """Return the coalitions that would prevail, each with the country it defeats."""
    countries = range(len(strength))
    return [
        (coalition, country)
        for coalition in _coalitions(links, len(strength))
        for country in countries
        if country not in coalition
        and _coalition_prevails(
            coalition, _defenders(links, country, coalition), strength, defence_advantage
        )
    ]


def _coalition_prevails(
    coalition: tuple[int, ...], defenders: list[int], strength: Vector, defence_advantage: float
) -> bool:
    own, opposed = strength[list(coalition)].sum(), strength[defenders].sum()
    return bool(
        win_chance(np.asarray(own), np.asarray(opposed))
        > defence_advantage / (1 + defence_advantage)
    )


def _coalitions(links: _Links, countries: int) -> Iterator[tuple[int, ...]]:
    """Yield the groups whose members are all allied with one another, and single countries."""
    for size in range(1, countries):
        for group in combinations(range(countries), size):
            if links.issuperset(combinations(group, 2)):
                yield group


def _defenders(links: _Links, country: int, coalition: tuple[int, ...]) -> list[int]:
    allies = {other for link in links if country in link for other in link}
    return sorted((allies | {country}) - set(coalition))


def _has_tempting_link(
    links: _Links, pairs: list[_Link], strength: Vector, defence_advantage: float
) -> bool:
    """Return whether two countries could become allies and join a coalition that prevails."""
    return any(
        set(pair) <= set(coalition)
        for pair in pairs
        if pair not in links
        for coalition, _ in _successful_attacks(links | {pair}, strength, defence_advantage)
    )


def _has_expendable_link(links: _Links, strength: Vector, defence_advantage: float) -> bool:
    """Return whether a country could drop an ally and remain safe."""
    for link in links:
        attacked = {
            country
            for _, country in _successful_attacks(links - {link}, strength, defence_advantage)
        }
        if not set(link) <= attacked:
            return True
    return False
