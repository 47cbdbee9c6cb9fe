"""T12: networks of allies that nobody would attack or change (Jackson and Nei 2015)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import win_chance
from sim.validation.studies.published.comparison import FigureComparison, PublishedResult

_Link = tuple[int, int]
_Links = frozenset[_Link]
_Attack = tuple[tuple[int, ...], int]
"""A coalition, and whom it would defeat."""

_RANDOM_DRAWS, _SEED = 25, 2015


class NetworkCounts(NamedTuple):
    """How many networks there are, and how many of them stand up to how much.

    Attributes:
        networks: all of so many countries.
        safe: in which no country is vulnerable.
        closed: of these, in which no two could join and defeat somebody.
        stable: of these, in which nobody could drop an ally and stay safe.
    """

    networks: int
    safe: int
    closed: int
    stable: int


def war_stable_result() -> PublishedResult:
    """Return how many networks of a few countries are war-stable."""
    luck = np.random.default_rng(_SEED)
    cases = (
        ("3 equal countries", np.ones(3), 1.0, NetworkCounts(8, 1, 0, 0)),
        ("4 equal countries", np.ones(4), 1.0, NetworkCounts(64, 7, 0, 0)),
        ("5 equal countries", np.ones(5), 1.0, NetworkCounts(1024, 23, 0, 0)),
        (
            "4 equal countries, defence twice as strong",
            np.ones(4),
            2.0,
            NetworkCounts(64, 41, 10, 1),
        ),
    )
    tried = [
        FigureComparison(f"{what}: {name}", one, other)
        for what, strength, defence, published in cases
        for name, one, other in zip(
            NetworkCounts._fields, published, count_networks(strength, defence), strict=True
        )
    ]
    drawn = [luck.uniform(0.5, 1.5, size) for size in (3, 4) for _ in range(_RANDOM_DRAWS)]
    some = sum(count_networks(strength, 1.0).stable > 0 for strength in drawn)
    tried.append(
        FigureComparison(
            f"{2 * _RANDOM_DRAWS} draws of unequal strengths: with a stable network", 0, some
        )
    )
    return PublishedResult(
        code="T12",
        claim="Without trade no network of allies is both safe and stable, unless defence is much "
        "stronger than attack.",
        target="no war-stable network of 3, 4 or 5 countries; the empty one of 4 "
        "where defence is twice as strong",
        engine_functions="win_chance (sim/model/theory/contest.py)",
        sources=("jackson-nei-2015", "own-derivation"),
        comparisons=tuple(tried),
        note="That there is none is published; the counts are this project's enumeration, with "
        "cliques for coalitions. In the worlds treaties are neither made nor left.",
    )


def count_networks(strength: Vector, defence_advantage: float) -> NetworkCounts:
    """Return how many networks among countries of such strengths stand up to how much.

    A coalition of allies prevails over a country and its other allies where its chance is above
    what it would be at `defence_advantage` times their strength.
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
    """Return the coalitions that would prevail, and over whom."""
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
    own, other = strength[list(coalition)].sum(), strength[defenders].sum()
    return bool(
        win_chance(np.asarray(own), np.asarray(other)) > defence_advantage / (1 + defence_advantage)
    )


def _coalitions(links: _Links, countries: int) -> Iterator[tuple[int, ...]]:
    """Yield the groups of which each is allied with each, single countries among them."""
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
    """Return whether two countries could become allies and be in a coalition that prevails."""
    return any(
        set(pair) <= set(coalition)
        for pair in pairs
        if pair not in links
        for coalition, _ in _successful_attacks(links | {pair}, strength, defence_advantage)
    )


def _has_expendable_link(links: _Links, strength: Vector, defence_advantage: float) -> bool:
    """Return whether a country could drop an ally without becoming vulnerable."""
    for link in links:
        attacked = {
            country
            for _, country in _successful_attacks(links - {link}, strength, defence_advantage)
        }
        if not set(link) <= attacked:
            return True
    return False
