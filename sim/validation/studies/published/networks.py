"""T12: networks of allies that nobody would attack or change (Jackson and Nei 2015)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.contest import win_chance
from sim.validation.studies.published.comparison import Result, Tried

Link = tuple[int, int]
Links = frozenset[Link]
Attack = tuple[tuple[int, ...], int]
"""A coalition, and whom it would defeat."""

RANDOM, SEED = 25, 2015


class Counted(NamedTuple):
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


def war_stable() -> Result:
    """Return how many networks of a few countries are war-stable."""
    luck = np.random.default_rng(SEED)
    cases = (
        ("3 equal countries", np.ones(3), 1.0, Counted(8, 1, 0, 0)),
        ("4 equal countries", np.ones(4), 1.0, Counted(64, 7, 0, 0)),
        ("5 equal countries", np.ones(5), 1.0, Counted(1024, 23, 0, 0)),
        ("4 equal countries, defence twice as strong", np.ones(4), 2.0, Counted(64, 41, 10, 1)),
    )
    tried = [
        Tried(f"{what}: {name}", one, other)
        for what, strength, defence, published in cases
        for name, one, other in zip(
            Counted._fields, published, count(strength, defence), strict=True
        )
    ]
    drawn = [luck.uniform(0.5, 1.5, size) for size in (3, 4) for _ in range(RANDOM)]
    some = sum(count(strength, 1.0).stable > 0 for strength in drawn)
    tried.append(Tried(f"{2 * RANDOM} draws of unequal strengths: with a stable network", 0, some))
    return Result(
        code="T12",
        claim="Without trade no network of allies is both safe and stable, unless defence is much "
        "stronger than attack.",
        target="no war-stable network of 3, 4 or 5 countries; the empty one of 4 "
        "where defence is twice as strong",
        rules="win_chance (sim/model/theory/contest.py)",
        sources=("jackson-nei-2015", "own-derivation"),
        tried=tuple(tried),
        note="That there is none is published; the counts are this project's enumeration, with "
        "cliques for coalitions. In the worlds treaties are neither made nor left.",
    )


def count(strength: Vector, defence: float) -> Counted:
    """Return how many networks among countries of such strengths stand up to how much.

    A coalition of allies prevails over a country and its other allies where its chance is above
    what it would be at `defence` times their strength.
    """
    pairs = list(combinations(range(len(strength)), 2))
    networks = [frozenset(chosen) for size in range(len(pairs) + 1)
                for chosen in combinations(pairs, size)]  # fmt: skip
    safe = [links for links in networks if not _attacks(links, strength, defence)]
    closed = [links for links in safe if not _tempting(links, pairs, strength, defence)]
    stable = [links for links in closed if not _loose(links, strength, defence)]
    return Counted(len(networks), len(safe), len(closed), len(stable))


def _attacks(links: Links, strength: Vector, defence: float) -> list[Attack]:
    """Return the coalitions that would prevail, and over whom."""
    countries = range(len(strength))
    return [
        (coalition, country)
        for coalition in _coalitions(links, len(strength))
        for country in countries
        if country not in coalition
        and _prevails(coalition, _defenders(links, country, coalition), strength, defence)
    ]


def _prevails(
    coalition: tuple[int, ...], defenders: list[int], strength: Vector, defence: float
) -> bool:
    own, other = strength[list(coalition)].sum(), strength[defenders].sum()
    return bool(win_chance(np.asarray(own), np.asarray(other)) > defence / (1 + defence))


def _coalitions(links: Links, countries: int) -> Iterator[tuple[int, ...]]:
    """Yield the groups of which each is allied with each, single countries among them."""
    for size in range(1, countries):
        for group in combinations(range(countries), size):
            if links.issuperset(combinations(group, 2)):
                yield group


def _defenders(links: Links, country: int, coalition: tuple[int, ...]) -> list[int]:
    allies = {other for link in links if country in link for other in link}
    return sorted((allies | {country}) - set(coalition))


def _tempting(links: Links, pairs: list[Link], strength: Vector, defence: float) -> bool:
    """Return whether two countries could become allies and be in a coalition that prevails."""
    return any(
        set(pair) <= set(coalition)
        for pair in pairs
        if pair not in links
        for coalition, _ in _attacks(links | {pair}, strength, defence)
    )


def _loose(links: Links, strength: Vector, defence: float) -> bool:
    """Return whether a country could drop an ally without becoming vulnerable."""
    for link in links:
        attacked = {country for _, country in _attacks(links - {link}, strength, defence)}
        if not set(link) <= attacked:
            return True
    return False
